// What so many ballots can come to (docs/protocol.md, section 8.4).
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/result.h"
#include "core/election/definition.h"

namespace stimme::tally {

// `totals` by position. Errors: totals-wrong (conflict), saying why.
Status check_totals(const election::Contest& contest, std::uint64_t ballots,
                    std::span<const std::uint64_t> totals);

}  // namespace stimme::tally
