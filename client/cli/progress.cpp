#include "client/cli/progress.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace stimme::client::cli {

Progress::Progress(Output& out, std::string label, std::uint64_t total)
    : out_(out), label_(std::move(label)), total_(total) {}

Progress::~Progress() {
    if (!drawn_.empty()) out_.redraw("");
}

void Progress::at(std::uint64_t done) {
    if (!out_.terminal()) return;
    std::string now = bar(done);
    if (now == drawn_) return;
    out_.redraw(now);
    drawn_ = std::move(now);
}

std::string Progress::bar(std::uint64_t done) const {
    if (total_ == 0) return fmt::format("{}: {}", label_, done / 100 * 100);
    constexpr std::uint64_t width = 30;
    const std::uint64_t shown = std::min(done, total_);
    const auto filled = static_cast<std::size_t>(shown * width / total_);
    return fmt::format("{} [{}{}] {:3}%", label_, std::string(filled, '#'), std::string(width - filled, '.'),
                       shown * 100 / total_);
}

}  // namespace stimme::client::cli
