// Who is elected, in whole numbers and with every tie in the open (docs/protocol.md, section 8.3). A method
// never breaks a tie by itself: it says between whom a lot must be drawn.
//
// Thread rule: pure functions; methods are constant.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/election/definition.h"
#include "core/events/entry.h"

namespace stimme::tally {

// `seats` of the options in `between` get one, by lot.
struct OpenTie {
    std::uint64_t seats;
    std::vector<OptionId> between;  // in the order of the definition
    bool operator==(const OpenTie&) const = default;
};

struct Seats {
    std::vector<OptionId> elected;      // most votes first; drawn ones as they were drawn
    std::optional<OpenTie> open_tie;    // no lot was drawn yet
    std::vector<OptionId> substitutes;  // who comes next, most votes first
    bool operator==(const Seats&) const = default;
};

// How votes become seats.
class SeatMethod {
  public:
    virtual ~SeatMethod() = default;
    // `totals` has one number for each position. Of the lots only one of this contest over exactly the tie
    // that is due counts; others belong to figures that no longer stand.
    virtual Seats assign(const election::Contest& contest, std::span<const std::uint64_t> totals,
                         std::span<const events::LotDrawn> lots) const = 0;
};

const SeatMethod& seat_method(election::SeatMethod method);

// seat_method(contest.seat_method).assign.
Seats assign_seats(const election::Contest& contest, std::span<const std::uint64_t> totals,
                   std::span<const events::LotDrawn> lots);

// Whether `lot` may be recorded after `earlier` ones. Errors (conflict): lot-not-due (there is no open tie),
// lot-wrong (other seats or others than the tie says, or drawn aren't as many of them as there are seats).
// REQUIRES: lot.contest is this contest's.
Status check_lot(const election::Contest& contest, std::span<const std::uint64_t> totals,
                 std::span<const events::LotDrawn> earlier, const events::LotDrawn& lot);

}  // namespace stimme::tally
