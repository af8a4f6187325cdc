#include "core/verify/spill.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/temporary_file.h"

namespace stimme::verify {
namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 20;

Error failed(const char* what) {
    return unavailable("spill-failed",
                       fmt::format("cannot {} a temporary file in {}: {}. TMPDIR names another folder", what,
                                   temporary_folder().string(), std::strerror(errno)));
}

Status write_all(int file, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return failed("write to");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Status read_all(int file, std::uint64_t offset, std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t got = ::pread(file, out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return failed("read from");
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

}  // namespace

SpillFile::SpillFile(SpillFile&& other) noexcept {
    *this = std::move(other);
}

SpillFile& SpillFile::operator=(SpillFile&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(written_, other.written_);
    std::swap(buffer_, other.buffer_);
    std::swap(status_, other.status_);
    return *this;
}

SpillFile::~SpillFile() {
    if (file_ >= 0) ::close(file_);
}

void SpillFile::append(ByteView bytes) {
    if (buffer_.size() + bytes.size() > buffer_size) flush();
    stimme::append(buffer_, bytes);
}

void SpillFile::flush() {
    if (status_ && file_ < 0) {
        auto file = create_temporary_file();
        if (file) file_ = *file;
        if (!file) status_ = std::move(file).error();
    }
    if (status_) status_ = write_all(file_, buffer_);
    written_ += buffer_.size();
    buffer_.clear();
}

Status SpillFile::read(std::uint64_t offset, std::span<std::uint8_t> out) const {
    STIMME_CHECK(status_);
    const auto in_file = static_cast<std::size_t>(
        std::min<std::uint64_t>(out.size(), offset < written_ ? written_ - offset : 0));
    STIMME_CHECK(read_all(file_, offset, out.first(in_file)));
    const std::uint64_t rest = offset + in_file - written_;
    if (in_file < out.size())
        std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(rest), out.size() - in_file,
                    out.begin() + static_cast<std::ptrdiff_t>(in_file));
    return {};
}

}  // namespace stimme::verify
