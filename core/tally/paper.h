// Paper ballots: which of them are counted together, what their counts must come to, and what is still to be
// counted (docs/protocol.md, section 8.4). Hand counts of printed ballots stand beside the electronic totals
// and are measured by the same rules.
//
// Thread rule: values and pure functions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/events/state.h"
#include "core/tally/groups.h"

namespace stimme::tally {

// Paper ballots of some districts that are mixed before anybody reads them.
struct PaperGroup {
    std::string name;  // of its districts, in the order of the definition, joined with "+"
    std::vector<DistrictId> districts;
    std::uint64_t ballots = 0;  // as the batches that stand say
    bool opened = true;         // as MergedParts
    bool operator==(const PaperGroup&) const = default;
};
// Those of a contest; none where it has no paper ballots. REQUIRES: contest is an index of the definition.
std::vector<PaperGroup> paper_groups(const election::ValidDefinition& definition,
                                     const events::CountState& count, std::size_t contest);

// What a result takes from paper.
struct PaperFigures {
    std::map<ContestId, std::vector<PaperGroup>> due;
    std::map<std::uint64_t, events::PaperCount> counts;  // that stand, by index in the log
};
PaperFigures paper_figures(const election::ValidDefinition& definition, const events::CountState& count);

// The sum of a contest's paper counts, one number for each position. Errors (conflict): below-min-ballots
// (there are too few paper ballots to be opened), paper-uncounted (naming the group that has no count of as
// many ballots as its batches).
Result<std::vector<std::uint64_t>> paper_totals(const election::ValidDefinition& definition,
                                                std::size_t contest, const PaperFigures& figures);

// The numbers of the batches against what the desks said of their stations. Errors (conflict): batch-missing
// (a station where voters had paper ballots), batch-unexplained (another number, and no remark; where only a
// part of the ballot papers has the contest, only a larger one).
// REQUIRES (all three): it passed ElectionState::check.
Status check_figures(const events::ElectionState& state, const events::PaperBatches& batches);

// Errors (conflict): paper-group-wrong (naming those that the rule gives), below-min-ballots,
// paper-ballots-differ (the batches come to another number), totals-wrong.
Status check_figures(const events::ElectionState& state, const events::PaperCount& count);

// Errors (conflict): group-unknown (the tally has no such group, or it has no ballots), totals-wrong,
// hand-count-unexplained (it differs from the tally).
Status check_figures(const events::ElectionState& state, const events::HandCount& count);

}  // namespace stimme::tally
