#include "core/base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stimme {
namespace {

constexpr std::size_t piece_bytes = std::size_t{64} << 10;

// An open file descriptor, closed with its owner.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }
    bool open() const { return number_ >= 0; }
    // Closes now and tells whether that succeeded: a write error may show only here.
    bool close() { return ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;
};

std::string reason() {
    return std::strerror(errno);
}

Error unwritable(const std::filesystem::path& path, const std::string& why) {
    return unavailable("file-unwritable", fmt::format("cannot write {}: {}", path.string(), why));
}

Status write_all(const Descriptor& file, ByteView content, const std::filesystem::path& path) {
    while (!content.empty()) {
        const ssize_t written = ::write(file.get(), content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return unwritable(path, reason());
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Status sync_folder(const std::filesystem::path& folder) {
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.open() || ::fsync(directory.get()) != 0) return unwritable(folder, reason());
    return {};
}

// Writes `content` to a fresh file beside `path`, synced, and returns its name.
Result<std::filesystem::path> write_beside(const std::filesystem::path& path, ByteView content,
                                           FileMode mode) {
    std::error_code failed;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) return unwritable(path, failed.message());
    std::string name = path.string() + ".XXXXXX";
    Descriptor file(::mkstemp(name.data()));  // mode 0600
    if (!file.open()) return unwritable(path, reason());
    Status written = write_all(file, content, path);
    if (written && mode == FileMode::shared && ::fchmod(file.get(), 0644) != 0)
        written = unwritable(path, reason());
    if (written && ::fsync(file.get()) != 0) written = unwritable(path, reason());
    if (written && !file.close()) written = unwritable(path, reason());
    if (!written) {
        ::unlink(name.c_str());
        return std::move(written).error();
    }
    return std::filesystem::path(name);
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t limit) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open()) {
        if (errno == ENOENT)
            return not_found("file-missing", fmt::format("there is no file {}", path.string()));
        return unavailable("file-unreadable", fmt::format("cannot read {}: {}", path.string(), reason()));
    }
    Bytes content;
    if (struct stat found{}; ::fstat(file.get(), &found) == 0 && found.st_size > 0)
        content.reserve(std::min(static_cast<std::size_t>(found.st_size), limit) + piece_bytes);
    for (;;) {
        const std::size_t before = content.size();
        content.resize(before + piece_bytes);
        const ssize_t got = ::read(file.get(), content.data() + before, piece_bytes);
        if (got < 0 && errno != EINTR) {
            return unavailable("file-unreadable", fmt::format("cannot read {}: {}", path.string(), reason()));
        }
        content.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (content.size() > limit) {
            return invalid("file-too-large", fmt::format("{} has more than {} bytes", path.string(), limit));
        }
        if (got == 0) return content;
    }
}

Status write_file(const std::filesystem::path& path, ByteView content, FileMode mode) {
    STIMME_TRY(const auto temporary, write_beside(path, content, mode));
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        const std::string why = reason();
        ::unlink(temporary.c_str());
        return unwritable(path, why);
    }
    return sync_folder(folder_of(path));
}

Status create_file(const std::filesystem::path& path, ByteView content, FileMode mode) {
    STIMME_TRY(const auto temporary, write_beside(path, content, mode));
    const int linked = ::link(temporary.c_str(), path.c_str());
    const int why = errno;
    ::unlink(temporary.c_str());
    if (linked != 0) {
        if (why == EEXIST) return conflict("file-exists", fmt::format("{} is already there", path.string()));
        return unwritable(path, std::strerror(why));
    }
    return sync_folder(folder_of(path));
}

}  // namespace stimme
