// What the methods of the count share: lots that weren't used yet, and words for steps. For this folder only.
//
// Thread rule: a Lots belongs to one thread.
#pragma once

#include <functional>

#include "core/tally/apportionment.h"

namespace stimme::tally {

__extension__ using Wide = unsigned __int128;

using Claims = std::vector<std::size_t>;  // some of the claims, by their places

// A tie by claims.
struct Tied {
    std::uint64_t seats = 0;
    std::vector<std::size_t> between;  // ascending
};

class Lots {
  public:
    Lots(std::span<const Claim> claims, std::span<const Lot> lots) : claims_(claims), lots_(lots) {}

    using Fits = std::function<bool(const std::vector<std::size_t>& drawn)>;
    // Who got the seats of this tie, as they were drawn; nothing when no lot was drawn over it. A lot whose
    // drawn ones aren't as many different ones of the tie, or don't fit, is none.
    std::optional<std::vector<std::size_t>> take(const Tied& tied, const Fits& fits = {});
    // The lots that were taken, by their place among the given ones.
    const std::vector<std::size_t>& taken() const { return taken_; }

    Tie named(const Tied& tied) const;

  private:
    std::optional<std::vector<std::size_t>> drawn_of(const Lot& lot, const Tied& tied) const;

    std::span<const Claim> claims_;
    std::span<const Lot> lots_;
    std::vector<std::size_t> taken_;
};

// "a, b and c".
std::string names_of(std::span<const Claim> claims, std::span<const std::size_t> which);

// "A lot must be drawn: 1 seat between a and b." or who got them by lot.
Step tie_step(std::span<const Claim> claims, const Tied& tied,
              const std::optional<std::vector<std::size_t>>& drawn);

// "1 seat", "2 seats".
std::string seats_text(std::uint64_t seats);

// As apportion, for most-votes.
Apportionment apportion_by_most_votes(const election::SeatRules& rules, std::uint64_t seats,
                                      std::span<const Claim> claims, std::span<const std::size_t> entrants,
                                      Lots& lots);

}  // namespace stimme::tally
