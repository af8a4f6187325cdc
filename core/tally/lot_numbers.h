// A lot by numbers, which everybody can check: each official who is there commits to a random number; when
// all are in the log they tell them; the hash of all of them says who is drawn. Nobody can steer it who
// doesn't know every number beforehand (docs/protocol.md, section 8.5).
//
// Thread rule: pure functions.
#pragma once

#include "core/events/count_state.h"
#include "core/tally/result.h"

namespace stimme::tally {

// Errors (conflict): lot-incomplete (naming whose number is missing), and as check_lot: contest-unknown
// (not-found), lot-not-due, lot-wrong (the tie is another one by now).
Result<std::vector<OptionId>> drawn_by_numbers(const election::ValidDefinition& definition,
                                               const Hash& election, const Figures& figures,
                                               const events::LotRound& round);

// Whether the tie is open. Errors: contest-unknown (not-found), lot-not-due, lot-wrong (conflict), those of
// contest_totals.
Status check_tie(const election::ValidDefinition& definition, const Figures& figures,
                 const events::TieOf& tie);

// check_lot, and where a complete round is about the same tie, those drawn must be the ones that its numbers
// say. Errors: also lot-numbers-differ (conflict).
Status check_lot(const election::ValidDefinition& definition, const Hash& election, const Figures& figures,
                 const events::LotRound* round, const events::LotDrawn& lot);

}  // namespace stimme::tally
