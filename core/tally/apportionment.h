// From votes to seats, on plain totals: who gets how many, with the steps by which a person can follow it and
// with every tie in the open (docs/protocol.md, section 8.3). In whole numbers only. It knows no election:
// `stimme seats` and the result of an election both come here.
//
// Thread rule: values and a pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/election/seat_rules.h"

namespace stimme::tally {

// A list, or a single candidate, and its votes.
struct Claim {
    std::string id;
    std::uint64_t votes = 0;                  // at most 2^53 - 1
    std::optional<std::uint64_t> candidates;  // it can fill no more seats; with most-votes each has one
    std::string group;                        // that limits are about; empty: none
};

// `seats` of those in `between` get one, by lot.
struct Tie {
    std::uint64_t seats = 0;
    std::vector<std::string> between;  // in the order of the claims
    bool operator==(const Tie&) const = default;
};

// A lot that was drawn over such a tie.
struct Lot {
    Tie tie;
    std::vector<std::string> drawn;
};

// One step of the count in words, and the figures behind it: rows of texts, the first one the heading.
struct Step {
    std::string text;
    std::vector<std::vector<std::string>> table;
};

struct Apportionment {
    std::vector<std::uint64_t> seats;  // by claim; with an open tie those that are certain
    std::vector<std::size_t> elected;  // with most-votes: claims that got a seat, most votes first; of equal
                                       // ones those by lot last, as they were drawn
    std::uint64_t empty = 0;           // seats that nobody gets; 0 with an open tie
    std::optional<Tie> open_tie;       // the count stops here until a lot is drawn
    std::vector<std::size_t> lots;     // of those given, the ones that were due, in order
    std::vector<Step> steps;
};

// Each lot counts once and only over exactly the tie that is due; others belong to figures that no longer
// stand.
// REQUIRES: ids differ; votes are at most 2^53 - 1, seats at most 10,000 and no fewer than the limits keep
// for groups; the method isn't yes_no.
Apportionment apportion(const election::SeatRules& rules, std::uint64_t seats, std::span<const Claim> claims,
                        std::span<const Lot> lots);

}  // namespace stimme::tally
