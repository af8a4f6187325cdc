#include "server/store/folder_lock.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace stimme::store {

Result<FolderLock> FolderLock::acquire(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "lock";
    FolderLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0)
        return unavailable("store-unavailable",
                           fmt::format("cannot open {} for writing: {}; its disk and folder must be writable "
                                       "for this program",
                                       path.string(), std::strerror(errno)));
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0)
        return conflict("store-in-use",
                        fmt::format("{} is in use by another server; stop that one first", folder.string()));
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace stimme::store
