#include "core/record/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stimme::record {
namespace {

Error unreadable(const std::filesystem::path& path, int reason) {
    const std::string message = fmt::format("cannot read {}: {}", path.string(), std::strerror(reason));
    return reason == ENOENT ? not_found("file-missing", message) : unavailable("file-unreadable", message);
}

Result<ByteView> map(int descriptor, const std::filesystem::path& path) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return unreadable(path, errno);
    if (!S_ISREG(status.st_mode)) return unreadable(path, EISDIR);
    if (status.st_size == 0) return ByteView{};
    const auto size = static_cast<std::size_t>(status.st_size);
    void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (memory == MAP_FAILED) return unreadable(path, errno);
    return ByteView(static_cast<const std::uint8_t*>(memory), size);
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return unreadable(path, errno);
    auto mapped = map(descriptor, path);
    ::close(descriptor);
    if (!mapped) return std::move(mapped).error();
    return MappedFile(*mapped);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}

void MappedFile::release(std::size_t begin, std::size_t end) const {
    static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t first = (begin + page - 1) / page * page;
    const std::size_t last = end == bytes_.size() ? end : end / page * page;
    if (first >= last) return;
    ::madvise(const_cast<std::uint8_t*>(bytes_.data()) + first, last - first, MADV_DONTNEED);
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace stimme::record
