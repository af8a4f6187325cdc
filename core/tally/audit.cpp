#include "core/tally/audit.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/tally/result.h"

namespace stimme::tally {
namespace {

const events::AuditStarted* started(const events::ElectionState& state, const ContestId& contest) {
    const auto& audits = state.count().audits();
    const auto found = audits.find(contest);
    return found == audits.end() ? nullptr : &found->second;
}

std::vector<Batch> batches_of(const events::ElectionState& state, const ContestId& contest) {
    std::vector<Batch> batches;
    for (const events::GroupTotals& group : state.tally()->groups) {
        if (group.contest == contest) batches.push_back({group.members, group.ballots, group.totals});
    }
    const events::AuditStarted* const audit = started(state, contest);
    if (audit == nullptr) return batches;
    for (const events::UrnSheets& urn : audit->sheets) {
        for (Batch& batch : batches) {
            if (batch.name == urn.group) batch.sheets = urn.sheets;
        }
    }
    return batches;
}

std::vector<CountedBatch> hand_counts_of(const events::ElectionState& state, const ContestId& contest) {
    std::vector<CountedBatch> counts;
    for (const auto& [index, count] : state.count().hand_counts()) {
        if (count.contest == contest) counts.push_back({count.group, count.ballots, count.totals});
    }
    return counts;
}

// What is to be done next, for whoever may not certify yet.
std::string next_step(const ContestAudit& audit) {
    if (audit.status.verdict == AuditVerdict::draw_seed) return "draw the seed of its sample";
    return fmt::format(
        "count by hand, next {}{}", audit.status.next.front(),
        audit.status.verdict == AuditVerdict::count_all ? "; every group is to be counted" : "");
}

}  // namespace

bool audits_outcomes(const election::ValidDefinition& definition) {
    return definition->printed_ballots && definition->printed_ballots->risk_limit;
}

Result<ContestAudit> contest_audit(const events::ElectionState& state, std::size_t contest) {
    const election::ValidDefinition& definition = state.definition();
    const ContestId& id = definition->contests[contest].id;
    STIMME_TRY(const Figures figures, figures_of(state));
    STIMME_TRY(auto apart, paper_totals(definition, contest, figures.paper));
    STIMME_TRY(AuditPlan plan,
               AuditPlan::make({definition->contests[contest], batches_of(state, id), std::move(apart),
                                figures.lots, *definition->printed_ballots->risk_limit}));
    std::optional<AuditSeed> seed;
    if (const auto* const audit = started(state, id)) seed = {state.sealed().election, audit->seed};
    STIMME_TRY(AuditStatus status, evaluate(plan, seed, hand_counts_of(state, id)));
    return ContestAudit{std::move(plan), std::move(seed), std::move(status)};
}

Status check_audits(const events::ElectionState& state) {
    if (!audits_outcomes(state.definition())) return {};
    for (std::size_t i = 0; i < state.definition()->contests.size(); ++i) {
        STIMME_TRY(const ContestAudit audit, contest_audit(state, i));
        const std::string& name = state.definition()->contests[i].id.str();
        switch (audit.status.verdict) {
            case AuditVerdict::confirmed:
            case AuditVerdict::certain:
                break;
            case AuditVerdict::refuted:
                return conflict("audit-refuted",
                                fmt::format("contest \"{}\": the printed ballots, all counted by hand, give "
                                            "another outcome",
                                            name));
            default:
                return conflict("audit-open", fmt::format("contest \"{}\" isn't audited to its risk limit "
                                                          "yet: {} (stimme tally audit)",
                                                          name, next_step(audit)));
        }
    }
    return {};
}

Status check_figures(const events::ElectionState& state, const events::AuditStarted& audit) {
    const auto& groups = state.tally()->groups;
    auto from = groups.begin();
    for (const events::UrnSheets& urn : audit.sheets) {
        const auto group = std::find_if(from, groups.end(), [&](const auto& g) {
            return g.contest == audit.contest && g.members == urn.group;
        });
        if (group == groups.end()) {
            return conflict(
                "sheets-wrong",
                fmt::format("the tally has no group {} at this place; groups stand in its order", urn.group));
        }
        // Printed and never cast: a hand count of these would only tell what somebody wanted.
        if (group->ballots == 0) {
            return conflict("sheets-wrong", fmt::format("nobody cast a ballot in {}: note its sheets as an "
                                                        "incident, and let nobody read them",
                                                        urn.group));
        }
        if (urn.sheets <= group->ballots) {
            return conflict("sheets-wrong",
                            fmt::format("{} has {} electronic ballots: sheets stand here where they are more",
                                        urn.group, group->ballots));
        }
        from = std::next(group);
    }
    return {};
}

}  // namespace stimme::tally
