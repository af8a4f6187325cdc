// Who takes part in the count of a contest: persons with most-votes, else lists and single candidates, and at
// which positions the votes for each stand (docs/protocol.md, section 8.3).
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/election/definition.h"
#include "core/tally/apportionment.h"

namespace stimme::tally {

// Somebody who can be elected; on a list, in its order.
struct Candidate {
    OptionId id;
    std::optional<std::size_t> position;  // none: nobody can vote for them by name

    std::uint64_t votes(std::span<const std::uint64_t> totals) const {
        return position ? totals[*position] : 0;
    }
};

struct Claimant {
    OptionId id;  // the name of the list, or the person's option
    std::vector<std::size_t> positions;
    std::vector<Candidate> candidates;  // of a person: that person
    std::string group;                  // that limits are about; empty: none

    // `totals` has one number for each position.
    Claim claim(std::span<const std::uint64_t> totals) const;
};

// In the order in which claims stand: lists, then persons, each in the order of the definition.
std::vector<Claimant> claimants(const election::Contest& contest);
std::vector<Claim> claims(std::span<const Claimant> claimants, std::span<const std::uint64_t> totals);

}  // namespace stimme::tally
