#include "server/net/body_source.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stimme::net {
namespace {

Error unreadable(const FileRegion& region) {
    return internal("file-unreadable", region.path.string() + ": can't be read to the end that was promised");
}

bool covers(int file, const FileRegion& region) {
    struct stat info = {};
    if (fstat(file, &info) != 0 || info.st_size < 0) return false;
    const auto size = static_cast<std::uint64_t>(info.st_size);
    return region.offset <= size && region.size <= size - region.offset;
}

std::string_view text_of(const Response::Body& body) {
    if (const auto* own = std::get_if<std::string>(&body)) return *own;
    return *std::get<Response::Shared>(body);
}

}  // namespace

BodySource::BodySource(Response::Body body, std::uint64_t size, int file)
    : body_(std::move(body)), size_(size), file_(file) {}

BodySource::BodySource(BodySource&& other) noexcept
    : body_(std::move(other.body_)),
      size_(other.size_),
      given_(other.given_),
      file_(std::exchange(other.file_, -1)) {}

BodySource& BodySource::operator=(BodySource&& other) noexcept {
    std::swap(body_, other.body_);
    std::swap(size_, other.size_);
    std::swap(given_, other.given_);
    std::swap(file_, other.file_);
    return *this;
}

BodySource::~BodySource() {
    if (file_ >= 0) ::close(file_);
}

Result<BodySource> BodySource::open(Response::Body body) {
    const auto* region = std::get_if<FileRegion>(&body);
    if (region == nullptr) {
        const std::uint64_t size = text_of(body).size();
        return BodySource(std::move(body), size, -1);
    }
    const std::uint64_t size = region->size;
    BodySource source(*region, size, ::open(region->path.c_str(), O_RDONLY | O_CLOEXEC));
    if (source.file_ < 0 || !covers(source.file_, *region)) return unreadable(*region);
    return source;
}

Status BodySource::append_next(std::string& to, std::size_t limit) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(limit, left()));
    if (file_ >= 0) return append_from_file(to, count);
    to.append(text_of(body_).substr(static_cast<std::size_t>(given_), count));
    given_ += count;
    return {};
}

Status BodySource::append_from_file(std::string& to, std::size_t count) {
    const auto& region = std::get<FileRegion>(body_);
    const std::size_t before = to.size();
    to.resize(before + count);
    const ssize_t got = ::pread(file_, to.data() + before, count, static_cast<off_t>(region.offset + given_));
    if (got < 0 || (got == 0 && count > 0)) return unreadable(region);
    to.resize(before + static_cast<std::size_t>(got));
    given_ += static_cast<std::uint64_t>(got);
    return {};
}

}  // namespace stimme::net
