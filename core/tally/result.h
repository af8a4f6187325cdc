// The result: electronic totals and paper counts that stand, added up, and who is elected
// (docs/protocol.md, section 8.3).
//
// Thread rule: values and pure functions.
#pragma once

#include <span>
#include <vector>

#include "core/tally/paper.h"
#include "core/tally/seats.h"

namespace stimme::tally {

// What a result stands on. REQUIRES, for all functions below: `groups` are the tally's as make_tally gives
// them, and every paper count passed check_figures.
struct Figures {
    std::vector<events::GroupTotals> groups;
    PaperFigures paper;
    std::vector<events::LotDrawn> lots;
};
// Errors: not-tallied (conflict).
Result<Figures> figures_of(const events::ElectionState& state);

// One number for each position. Errors (conflict): below-min-ballots (the contest's ballots were too few to
// be opened, and below_min_ballots is "cancel"), those of paper_totals. REQUIRES: contest is an index of the
// definition.
Result<std::vector<std::uint64_t>> contest_totals(const election::ValidDefinition& definition,
                                                  std::size_t contest, const Figures& figures);

// Errors: those of contest_totals.
Result<Seats> contest_seats(const election::ValidDefinition& definition, std::size_t contest,
                            const Figures& figures);

// The contests of the entry `result`; whether it supersedes another is up to the caller.
// Errors: those of contest_totals; tie-open (conflict), naming the contest and between whom.
Result<events::ElectionResult> make_result(const election::ValidDefinition& definition,
                                           const Figures& figures);

// check_lot against these figures. Errors: also contest-unknown (not-found) and those of contest_totals.
Status check_lot(const election::ValidDefinition& definition, const Figures& figures,
                 const events::LotDrawn& lot);

}  // namespace stimme::tally
