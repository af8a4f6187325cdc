// The sample of hand counts and its stopping rule (core/tally/risk): worked and published figures, draws as
// another implementation makes them, and how often wrong outcomes get through.
#include "core/tally/risk.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stimme::tally {
namespace {

using Totals = std::vector<std::uint64_t>;

election::Contest one_seat(const std::vector<std::string>& names) {
    election::Contest contest{};
    contest.id = ContestId("board");
    contest.seats = contest.votes_per_voter = contest.votes_per_option = 1;
    for (const std::string& name : names) contest.options.push_back({OptionId(name), name, {}, false});
    return contest;
}

// One seat between a and b; an audit of these groups.
AuditedContest between_two(std::vector<Batch> batches, unsigned per_mille, Totals apart = {0, 0}) {
    return {one_seat({"a", "b"}), std::move(batches), std::move(apart), {}, per_mille};
}

std::vector<Batch> alike(std::size_t count, const Batch& batch) {
    std::vector<Batch> result(count, batch);
    for (std::size_t i = 0; i < count; ++i) result[i].name = fmt::format("g{}", i);
    return result;
}

AuditPlan plan(AuditedContest audited) {
    auto made = AuditPlan::make(std::move(audited));
    EXPECT_TRUE(made.ok());
    return *std::move(made);
}

AuditSeed seed(const std::string& text = "4711 0815") {
    Hash election;
    election.fill(0x11);
    return {election, text};
}

// What a hand count finds that agrees.
CountedBatch agreeing(const AuditPlan& plan, const std::string& name) {
    for (const Batch& batch : plan.audited().batches) {
        if (batch.name == name) return {name, batch.ballots, batch.totals};
    }
    throw std::runtime_error("no batch " + name);
}

AuditStatus status(const AuditPlan& plan, const std::vector<CountedBatch>& counts,
                   const AuditSeed& with = seed()) {
    const auto found = evaluate(plan, with, counts);
    EXPECT_TRUE(found.ok());
    return *found;
}

// Counts what is asked for until nothing more is; `count` gives what is found in a group.
template <class Count>
AuditStatus whole_audit(const AuditPlan& plan, const AuditSeed& with, Count count) {
    std::vector<CountedBatch> counts;
    while (true) {
        AuditStatus now = status(plan, counts, with);
        if (now.verdict != AuditVerdict::go_on && now.verdict != AuditVerdict::count_all) return now;
        EXPECT_FALSE(now.next.empty());
        for (const std::string& name : now.next) counts.push_back(count(name));
    }
}

// 100 groups of 1100 ballots, 510 : 490 in each. Margin 2000; a group can undo at most 510 - 490 + 1100 =
// 1120 of it, 0.56; together U = 56. Each agreeing draw multiplies the risk by 55/56: 0.2012 after 89,
// 0.1976 after 90.
TEST(RiskLimit, OfTwoTenthsNeedsNinetyDrawsHere) {
    const AuditPlan audit = plan(between_two(alike(100, {"", 1100, {510, 490}}), 200));
    EXPECT_TRUE(audit.weight() == Weight{56'000'000'000});
    EXPECT_TRUE(audit.weights()[7] == 560'000'000);
    const AuditStatus start = status(audit, {});
    EXPECT_EQ(start.verdict, AuditVerdict::go_on);
    EXPECT_EQ(start.risk, "1.0000");
    std::vector<std::string> distinct;
    for (const std::size_t drawn : draws(audit, seed(), 90)) {
        const std::string& name = audit.audited().batches[drawn].name;
        if (std::find(distinct.begin(), distinct.end(), name) == distinct.end()) distinct.push_back(name);
    }
    EXPECT_EQ(start.next, distinct);

    std::vector<CountedBatch> counts;
    for (const std::string& name : distinct) counts.push_back(agreeing(audit, name));
    const AuditStatus end = status(audit, counts);
    EXPECT_EQ(end.verdict, AuditVerdict::confirmed);
    EXPECT_EQ(end.draws, 90U);
    EXPECT_EQ(end.risk, "0.1976");
    EXPECT_TRUE(end.next.empty());
}

TEST(RiskLimit, IsToldOfTheDrawsBeforeTheFirstThatIsntCounted) {
    const AuditPlan audit = plan(between_two(alike(100, {"", 1100, {510, 490}}), 200));
    const auto drawn = draws(audit, seed(), 3);
    ASSERT_NE(drawn[1], drawn[0]);
    // 55/56 = 0.98214...
    const AuditStatus one = status(audit, {agreeing(audit, audit.audited().batches[drawn[0]].name)});
    EXPECT_EQ(one.draws, 1U);
    EXPECT_EQ(one.risk, "0.9822");
    EXPECT_EQ(one.next.front(), audit.audited().batches[drawn[1]].name);
    // The first isn't counted: what was counted of later ones doesn't count yet.
    EXPECT_EQ(status(audit, {agreeing(audit, audit.audited().batches[drawn[1]].name)}).risk, "1.0000");
}

// Published: M. Lindeman, "A Kaplan-Markov auditing example using 2008 California data" (2010): the 3rd
// district, with the bounds u = 0.005959 and 0.021085 of two precincts, for a margin of 17453 between the
// first two.
TEST(PublishedAudit, OfCalifornia2008HasTheseBounds) {
    const Batch a{"060031A", 139, {48, 83, 0, 0}};
    const Batch b{"0606726420", 382, {158, 172, 15, 14}};
    const Totals apart{155'424 - 48 - 158, 137'971 - 83 - 172, 13'378 - 15, 7'273 - 14};
    const AuditPlan audit =
        plan({one_seat({"lungren", "durston", "padilla", "tuma"}), {a, b}, apart, {}, 100});
    EXPECT_TRUE(audit.assertions()[0].value(audit.totals()) == 17'453);
    EXPECT_TRUE(audit.weights()[0] == 5'958'861);
    EXPECT_TRUE(audit.weights()[1] == 21'085'201);
}

// The same, page 5: with U = 20.47 a draw with the taint 0.003953 multiplies the risk by 0.954923. Here all
// bounds are 17453 + 339800 + 10 = 357263 votes, U = 20.470006, and 1412 of 357253 are a taint of 0.003952.
TEST(PublishedAudit, OfCalifornia2008HasThisFactor) {
    const AuditPlan audit =
        plan(between_two({{"most", 339'800, {117'453, 100'000}}, {"few", 10, {5, 5}}}, 999));
    EXPECT_TRUE(audit.weight() / 1000 == 20'470'005);
    const AuditStatus found = status(audit, {{"most", 339'800, {117'453 - 706, 100'000 + 706}}});
    EXPECT_EQ(found.verdict, AuditVerdict::confirmed);
    EXPECT_EQ(found.draws, 1U);
    EXPECT_EQ(found.risk, "0.9550");
}

// 10 groups of 100, 60 : 40. Margin 200, bounds 120, U = 6, factor 5/6. In one group 6 votes of a are found
// with b: an overstatement of 12, taint 0.1, factor (5/6)/0.9 = 25/27. Or of b with a: (5/6)/1.1 = 25/33.
TEST(RiskLimit, GrowsAndFallsWithTheDifferences) {
    const AuditPlan audit = plan(between_two(alike(10, {"", 100, {60, 40}}), 940));
    const std::string first = audit.audited().batches[draw(audit, seed(), 0)].name;
    EXPECT_EQ(status(audit, {{first, 100, {60, 40}}}).risk, "0.8334");
    EXPECT_EQ(status(audit, {{first, 100, {54, 46}}}).risk, "0.9260");
    EXPECT_EQ(status(audit, {{first, 100, {66, 34}}}).risk, "0.7576");
    // Two sheets are missing, and could have been votes for b: 60 - 40 - (59 - 39 - 2) = 2 of 120:
    // (5/6)/(1 - 1/60) = 50/59.
    EXPECT_EQ(status(audit, {{first, 98, {59, 39}}}).risk, "0.8475");
}

TEST(RiskLimit, IsOutOfReachWhenAGroupIsAllWrong) {
    const AuditPlan audit = plan(between_two(alike(10, {"", 100, {60, 40}}), 100));
    const std::size_t first = draw(audit, seed(), 0);
    const AuditStatus found = status(audit, {{audit.audited().batches[first].name, 100, {0, 100}}});
    EXPECT_EQ(found.verdict, AuditVerdict::count_all);
    EXPECT_EQ(found.next.size(), 9U);
}

TEST(RiskLimit, IsOutOfReachWhenAnUrnHoldsMoreThanItCould) {
    const AuditPlan audit = plan(between_two(alike(10, {"", 100, {60, 40}}), 100));
    EXPECT_EQ(status(audit, {{"g3", 101, {60, 41}}}).verdict, AuditVerdict::count_all);
}

// Margin 1: two thousand draws wouldn't do.
TEST(RiskLimit, IsOutOfReachWithATinyMargin) {
    auto batches = alike(5, {"", 10'000, {5000, 5000}});
    batches[0].totals = {5000, 4999};
    const AuditStatus found = status(plan(between_two(batches, 50)), {});
    EXPECT_EQ(found.verdict, AuditVerdict::count_all);
    EXPECT_EQ(found.next.size(), 5U);
}

// A group of 100 that holds 101 sheets, as somebody counted beforehand: its bound is 60 - 40 + 101 of 200,
// together 6.005, and agreeing draws go on. A sheet that isn't found then counts against the outcome.
TEST(RiskLimit, AllowsForSheetsThatWereCountedBeforehand) {
    auto batches = alike(10, {"", 100, {60, 40}});
    batches[3].sheets = 101;
    const AuditPlan audit = plan(between_two(batches, 900));
    EXPECT_TRUE(audit.weights()[3] == 605'000'000);
    EXPECT_TRUE(audit.weight() == 6'005'000'000);
    EXPECT_EQ(status(audit, {{"g3", 101, {60, 41}}}).verdict, AuditVerdict::go_on);
    EXPECT_EQ(status(audit, {{"g3", 102, {60, 42}}}).verdict, AuditVerdict::count_all);
}

TEST(RiskLimit, NeedsASeedWhereASampleCanConfirm) {
    const AuditPlan audit = plan(between_two(alike(10, {"", 100, {60, 40}}), 100));
    const std::vector<CountedBatch> one{{"g3", 100, {60, 40}}};
    const auto before = evaluate(audit, std::nullopt, one);
    EXPECT_EQ(before->verdict, AuditVerdict::draw_seed);
    EXPECT_TRUE(before->next.empty());
    std::vector<CountedBatch> all;
    for (int i = 0; i < 10; ++i) all.push_back({fmt::format("g{}", i), 100, {60, 40}});
    EXPECT_EQ(evaluate(audit, std::nullopt, all)->verdict, AuditVerdict::certain);
}

// 30 printed ballots against a margin of 1000 that others decide.
TEST(RiskLimit, IsKeptWithoutASampleWhereTheGroupsCantChangeTheOutcome) {
    const AuditPlan audit = plan(between_two(alike(3, {"", 10, {5, 5}}), 50, {1000, 0}));
    const AuditStatus found = status(audit, {});
    EXPECT_EQ(found.verdict, AuditVerdict::confirmed);
    EXPECT_EQ(found.draws, 0U);
}

TEST(FullHandCount, EndsWithCertainty) {
    const AuditPlan audit = plan(between_two(alike(2, {"", 100, {55, 45}}), 50));
    EXPECT_EQ(status(audit, {{"g0", 100, {55, 45}}, {"g1", 100, {46, 54}}}).verdict, AuditVerdict::certain);
    EXPECT_EQ(status(audit, {{"g0", 100, {55, 45}}, {"g1", 100, {44, 56}}}).verdict, AuditVerdict::refuted);
    EXPECT_EQ(status(audit, {{"g0", 101, {56, 45}}, {"g1", 100, {46, 54}}}).verdict, AuditVerdict::certain);
}

TEST(FullHandCount, IsDueWhereALotDecided) {
    AuditedContest tied = between_two(alike(2, {"", 10, {5, 5}}), 50);
    tied.lots = {{ContestId("board"), 1, {OptionId("a"), OptionId("b")}, {OptionId("b")}, "slips", {}}};
    const AuditPlan audit = plan(tied);
    EXPECT_NE(audit.not_auditable().find("all groups must be counted by hand"), std::string::npos);
    EXPECT_TRUE(audit.weight() == 0);
    const AuditStatus found = status(audit, {{"g1", 10, {5, 5}}});
    EXPECT_EQ(found.verdict, AuditVerdict::count_all);
    EXPECT_EQ(found.next, std::vector<std::string>{"g0"});
    EXPECT_EQ(status(audit, {{"g0", 10, {5, 5}}, {"g1", 10, {5, 5}}}).verdict, AuditVerdict::certain);
    EXPECT_EQ(status(audit, {{"g0", 10, {6, 4}}, {"g1", 10, {5, 5}}}).verdict, AuditVerdict::refuted);
}

// Margin 100; bounds 120, 220, 360 and 0. The draws were made by another implementation.
TEST(Draws, FollowTheWrittenForm) {
    const AuditPlan audit = plan(between_two(
        {{"w", 100, {60, 40}}, {"x", 200, {110, 90}}, {"y", 300, {180, 120}}, {"z", 0, {0, 0}}}, 50));
    EXPECT_TRUE((audit.weights() == std::vector<Weight>{1'200'000'000, 2'200'000'000, 3'600'000'000, 0}));
    EXPECT_EQ(draws(audit, seed(), 16),
              (std::vector<std::size_t>{1, 0, 2, 2, 2, 2, 2, 2, 1, 2, 2, 0, 2, 1, 1, 1}));
}

TEST(Draws, FallAsTheWeightsSay) {
    const AuditPlan audit = plan(between_two(
        {{"w", 100, {60, 40}}, {"x", 200, {110, 90}}, {"y", 300, {180, 120}}, {"z", 0, {0, 0}}}, 50));
    std::map<std::size_t, int> times;
    for (const std::size_t drawn : draws(audit, seed("another"), 7000)) ++times[drawn];
    // 1200, 2200 and 3600 are expected, with standard deviations of 32, 39 and 42.
    EXPECT_NEAR(times[0], 1200, 100);
    EXPECT_NEAR(times[1], 2200, 120);
    EXPECT_NEAR(times[2], 3600, 130);
    EXPECT_EQ(times[3], 0);
}

std::string refusal(const Result<AuditPlan>& made) {
    return made ? "" : made.error().code;
}

TEST(AuditPlans, RefuseWhatCantBe) {
    EXPECT_EQ(refusal(AuditPlan::make(between_two(alike(2, {"", 100, {60, 41}}), 50))), "totals-wrong");
    EXPECT_EQ(refusal(AuditPlan::make(between_two(alike(2, {"", 100, {60, 40}}), 0))), "risk-limit-wrong");
    EXPECT_EQ(refusal(AuditPlan::make(between_two(alike(2, {"", 100, {60, 40}}), 1000))), "risk-limit-wrong");
    EXPECT_EQ(refusal(AuditPlan::make(between_two({{"g", 1, {1, 0}}, {"g", 1, {1, 0}}}, 50))), "batch-twice");
    const AuditPlan audit = plan(between_two(alike(2, {"", 100, {60, 40}}), 50));
    const auto refused = [&](const std::vector<CountedBatch>& counts) {
        const auto found = evaluate(audit, seed(), counts);
        return found ? "" : found.error().code;
    };
    EXPECT_EQ(refused({{"g2", 100, {60, 40}}}), "batch-unknown");
    EXPECT_EQ(refused({{"g1", 100, {60, 40}}, {"g1", 100, {60, 40}}}), "batch-twice");
    EXPECT_EQ(refused({{"g1", 99, {60, 40}}}), "totals-wrong");
}

// A wrong outcome: 40 groups were reported 55 : 45, and in `wrong` of them `moved` votes of b were counted
// for a, so that b had won. How many of 300 audits with a limit of one tenth confirm it.
int confirmed_wrongly(std::size_t wrong, std::uint64_t moved, std::size_t audits) {
    const AuditPlan audit = plan(between_two(alike(40, {"", 100, {55, 45}}), 100));
    int confirmed = 0;
    for (std::size_t i = 0; i < audits; ++i) {
        const AuditStatus end =
            whole_audit(audit, seed(fmt::format("{} {}", wrong, i)), [&](const std::string& name) {
                CountedBatch count = agreeing(audit, name);
                if (std::stoul(name.substr(1)) < wrong) count.totals = {55 - moved, 45 + moved};
                return count;
            });
        EXPECT_TRUE(end.verdict == AuditVerdict::confirmed || end.verdict == AuditVerdict::refuted);
        confirmed += end.verdict == AuditVerdict::confirmed ? 1 : 0;
    }
    return confirmed;
}

// The margin is 400, so 200 votes must be moved. With a limit of one tenth 30 of 300 may be missed; 45 would
// be three standard deviations more.
TEST(RiskLimit, BoundsHowOftenAWrongOutcomeIsConfirmed) {
    const int few_groups = confirmed_wrongly(4, 50, 300);
    const int many_groups = confirmed_wrongly(40, 5, 300);
    const int some_groups = confirmed_wrongly(10, 20, 300);
    EXPECT_LE(few_groups, 45);
    EXPECT_LE(some_groups, 45);
    EXPECT_LE(many_groups, 45);
    EXPECT_GT(few_groups + some_groups + many_groups, 0);
}

}  // namespace
}  // namespace stimme::tally
