// What must be true of a contest's totals for its outcome to stand: inequalities between sums of votes, on
// which a sample of hand counts can be judged (docs/protocol.md, section 8.6).
//
// The outcome is who is elected, as a set, and the seats of each list. If all assertions of a contest hold on
// some totals, assign_seats gives that outcome on them, without a lot; and on the totals that they were made
// for, all hold. So whatever other errors the totals have, the outcome is right unless an assertion is false.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/election/definition.h"

namespace stimme::tally {

__extension__ using SignedWide = __int128;

// It holds where value() is above 0.
struct Assertion {
    struct Term {
        std::size_t position;
        std::int64_t factor;  // never 0

        bool operator==(const Term&) const = default;
    };
    std::string text;         // "a has more votes than b"
    std::vector<Term> terms;  // by position; the invalid, the blank and options outside the sum have none
    std::int64_t constant = 0;

    // Σ factor x total. `totals` has one number for each position.
    SignedWide sum(std::span<const std::uint64_t> totals) const;
    SignedWide value(std::span<const std::uint64_t> totals) const { return sum(totals) + constant; }
    bool holds(std::span<const std::uint64_t> totals) const { return value(totals) > 0; }
    // The least that one valid ballot can add to the sum; at most 0.
    SignedWide least_of_a_ballot(const election::Contest& contest) const;
};

// Errors: not-auditable (conflict): the outcome depends on a lot, on limits for groups, or on a majority
// clause that gives seats; or there are more assertions than can be handled. Then only a hand count of all
// groups can confirm it.
Result<std::vector<Assertion>> assertions(const election::Contest& contest,
                                          std::span<const std::uint64_t> totals);

}  // namespace stimme::tally
