// How far the risk-limiting audit of each contest is, and what is to be counted next (docs/protocol.md,
// section 8.6). All of it follows from the verified log, so everybody sees the same.
#include <algorithm>

#include <fmt/format.h>

#include "client/evidence/folded_log.h"
#include "client/office/count/commands.h"
#include "client/session/session.h"
#include "core/tally/audit.h"

namespace stimme::office {
namespace {

using cli::Context;
using tally::AuditVerdict;

constexpr std::uint64_t most_draws = 10'000;  // that are shown

struct AuditOptions {
    std::uint64_t draws = 0;
};

// "0.5600" of what it takes to undo the outcome, rounded up.
std::string weight_text(tally::Weight weight) {
    const auto shown = static_cast<std::uint64_t>((weight + 99'999) / 100'000);
    return fmt::format("{}.{:04}", shown / 10'000, shown % 10'000);
}

bool is_counted(const events::ElectionState& state, const ContestId& contest, const std::string& group) {
    const auto& counts = state.count().hand_counts();
    return std::any_of(counts.begin(), counts.end(), [&](const auto& count) {
        return count.second.contest == contest && count.second.group == group;
    });
}

// The groups that the first n draws give; none without a seed, or where nothing is drawn.
std::vector<std::string> first_draws(const tally::ContestAudit& audit, std::uint64_t n) {
    std::vector<std::string> groups;
    if (!audit.seed || audit.plan.weight() == 0) return groups;
    for (const std::size_t batch : tally::draws(audit.plan, *audit.seed, static_cast<std::uint32_t>(n)))
        groups.push_back(audit.plan.audited().batches[batch].name);
    return groups;
}

std::string limit_text(unsigned per_mille) {
    return fmt::format("{}.{} %", per_mille / 10, per_mille % 10);
}

std::string verdict_text(const tally::ContestAudit& audit) {
    const tally::AuditStatus& status = audit.status;
    switch (status.verdict) {
        case AuditVerdict::draw_seed:
            return "A sample can confirm the outcome. Draw its seed in public: stimme election audit-seed";
        case AuditVerdict::go_on:
            return fmt::format("The risk is {} after {} draws. Count by hand next, in this order:",
                               status.risk, status.draws);
        case AuditVerdict::confirmed:
            if (status.draws == 0)
                return "Confirmed: its printed ballots are too few to change the outcome, so none need be "
                       "counted.";
            return fmt::format("Confirmed: the risk is {} after {} draws.", status.risk, status.draws);
        case AuditVerdict::count_all:
            return "No sample can confirm the outcome. Count by hand all that are left:";
        case AuditVerdict::certain:
            return "Certain: every group was counted by hand, with the same outcome.";
        case AuditVerdict::refuted:
            return "REFUTED: every group was counted by hand, and they give another outcome. The result "
                   "can't be certified; it is for the committee to judge.";
    }
    return {};
}

void show_audit(const events::ElectionState& state, const election::Contest& contest,
                const tally::ContestAudit& audit, std::uint64_t draws, cli::Output& out) {
    out.line(fmt::format("{} ({}), risk limit {}", contest.titles.at(state.definition()->languages.front()),
                         contest.id.str(), limit_text(audit.plan.audited().risk_limit_per_mille)));
    const auto& batches = audit.plan.audited().batches;
    std::vector<std::vector<std::string>> rows{{"group", "ballots", "weight", ""}};
    for (std::size_t i = 0; i < batches.size(); ++i) {
        rows.push_back({batches[i].name, std::to_string(batches[i].size()),
                        weight_text(audit.plan.weights()[i]),
                        is_counted(state, contest.id, batches[i].name) ? "counted by hand" : ""});
    }
    for (const std::string& line : cli::table(rows, {false, true, true, false})) out.line("  " + line);
    if (!audit.plan.not_auditable().empty()) out.line(audit.plan.not_auditable());
    if (audit.seed) out.line("seed: " + audit.seed->text);
    std::size_t number = 0;
    for (const std::string& group : first_draws(audit, draws))
        out.line(fmt::format("draw {}: {}", ++number, group));
    out.line(verdict_text(audit));
    for (const std::string& group : audit.status.next) out.line("  " + group);
    out.line();
}

json::Object audit_object(const events::ElectionState& state, const election::Contest& contest,
                          const tally::ContestAudit& audit, std::uint64_t draws) {
    json::Array batches;
    const auto& audited = audit.plan.audited();
    for (std::size_t i = 0; i < audited.batches.size(); ++i) {
        const tally::Batch& batch = audited.batches[i];
        batches.push_back(json::Object{{"group", batch.name},
                                       {"ballots", batch.size()},
                                       {"weight", weight_text(audit.plan.weights()[i])},
                                       {"counted", is_counted(state, contest.id, batch.name)}});
    }
    const auto drawn = first_draws(audit, draws);
    json::Object object{{"contest", contest.id.str()},
                        {"risk_limit", audited.risk_limit_per_mille},
                        {"batches", std::move(batches)},
                        {"draws", json::Array(drawn.begin(), drawn.end())},
                        {"verdict", std::string(tally::to_string(audit.status.verdict))},
                        {"draws_counted", audit.status.draws},
                        {"risk", audit.status.risk},
                        {"next", json::Array(audit.status.next.begin(), audit.status.next.end())}};
    if (audit.seed) object.set("seed", audit.seed->text);
    if (!audit.plan.not_auditable().empty()) object.set("not_auditable", audit.plan.not_auditable());
    return object;
}

Status tally_audit(const AuditOptions& options, Context& context) {
    if (options.draws > most_draws)
        return invalid("draws-invalid", fmt::format("--draws {}: at most {}", options.draws, most_draws));
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const evidence::FoldedLog log, evidence::fold_log(session, context.out));
    const election::ValidDefinition& definition = log.state.definition();
    if (!tally::audits_outcomes(definition))
        return conflict("audit-undefined", "the definition sets no risk limit (printed_ballots)");
    json::Array contests;
    for (std::size_t i = 0; i < definition->contests.size(); ++i) {
        STIMME_TRY(const auto audit, tally::contest_audit(log.state, i));
        show_audit(log.state, definition->contests[i], audit, options.draws, context.out);
        contests.push_back(audit_object(log.state, definition->contests[i], audit, options.draws));
    }
    context.out.document(json::Object{{"contests", std::move(contests)}});
    return {};
}

}  // namespace

void add_tally_audit(cli::Command& tally) {
    auto& command = tally.subcommand("audit", "how far the audit by hand counts is, and what comes next");
    auto& options = command.options<AuditOptions>();
    command.optional("--draws", options.draws, "also the first draws of the sample, so many (at most 10000)");
    command.runs([&options](Context& context) { return tally_audit(options, context); });
}

}  // namespace stimme::office
