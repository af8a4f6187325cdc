#include "core/net/server/body_source.h"

#include <algorithm>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stimme::net {
namespace {

Error unreadable(const FileRegion& region) {
    return internal("file-unreadable", region.path.string() + ": can't be read to the end that was promised");
}

std::string_view text_of(const Response::Body& body) {
    if (const auto* own = std::get_if<std::string>(&body)) return *own;
    return *std::get<Response::Shared>(body);
}

// Small files are read at once: they may be replaced a moment later, as a checkpoint is.
constexpr std::uint64_t whole_size = std::uint64_t{32} << 10;

}  // namespace

class BodySource::OpenFile {
  public:
    explicit OpenFile(const std::filesystem::path& path)
        : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
          known_(file_ >= 0 && ::fstat(file_, &info_) == 0 && info_.st_size >= 0) {}
    ~OpenFile() {
        if (file_ >= 0) ::close(file_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    bool covers(const FileRegion& region) const {
        const auto size = known_ ? static_cast<std::uint64_t>(info_.st_size) : 0;
        return known_ && region.offset <= size && region.size <= size - region.offset;
    }
    std::uint64_t device() const { return info_.st_dev; }
    std::uint64_t inode() const { return info_.st_ino; }
    ssize_t read(char* to, std::size_t count, std::uint64_t at) const {
        return ::pread(file_, to, count, static_cast<off_t>(at));
    }

  private:
    int file_;
    struct stat info_ = {};
    bool known_;
};

Result<BodySource> BodySource::open(Response::Body body) {
    const auto* region = std::get_if<FileRegion>(&body);
    if (region == nullptr) {
        const std::uint64_t size = text_of(body).size();
        return BodySource(std::move(body), size);
    }
    const OpenFile file(region->path);
    if (!file.covers(*region)) return unreadable(*region);
    const std::uint64_t size = region->size;
    BodySource source(std::move(body), size);
    source.device_ = file.device();
    source.inode_ = file.inode();
    if (size <= whole_size) STIMME_CHECK(source.load(file));
    return source;
}

Status BodySource::load(const OpenFile& file) {
    const FileRegion region = std::get<FileRegion>(body_);
    std::string content(static_cast<std::size_t>(size_), '\0');
    for (std::size_t have = 0; have < content.size();) {
        const ssize_t got = file.read(content.data() + have, content.size() - have, region.offset + have);
        if (got <= 0) return unreadable(region);
        have += static_cast<std::size_t>(got);
    }
    body_ = std::move(content);
    return {};
}

Status BodySource::append_next(std::string& to, std::size_t limit) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(limit, left()));
    if (std::holds_alternative<FileRegion>(body_)) return append_from_file(to, count);
    to.append(text_of(body_).substr(static_cast<std::size_t>(given_), count));
    given_ += count;
    return {};
}

Status BodySource::append_from_file(std::string& to, std::size_t count) {
    const auto& region = std::get<FileRegion>(body_);
    if (count == 0) return {};
    const OpenFile file(region.path);
    if (file.device() != device_ || file.inode() != inode_) return unreadable(region);
    const std::size_t before = to.size();
    to.resize(before + count);
    const ssize_t got = file.read(to.data() + before, count, region.offset + given_);
    if (got <= 0) return unreadable(region);
    to.resize(before + static_cast<std::size_t>(got));
    given_ += static_cast<std::uint64_t>(got);
    return {};
}

}  // namespace stimme::net
