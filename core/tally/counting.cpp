#include "core/tally/counting.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace stimme::tally {

std::optional<std::vector<std::size_t>> Lots::take(const Tied& tied, const Fits& fits) {
    const Tie tie = named(tied);
    for (std::size_t i = 0; i < lots_.size(); ++i) {
        if (lots_[i].tie != tie || std::find(taken_.begin(), taken_.end(), i) != taken_.end()) continue;
        auto drawn = drawn_of(lots_[i], tied);
        if (!drawn || (fits && !fits(*drawn))) continue;
        taken_.push_back(i);
        return drawn;
    }
    return std::nullopt;
}

Tie Lots::named(const Tied& tied) const {
    Tie tie{tied.seats, {}};
    for (const std::size_t claim : tied.between) tie.between.push_back(claims_[claim].id);
    return tie;
}

std::optional<std::vector<std::size_t>> Lots::drawn_of(const Lot& lot, const Tied& tied) const {
    std::vector<std::size_t> drawn;
    for (const std::string& id : lot.drawn) {
        const auto found = std::find_if(tied.between.begin(), tied.between.end(),
                                        [&](std::size_t claim) { return claims_[claim].id == id; });
        if (found == tied.between.end()) return std::nullopt;
        drawn.push_back(*found);
    }
    const std::set<std::size_t> different(drawn.begin(), drawn.end());
    if (drawn.size() != tied.seats || different.size() != drawn.size()) return std::nullopt;
    return drawn;
}

std::string names_of(std::span<const Claim> claims, std::span<const std::size_t> which) {
    std::string text;
    for (std::size_t i = 0; i < which.size(); ++i) {
        if (i > 0) text += i + 1 == which.size() ? " and " : ", ";
        text += claims[which[i]].id;
    }
    return text.empty() ? "nobody" : text;
}

std::string seats_text(std::uint64_t seats) {
    return fmt::format("{} seat{}", seats, seats == 1 ? "" : "s");
}

Step tie_step(std::span<const Claim> claims, const Tied& tied,
              const std::optional<std::vector<std::size_t>>& drawn) {
    const std::string tie =
        fmt::format("{} between {}", seats_text(tied.seats), names_of(claims, tied.between));
    if (!drawn) return {fmt::format("Tied: {}. A lot must be drawn; the count stops here.", tie), {}};
    return {fmt::format("Tied: {}. The lot was drawn: {}.", tie, names_of(claims, *drawn)), {}};
}

}  // namespace stimme::tally
