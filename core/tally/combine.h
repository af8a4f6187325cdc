// From shares to totals: any k of them take the mask off a sum, and what remains is a multiple of K
// (docs/protocol.md, section 8.2).
//
// Thread rule: pure functions.
#pragma once

#include <span>
#include <vector>

#include "core/crypto/discrete_log.h"
#include "core/tally/shares.h"

namespace stimme::tally {

// The totals of a group, one for each position, from the shares of the k lowest indices. `log` is to base K
// and reaches most_votes(). Errors: shares-missing (naming how many of k there are), total-not-found (naming
// the position: the sum holds no number that these ballots can come to).
// REQUIRES: the shares are of this group, from different trustees.
Result<std::vector<std::uint64_t>> combine(const ShareContext& context, const OpenGroup& group,
                                           std::span<const VerifiedShare> shares,
                                           const crypto::DiscreteLog& log);

// The most that a position of a group can come to: R or 1, times the ballots.
std::uint64_t most_votes(const election::ValidDefinition& definition, const CountedGroup& group,
                         std::size_t position);
// Over all positions.
std::uint64_t most_votes(const election::ValidDefinition& definition, const CountedGroup& group);

}  // namespace stimme::tally
