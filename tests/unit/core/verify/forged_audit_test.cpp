// Certified without the audit by hand counts that the definition demands: check V10.7.
#include "core/tally/risk.h"
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

const ContestId board("board");
const std::vector<std::string> groups{"north/standard", "south/standard"};

// Three ballots in each of two groups, all for c01; at most a tenth of risk. Margin 6 over each other, and a
// group could undo 3 + 3 of it: its bound is 1, all together 2. Four draws that agree make it 1/16.
class ForgedAuditTest : public VerifyTest {
  protected:
    static test::TestElection two_groups() {
        return plain()
            .district("north")
            .district("south")
            .district("west")
            .station("s1", "north")
            .station("s2", "south")
            .station("s3", "west")
            .set("printed_ballots", json::Object{{"risk_limit", 100}});
    }
    static test::TestRecord with_result() {
        auto record = opened(two_groups());
        for (int i = 0; i < 3; ++i) record.vote({{1, 0, 0, 0}}, "s1").vote({{1, 0, 0, 0}}, "s2");
        record.close().tally().result();
        return record;
    }
    static events::AuditStarted seed(const std::string& text) { return {board, text, "dice", "A", {"B"}}; }
    static events::HandCount agreeing(const std::string& group) { return {board, group, 3, {3, 0, 0, 0}}; }

    // The first of the seeds "1", "2", ... whose first four draws are all of the first group; `sheets` are
    // there.
    static events::AuditStarted seed_for_the_first(const test::TestRecord& record, std::uint64_t sheets = 0) {
        const Hash& election = record.election().h_e;
        const election::Contest& contest = record.election().definition->contests[0];
        const std::vector<std::uint64_t> none(4);
        const auto plan = *tally::AuditPlan::make(
            {contest, {{groups[0], 3, {3, 0, 0, 0}, sheets}, {groups[1], 3, {3, 0, 0, 0}}}, none, {}, 100});
        for (int i = 1;; ++i) {
            const std::string text = std::to_string(i);
            if (tally::draws(plan, {election, text}, 4) == std::vector<std::size_t>(4)) return seed(text);
        }
    }

    // What V10.7 says of the record, certified; "" where everything passes.
    std::string refusal(test::TestRecord& record) {
        const auto report = verify_record(record.certify()).report;
        if (report.complete()) return "";
        EXPECT_EQ(failed(report), Numbers{"V10.7"}) << report.to_text();
        const auto& failures = report["V10.7"].failures();
        return failures.empty() ? "none" : failures[0].place + ": " + failures[0].code;
    }
};

TEST_F(ForgedAuditTest, CertificationWithoutAnyAuditIsFound) {
    auto record = with_result();
    EXPECT_EQ(refusal(record), "certification: audit-open");
}

TEST_F(ForgedAuditTest, SampleThatWasNotCountedToTheEndIsFound) {
    auto record = with_result();
    record.append(seed_for_the_first(record)).append(agreeing(groups[1]));
    EXPECT_EQ(refusal(record), "certification: audit-open");
}

TEST_F(ForgedAuditTest, SampleThatConfirmsTheOutcomeIsEnough) {
    auto record = with_result();
    record.append(seed_for_the_first(record)).append(agreeing(groups[0]));
    EXPECT_EQ(refusal(record), "");
}

TEST_F(ForgedAuditTest, CountOfAllGroupsNeedsNoSeed) {
    auto record = with_result();
    record.append(agreeing(groups[0])).append(agreeing(groups[1]));
    EXPECT_EQ(refusal(record), "");
}

TEST_F(ForgedAuditTest, OutcomeThatThePrintedBallotsRefuteIsFound) {
    auto record = with_result();
    for (const std::string& group : groups)
        record.append(events::HandCount{board, group, 3, {1, 2, 0, 0}, "nobody knows why"});
    EXPECT_EQ(refusal(record), "certification: audit-refuted");
}

// Who knows the seed could choose which result it is good for.
TEST_F(ForgedAuditTest, SeedOfAnEarlierResultIsNone) {
    auto record = with_result();
    const std::uint64_t first = record.index_of("result");
    record.append(seed_for_the_first(record)).append(agreeing(groups[0]));
    record.append(events::ElectionResult{{{board, {6, 0, 0, 0}, {OptionId("c01")}}}, first, "read again"});
    EXPECT_EQ(refusal(record), "certification: audit-open");
}

// Four sheets where three could be: known before the draw, they weigh in it; else all must be counted.
TEST_F(ForgedAuditTest, SheetBeyondTheBallotsIsAllowedForWhenItWasKnownBefore) {
    const auto with = [&](std::vector<events::UrnSheets> sheets) {
        auto record = with_result();
        events::AuditStarted audit = seed_for_the_first(record, sheets.empty() ? 0 : sheets[0].sheets);
        audit.sheets = std::move(sheets);
        record.append(audit).append(events::HandCount{board, groups[0], 4, {4, 0, 0, 0}, "a sheet too many"});
        return refusal(record);
    };
    EXPECT_EQ(with({{groups[0], 4}}), "");
    EXPECT_EQ(with({}), "certification: audit-open");
}

TEST_F(ForgedAuditTest, SheetsOfGroupsThatAreNotThereAreFound) {
    const auto with = [&](std::vector<events::UrnSheets> sheets) {
        auto record = with_result();
        events::AuditStarted audit = seed("1");
        audit.sheets = std::move(sheets);
        record.append(audit).append(agreeing(groups[0])).append(agreeing(groups[1]));
        return refusal(record);
    };
    const std::string wrong = "entry " + std::to_string(with_result().entries.size()) + ": sheets-wrong";
    EXPECT_EQ(with({{"moon/standard", 4}}), wrong);
    EXPECT_EQ(with({{"west/standard", 4}}), wrong);
    EXPECT_EQ(with({{groups[0], 3}}), wrong);
    EXPECT_EQ(with({{groups[1], 4}, {groups[0], 4}}), wrong);
}

}  // namespace
}  // namespace stimme::verify
