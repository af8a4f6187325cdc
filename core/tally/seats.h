// Who is elected, in whole numbers and with every tie in the open (docs/protocol.md, section 8.3): the seats
// of lists and candidates from apportionment.h, and the persons who take them. The count never breaks a tie
// by itself: it says between whom a lot must be drawn.
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/election/definition.h"
#include "core/events/entry.h"
#include "core/tally/apportionment.h"

namespace stimme::tally {

// `seats` of those in `between` get one, by lot.
struct OpenTie {
    std::uint64_t seats;
    std::vector<OptionId> between;  // options, or names of lists; lists first, in the order of the definition
    bool operator==(const OpenTie&) const = default;
};

// What a list, or a single candidate, comes to.
struct ListSeats {
    OptionId list;  // its name; a single candidate's option
    std::uint64_t votes = 0;
    std::uint64_t seats = 0;            // as many as are elected
    std::vector<OptionId> elected;      // in the order of the list, as it counts
    std::vector<OptionId> substitutes;  // who comes next on it
    bool operator==(const ListSeats&) const = default;
};

struct Seats {
    std::vector<OptionId> elected;      // most votes first, drawn ones as they were drawn; or by list
    std::optional<OpenTie> open_tie;    // no lot was drawn yet
    std::vector<OptionId> substitutes;  // with most-votes: who comes next, most votes first
    std::vector<ListSeats> lists;       // else: lists, then single candidates, in the order of the definition
    std::uint64_t empty = 0;            // seats that nobody gets; 0 with an open tie
    std::vector<Step> steps;            // how it came to that
};

// `totals` has one number for each position. Of the lots only those of this contest over exactly the ties
// that are due count; others belong to figures that no longer stand.
Seats assign_seats(const election::Contest& contest, std::span<const std::uint64_t> totals,
                   std::span<const events::LotDrawn> lots);

// Whether `lot` may be recorded after `earlier` ones. Errors (conflict): lot-not-due (there is no open tie),
// lot-wrong (other seats or others than the tie says, or drawn aren't as many of them as there are seats, or
// limits forbid that these are elected together).
// REQUIRES: lot.contest is this contest's.
Status check_lot(const election::Contest& contest, std::span<const std::uint64_t> totals,
                 std::span<const events::LotDrawn> earlier, const events::LotDrawn& lot);

}  // namespace stimme::tally
