#include "core/base/temporary_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

namespace stimme {

std::filesystem::path temporary_folder() {
    const char* const named = std::getenv("TMPDIR");
    return named != nullptr && *named != '\0' ? named : "/tmp";
}

Result<int> create_temporary_file() {
    std::string name = (temporary_folder() / "stimme-XXXXXX").string();  // mkostemp puts a fresh name there
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) {
        return unavailable("temporary-file",
                           fmt::format("cannot make a temporary file in {}: {}. TMPDIR names another folder",
                                       temporary_folder().string(), std::strerror(errno)));
    }
    ::unlink(name.c_str());
    return file;
}

}  // namespace stimme
