// What a result stands on, as the verified log has it.
//
// Thread rule: one thread at a time.
#pragma once

#include "core/events/state.h"
#include "core/tally/result.h"

namespace stimme::office {

// Errors: not-tallied (conflict).
Result<tally::Figures> figures_of(const events::ElectionState& state);

}  // namespace stimme::office
