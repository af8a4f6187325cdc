// The log as an official's program verifies it, and the figures it shows from it.
#include "client/evidence/folded_log.h"

#include <gtest/gtest.h>

#include "client/evidence/describe.h"
#include "client/office/count/tally_show.h"
#include "core/tally/result.h"
#include "tests/support/records.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::evidence {
namespace {

test::TestRecord small_election() {
    test::TestRecord record(test::TestElection().contest("board", 3).invalid().build());
    record.seal().open().vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).vote({{0, 0, 0, 1}});
    return record;
}

Result<FoldedLog> fold(const test::TestRecord& record, const events::LogView& view) {
    LogFolder folder(record.election().definition, view);
    for (const std::string& entry : record.entries) STIMME_CHECK(folder.add(as_bytes(entry)));
    return std::move(folder).finish();
}

TEST(FoldedLog, HonestLogGivesStateAndKeys) {
    test::TestRecord record = small_election();
    record.close();
    const auto folded = fold(record, record.view());
    ASSERT_TRUE(folded.ok()) << folded.error().message;
    EXPECT_EQ(folded->state.phase(), election::Phase::closed);
    EXPECT_EQ(folded->keys->election, record.election().h_e);
}

TEST(FoldedLog, EntriesThatAreNotThoseOfTheCheckpointAreRefused) {
    test::TestRecord record = small_election();
    const events::LogView view = record.view();
    record.entries.pop_back();
    EXPECT_EQ(test::code(fold(record, view)), "log-root-differs");
}

TEST(FoldedLog, ActThatNobodySignedIsRefused) {
    test::TestRecord record = small_election();
    record.append(events::Incident{"rain"});
    record.rewrite<events::Incident>(record.entries.size() - 1, [](auto& act) { act.reason = "sun"; });
    const auto folded = fold(record, record.view());
    EXPECT_EQ(test::code(folded), "signature-wrong");
    EXPECT_EQ(folded.error().kind, ErrorKind::corrupt);
}

TEST(FoldedLog, EntryOutOfOrderIsRefused) {
    test::TestRecord record = small_election();
    std::swap(record.entries[0], record.entries[1]);
    EXPECT_EQ(test::code(fold(record, record.view())), "entry-out-of-phase");
}

TEST(TallyShow, NamesTheOpenTieAndBetweenWhom) {
    test::TestRecord record = small_election();
    record.close().tally();
    const auto folded = fold(record, record.view());
    ASSERT_TRUE(folded.ok()) << folded.error().message;
    const auto figures = tally::figures_of(folded->state);
    ASSERT_TRUE(figures.ok());
    const auto document = office::tally_document(record.election().definition, *figures, false);
    ASSERT_TRUE(document.ok());
    const std::string text = json::canonical(*document);
    EXPECT_NE(text.find(R"("open_tie":{"between":["c01","c02"],"seats":1})"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("totals":{"c01":1,"c02":1,"c03":0,"invalid":1})"), std::string::npos) << text;
}

TEST(TallyShow, LogWithoutTallyIsRefused) {
    const test::TestRecord record = small_election();
    EXPECT_EQ(test::code(tally::figures_of(fold(record, record.view())->state)), "not-tallied");
}

TEST(Describe, SaysInWordsWhoIsElected) {
    const auto election = test::TestElection().contest("board", 2).build();
    const auto lines =
        describe(election.definition,
                 events::ElectionResult{{{ContestId("board"), {3, 1}, {OptionId("c01")}}}, {}, ""});
    EXPECT_EQ(lines.front(), "The result");
    EXPECT_NE(lines.back().find("elected: "), std::string::npos);
    EXPECT_NE(lines.back().find("c01"), std::string::npos);
}

}  // namespace
}  // namespace stimme::evidence
