// Honest records of several shapes pass completely, and partial ones as far as they go.
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

using HonestRecordTest = VerifyTest;
using test::TestElection;
using test::TestRecord;

void expect_complete(const Outcome& outcome) {
    EXPECT_TRUE(outcome.report.complete()) << outcome.report.to_text();
    EXPECT_TRUE(outcome.closed.has_value());
}

TEST_F(HonestRecordTest, OneContestPasses) {
    auto record = voted();
    const auto outcome = verify_record(record.finish());
    expect_complete(outcome);
    EXPECT_EQ(outcome.election, record.election().h_e);
    EXPECT_EQ(outcome.report["V6.4"].counted(), 4u);
    EXPECT_EQ(outcome.report["V7.1"].counted(), 1u);
    EXPECT_EQ(outcome.report["V5.3"].counted(), 5u);
}

TEST_F(HonestRecordTest, TwoContestsAndTwoStylesPass) {
    auto election = TestElection().contest("board", 3, {.votes = 3, .per_option = 2}).invalid().blank();
    election.contest("question", 2).style("both", {"board", "question"}, {"north"});
    election.style("board-only", {"board"}).district("north").station("s1").district("south").station("s2");
    TestRecord record(election.build());
    record.seal().open();
    record.vote({{2, 1, 0, 0, 0}, {1, 0}}, "s1", "both").vote({{0, 0, 0, 1, 0}, {1, 0}}, "s1", "both");
    record.vote({{0, 0, 0, 0, 1}}, "s2", "board-only").vote({{1, 1, 1, 0, 0}}, "s1", "board-only");
    expect_complete(verify_record(record.finish()));
}

TEST_F(HonestRecordTest, SmallGroupsMergedPass) {
    auto election = plain().district("city").district("north", "city").station("s1").min_ballots(3);
    election.district("south", "city").station("s2");
    TestRecord record(election.build());
    record.seal().open().vote({{1, 0, 0, 0}}).vote({{1, 0, 0, 0}}, "s2").vote({{0, 1, 0, 0}}, "s2").finish();
    const auto outcome = verify_record(record);
    expect_complete(outcome);
    EXPECT_EQ(outcome.report["V9.3"].counted(), 1u);
}

TEST_F(HonestRecordTest, TieWithLotPasses) {
    auto record = opened();
    record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).close().tally();
    record.append(events::LotDrawn{ContestId("board"),
                                   1,
                                   {OptionId("c01"), OptionId("c02")},
                                   {OptionId("c02")},
                                   "drawn",
                                   {"a citizen"}});
    const auto outcome = verify_record(record.result().certify());
    expect_complete(outcome);
    EXPECT_EQ(outcome.report["V10.2"].counted(), 1u);
}

TEST_F(HonestRecordTest, SeatsOfListsWithALotBetweenThemPass) {
    auto record = opened(two_lists());
    record.vote({{1, 0}}).vote({{0, 1}}).close().tally();
    record.append(events::LotDrawn{ContestId("board"),
                                   1,
                                   {OptionId("red"), OptionId("blue")},
                                   {OptionId("blue")},
                                   "slips of paper",
                                   {"a citizen"},
                                   "the chair"});
    record.result();
    const auto result = events::decode(record.entries.back());
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(std::get<events::ElectionResult>(result->content).contests[0].elected,
              std::vector{OptionId("blue-1")});
    expect_complete(verify_record(record.certify()));
}

TEST_F(HonestRecordTest, NoBallotsAtAllPass) {
    expect_complete(verify_record(opened().finish()));
}

TEST_F(HonestRecordTest, PaperCountsAndACorrectedResultPass) {
    auto record = voted();
    record.close().tally();
    record.paper(4, {1, 0, 2, 1}).result();
    const std::size_t paper = record.index_of("paper-count"), result = record.index_of("result");
    record.append(events::PaperCount{ContestId("board"), "city", 4, {2, 0, 1, 1}, paper, "read again"});
    record.forge<events::ElectionResult>([&](auto& c) {
        c.supersedes = result;
        c.reason = "a count was corrected";
    });
    expect_complete(verify_record(record.result().certify()));
}

TEST_F(HonestRecordTest, WitnessedLogPasses) {
    auto record = opened(plain().witnesses(2, 3));
    expect_complete(verify_record(record.vote({{1, 0, 0, 0}}).finish()));
}

TEST_F(HonestRecordTest, PaperOnlyElectionPasses) {
    auto record = opened(plain().paper_only());
    record.close().tally();
    record.paper(4, {1, 0, 3, 0});
    expect_complete(verify_record(record.result().certify()));
}

TEST_F(HonestRecordTest, CorrectedRollPasses) {
    auto record = opened();
    const Hash added = events::roll_leaf({}, "late", StyleId("standard"));
    record.append(events::RollCorrected{{added}, {}, "forgotten in the register"});
    record.vote({{1, 0, 0, 0}});
    record.forge_files([&](auto& files) {
        auto rows = *events::read_participation(as_text(files["participation"]));
        rows.push_back({added, std::nullopt});
        std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.leaf < b.leaf; });
        files["participation"] = to_bytes(as_bytes(events::write_participation(rows)));
    });
    expect_complete(verify_record(record.finish()));
}

TEST_F(HonestRecordTest, OpenPollsPassAsFarAsTheyGo) {
    const auto outcome = verify_record(voted());
    EXPECT_TRUE(outcome.report.without_failure()) << outcome.report.to_text();
    EXPECT_FALSE(outcome.report.complete());
    EXPECT_FALSE(outcome.closed.has_value());
    EXPECT_EQ(not_checkable(outcome.report),
              (Numbers{"V5.1",  "V5.2",  "V5.3",  "V6.1",  "V6.2",  "V6.3",  "V6.4", "V6.5",
                       "V8.1",  "V8.2",  "V8.3",  "V8.4",  "V9.1",  "V9.2",  "V9.3", "V9.4",
                       "V10.1", "V10.2", "V10.3", "V10.4", "V10.5", "V10.6", "V10.7"}));
}

TEST_F(HonestRecordTest, ClosedPollsGiveTheSumsForTheTrustees) {
    auto record = voted();
    record.close();
    const auto outcome = verify_record(record);
    EXPECT_TRUE(outcome.report.without_failure()) << outcome.report.to_text();
    EXPECT_FALSE(outcome.report.complete());
    ASSERT_TRUE(outcome.closed.has_value());
    EXPECT_EQ(outcome.closed->context.closing, record.closing());
    const auto expected = *tally::groups_to_open(record.sums());
    const auto groups = *tally::groups_to_open(outcome.closed->sums);
    ASSERT_EQ(groups.size(), 1u);
    EXPECT_EQ(groups[0].group, expected[0].group);
    EXPECT_EQ(groups[0].sums, expected[0].sums);
}

TEST_F(HonestRecordTest, ResultThatIsNotCertifiedIsNotComplete) {
    auto record = voted();
    const auto outcome = verify_record(record.close().tally().result());
    EXPECT_EQ(failed(outcome.report), Numbers{});
    EXPECT_EQ(not_checkable(outcome.report), Numbers{"V10.5"});
}

TEST_F(HonestRecordTest, EmptyLogProvesNothing) {
    const auto outcome = verify_record(TestRecord(plain().build()));
    EXPECT_FALSE(outcome.report.complete());
    EXPECT_EQ(outcome.report["V2.2"].verdict(), Verdict::not_checkable);
    EXPECT_EQ(outcome.report["V3.3"].verdict(), Verdict::not_checkable);
}

TEST_F(HonestRecordTest, OneThreadAndManyFindTheSame) {
    auto record = voted();
    record.finish().write(folder_.path());
    const auto one = verify(folder_.path(), {.threads = 1});
    const auto many = verify(folder_.path(), {.threads = 7});
    EXPECT_EQ(json::canonical(one.report.to_json()), json::canonical(many.report.to_json()));
}

TEST_F(HonestRecordTest, ProgressReachesItsTotal) {
    auto record = voted();
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> last;
    Options options;
    options.progress = [&](auto done, auto total, auto what) { last[std::string(what)] = {done, total}; };
    verify_record(record.finish(), options);
    EXPECT_EQ(last.at("entries"), std::pair(record.entries.size(), record.entries.size()));
    EXPECT_EQ(last.at("ballots/city/standard"), (std::pair<std::uint64_t, std::uint64_t>(4, 4)));
}

}  // namespace
}  // namespace stimme::verify
