// The risk-limiting audit of a contest as the log has it (docs/protocol.md, section 8.6): its batches are the
// counted groups, its hand counts those that stand, its seed that of `audit-started`.
//
// Thread rule: pure functions.
#pragma once

#include "core/events/state.h"
#include "core/tally/risk.h"

namespace stimme::tally {

// Whether the definition has every outcome audited before it is certified.
bool audits_outcomes(const election::ValidDefinition& definition);

struct ContestAudit {
    AuditPlan plan;
    std::optional<AuditSeed> seed;  // none: not drawn yet
    AuditStatus status;
};
// Errors: those of figures_of, paper_totals, AuditPlan::make and evaluate. REQUIRES: audits_outcomes; contest
// is an index of the definition; all counts of the state passed check_figures.
Result<ContestAudit> contest_audit(const events::ElectionState& state, std::size_t contest);

// Whether the result may be certified: every outcome is confirmed or certain, or none is audited. Errors
// (conflict): audit-refuted, audit-open (saying what is still to be done), those of contest_audit.
Status check_audits(const events::ElectionState& state);

// The sheets in the urns. Errors (conflict): sheets-wrong (another group than the tally has, out of its
// order, without ballots, or no more sheets than ballots). REQUIRES: it passed ElectionState::check.
Status check_figures(const events::ElectionState& state, const events::AuditStarted& audit);

}  // namespace stimme::tally
