#include "client/cli/progress.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace stimme::cli {

namespace {

constexpr std::chrono::milliseconds between_draws{200};

}  // namespace

Progress::Progress(Output& out, std::string label, std::uint64_t total)
    : out_(out), label_(std::move(label)), total_(total) {}

Progress::~Progress() {
    if (!drawn_.empty()) out_.redraw("");
}

void Progress::at(std::uint64_t done) {
    at(done, done);
}

void Progress::at(std::uint64_t done, std::uint64_t items) {
    if (!out_.terminal()) return;
    const Clock::time_point now = Clock::now();
    const bool last = total_ > 0 && done >= total_;
    if (!last && now - drawn_at_ < between_draws) return;
    drawn_at_ = now;
    std::string text = bar(done) + pace(done, items);
    if (text == drawn_) return;
    out_.redraw(text);
    drawn_ = std::move(text);
}

// Nothing in the first moments, when it would jump.
std::string Progress::pace(std::uint64_t done, std::uint64_t items) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    if (seconds < 1 || done == 0) return {};
    std::string text =
        fmt::format("  {}/s", static_cast<std::uint64_t>(static_cast<double>(items) / seconds));
    if (total_ > done)
        text += fmt::format("  {:.0f} s left", std::ceil(seconds * static_cast<double>(total_ - done) /
                                                         static_cast<double>(done)));
    return text;
}

std::string Progress::bar(std::uint64_t done) const {
    if (total_ == 0) return fmt::format("{}: {}", label_, done / 100 * 100);
    constexpr std::uint64_t width = 30;
    const std::uint64_t shown = std::min(done, total_);
    const auto filled = static_cast<std::size_t>(shown * width / total_);
    return fmt::format("{} [{}{}] {:3}%", label_, std::string(filled, '#'), std::string(width - filled, '.'),
                       shown * 100 / total_);
}

}  // namespace stimme::cli
