// Chapter 9: groups, shares and totals, all from the sums that chapter 6 made (docs/verification.md, section
// 9).
#include <algorithm>

#include <fmt/format.h>

#include "core/tally/tally.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

const char not_tallied[] = "the ballots aren't tallied yet";

std::string describe(const ContestId& contest, const std::string& members, std::uint64_t ballots) {
    return fmt::format("{} {} ({} ballots)", contest.str(), members, ballots);
}

// The groups of the tally, as the log's own counts give them. Needs no ballots.
void verify_groups(Run& run) {
    Check& check = run.report["V9.1"];
    if (!run.state->tally()) return check.not_checkable(not_tallied);
    std::vector<std::string> expected, found;
    for (const auto& group : tally::counted_groups(*run.definition, tally::ballot_counts(*run.state))) {
        if (group.opened) {
            expected.push_back(
                describe(run.election().contests[group.contest].id, group.name, group.ballots));
        }
    }
    for (const auto& group : run.state->tally()->groups) {
        found.push_back(describe(group.contest, group.members, group.ballots));
    }
    check.count(expected.size());
    check.done();
    if (expected == found) return;
    check.fail("tally",
               corrupt("groups-differ", fmt::format("it counts {}; the rule gives {}", fmt::join(found, ", "),
                                                    fmt::join(expected, ", "))));
}

Status verify_share(const tally::ShareContext& context, const std::vector<tally::OpenGroup>& groups,
                    const events::DecryptionShare& share, const events::ActSignature& signature) {
    if (events::LogView{signature.size, signature.root} != context.closing) {
        return corrupt("share-closing", "it wasn't made for the log just after the close of the polls");
    }
    const auto contest = context.definition.contest_index(share.contest);
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const tally::OpenGroup& g) {
        return g.group.contest == contest && g.group.name == share.group;
    });
    if (group == groups.end()) return corrupt("share-group", "no group of this name is to be opened");
    const auto verified = tally::verify_share(context, *group, share);
    return verified ? Status() : verified.error();
}

void verify_shares(Run& run, const tally::ShareContext& context,
                   const std::vector<tally::OpenGroup>& groups) {
    Check& check = run.report["V9.2"];
    const auto& shares = run.state->shares();
    std::vector<Status> verdicts(shares.size());
    for_ranges(run.threads, shares.size(), 1, [&](unsigned, std::size_t i, auto, auto) {
        verdicts[i] = verify_share(context, groups, shares[i], run.state->share_signatures()[i]);
        run.advance(1, shares.size(), "shares");
    });
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const std::string place = fmt::format("share of {}, contest {}, group {}", shares[i].trustee.str(),
                                              shares[i].contest.str(), shares[i].group);
        if (!verdicts[i]) check.fail(place, verdicts[i].error());
    }
    check.count(shares.size());
    if (run.state->tally() || groups.empty()) return check.done();
    check.not_checkable(not_tallied);
}

void verify_trustees(Run& run, const tally::ShareContext& context,
                     const std::vector<tally::GroupShares>& groups) {
    Check& check = run.report["V9.3"];
    check.count(groups.size());
    const auto trustees = tally::tally_trustees(context, groups);
    if (!trustees) return check.fail("tally", trustees.error());
    std::vector<SignerId> expected;
    for (const unsigned l : *trustees) expected.push_back(run.election().trustees->members[l - 1].id);
    check.done();
    if (run.state->tally()->trustees == expected) return;
    check.fail("tally", corrupt("trustees-differ", "it must name the first trustees that gave all shares"));
}

// (8.2) for every group of the tally.
void verify_totals(Run& run, const events::Tally& recomputed) {
    Check& check = run.report["V9.4"];
    const auto& logged = run.state->tally()->groups;
    for (std::size_t i = 0; i < recomputed.groups.size(); ++i) {
        const auto& group = recomputed.groups[i];
        check.count(group.totals.size());
        if (i < logged.size() && logged[i].totals == group.totals) continue;
        check.fail(
            fmt::format("tally, contest {}, group {}", group.contest.str(), group.members),
            corrupt("total-differs", fmt::format("the shares open {}", fmt::join(group.totals, ", "))));
    }
    check.done();
}

void verify_opening_of_sums(Run& run, const tally::ShareContext& context) {
    const auto shares = tally::collect_shares(context, *run.sums, run.state->shares());
    if (!shares) return run.report["V9.3"].fail("tally", shares.error());
    verify_trustees(run, context, *shares);
    if (run.report["V9.1"].verdict() != Verdict::passed) return;
    const auto recomputed = tally::make_tally(context, *run.sums, run.state->shares());
    if (recomputed) return verify_totals(run, *recomputed);
    // Shares that are missing are the failure of V9.3.
    if (recomputed.error().code != "shares-missing") run.report["V9.4"].fail("tally", recomputed.error());
}

}  // namespace

void verify_tally(Run& run) {
    if (!run.closed()) return run.report.chapter_not_checkable("V9.", run.not_closed());
    verify_groups(run);
    if (!run.sums) return run.report.chapter_not_checkable("V9.", "the ballots couldn't all be added up");
    const tally::ShareContext context{*run.definition, *run.keys, run.closing_view()};
    const auto groups = tally::groups_to_open(*run.sums);
    if (!groups) return run.report["V9.2"].fail("the sums", groups.error());
    verify_shares(run, context, *groups);
    if (!run.state->tally()) return run.report.chapter_not_checkable("V9.", not_tallied);
    verify_opening_of_sums(run, context);
    if (run.report.chapter_passed("V9.")) run.totals = run.state->tally()->groups;
}

}  // namespace stimme::verify
