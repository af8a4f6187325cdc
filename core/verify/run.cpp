#include "core/verify/run.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::verify {

std::string Run::not_closed() const {
    if (!definition) return "the definition can't be read";
    if (!order_right) return "the log can't be followed to its end";
    if (state->phase() == election::Phase::cancelled) return "the election was cancelled before the close";
    return "the polls aren't closed yet";
}

void Run::advance(std::uint64_t items, std::uint64_t total, std::string_view what) {
    if (!options.progress) return;
    const std::lock_guard lock(progress_mutex_);
    if (doing_ != what) {
        doing_ = what;
        done_ = 0;
    }
    done_ += items;
    options.progress(done_, total, what);
}

namespace {

constexpr std::size_t piece = std::size_t{1} << 20;

}  // namespace

Hash hash_of(const record::MappedFile& file) {
    events::FileHash hash;
    const ByteView bytes = file.bytes();
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const std::size_t size = std::min(piece, bytes.size() - at);
        hash.append(bytes.subspan(at, size));
        file.release(at, at + size);
    }
    return hash.finish();
}

Status each_piece(const record::MappedFile& file, const std::function<Status(std::string_view lines)>& read) {
    const std::string_view text = as_text(file.bytes());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t line_end = text.find('\n', std::min(at + piece, text.size() - 1));
        const std::size_t end = line_end == std::string_view::npos ? text.size() : line_end + 1;
        STIMME_CHECK(read(text.substr(at, end - at)));
        file.release(at, end);
        at = end;
    }
    return {};
}

std::string entry_place(std::uint64_t index) {
    return fmt::format("entry {}", index);
}

}  // namespace stimme::verify
