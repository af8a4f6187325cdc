#include "tests/fault/fault_library.h"

#include <stdexcept>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace stimme::test {

FaultControl::FaultControl(std::filesystem::path file) : file_(std::move(file)) {
    const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0 || ::ftruncate(descriptor, sizeof(FailControl)) != 0)
        throw std::runtime_error("no control file");
    void* const memory =
        ::mmap(nullptr, sizeof(FailControl), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (memory == MAP_FAILED) throw std::runtime_error("no control file");
    shared_ = static_cast<FailControl*>(memory);
}

FaultControl::~FaultControl() {
    ::munmap(shared_, sizeof(FailControl));
}

std::vector<std::string> fault_environment(const FaultControl& control, const std::filesystem::path& folder) {
    const auto library = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "libfail_writes.so";
    return {"LD_PRELOAD=" + library.string(),
            std::string(fail_control_variable) + "=" + control.file().string(),
            std::string(fail_folder_variable) + "=" + folder.string()};
}

}  // namespace stimme::test
