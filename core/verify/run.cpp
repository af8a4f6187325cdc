#include "core/verify/run.h"

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

std::string entry_place(std::uint64_t index) {
    return fmt::format("entry {}", index);
}

}  // namespace stimme::verify
