// What the figures of an entry must be, beside the order of events: one rule for whoever signs it, the server
// that logs it, and the verifier (docs/protocol.md, sections 8.3 to 8.6).
//
// Thread rule: pure functions.
#pragma once

#include "core/events/state.h"

namespace stimme::tally {

// For batches and counts of paper ballots, hand counts, lots and numbers for lots, audits, and what a
// certification waits for; every other content passes. `state` is the fold of all entries before. Errors:
// those of check_figures, check_tie, check_lot, check_audits.
// REQUIRES: it passed ElectionState::check.
Status check_count(const events::ElectionState& state, const events::Content& content);

// Whether two officials enter it, each for themselves and without having seen the other's: what people count
// by hand. It is logged when both have entered the same.
bool is_entered_twice(election::EntryType type);

}  // namespace stimme::tally
