// The log as an official's program verifies it, and the figures it shows from it.
#include "client/office/folded_log.h"

#include <gtest/gtest.h>

#include "client/office/describe.h"
#include "client/office/tally_show.h"
#include "client/office/trustee_files.h"
#include "core/tally/result.h"
#include "tests/support/records.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::office {
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
    EXPECT_EQ(test::code_of(fold(record, view)), "log-root-differs");
}

TEST(FoldedLog, ActThatNobodySignedIsRefused) {
    test::TestRecord record = small_election();
    record.append(events::Incident{"rain"});
    record.rewrite<events::Incident>(record.entries.size() - 1, [](auto& act) { act.reason = "sun"; });
    const auto folded = fold(record, record.view());
    EXPECT_EQ(test::code_of(folded), "signature-wrong");
    EXPECT_EQ(folded.error().kind, ErrorKind::corrupt);
}

TEST(FoldedLog, EntryOutOfOrderIsRefused) {
    test::TestRecord record = small_election();
    std::swap(record.entries[0], record.entries[1]);
    EXPECT_EQ(test::code_of(fold(record, record.view())), "entry-out-of-phase");
}

TEST(TallyShow, NamesTheOpenTieAndBetweenWhom) {
    test::TestRecord record = small_election();
    record.close().tally();
    const auto folded = fold(record, record.view());
    ASSERT_TRUE(folded.ok()) << folded.error().message;
    const auto figures = tally::figures_of(folded->state);
    ASSERT_TRUE(figures.ok());
    const auto document = tally_document(record.election().definition, *figures, false);
    ASSERT_TRUE(document.ok());
    const std::string text = json::canonical(*document);
    EXPECT_NE(text.find(R"("open_tie":{"between":["c01","c02"],"seats":1})"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("totals":{"c01":1,"c02":1,"c03":0,"invalid":1})"), std::string::npos) << text;
}

TEST(TallyShow, LogWithoutTallyIsRefused) {
    const test::TestRecord record = small_election();
    EXPECT_EQ(test::code_of(tally::figures_of(fold(record, record.view())->state)), "not-tallied");
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

class TrusteeFilesTest : public testing::Test {
  protected:
    TrusteeFilesTest() { EXPECT_TRUE(write_file(passphrase_, as_bytes("correct horse\n")).ok()); }
    TrusteeFiles files(const std::filesystem::path& passphrase) {
        return TrusteeFiles(folder_, passphrase, random_);
    }

    test::TemporaryFolder temporary_;
    std::filesystem::path passphrase_ = temporary_.path() / "passphrase";
    client::cli::RoleFolder folder_ = *client::cli::RoleFolder::create(
        temporary_.path() / "trustee-1",
        {"https://a", ElectionId("test-2026"), SignerId("trustee-1"), election::Role::trustee});
    SeededRandom random_{3};
};

TEST_F(TrusteeFilesTest, SecretComesBackUnderItsPassphraseOnly) {
    ASSERT_TRUE(files(passphrase_).keep(events::TrusteeSecret(Hash{1}, 1, crypto::SecretScalar(7))).ok());
    const auto secret = files(passphrase_).secret();
    ASSERT_TRUE(secret.ok());
    EXPECT_EQ((*secret)->election(), Hash{1});
    const auto wrong = temporary_.path() / "wrong";
    ASSERT_TRUE(write_file(wrong, as_bytes("battery staple")).ok());
    EXPECT_EQ(test::code_of(files(wrong).secret()), "passphrase-wrong");
}

TEST_F(TrusteeFilesTest, NothingKeptIsNoError) {
    const auto secret = files(passphrase_).secret();
    ASSERT_TRUE(secret.ok());
    EXPECT_FALSE(secret->has_value());
}

TEST_F(TrusteeFilesTest, SecondClosingIsRefusedForEver) {
    const events::LogView closing{700, Hash{5}};
    EXPECT_TRUE(files(passphrase_).pin_closing(closing).ok());
    EXPECT_TRUE(files(passphrase_).pin_closing(closing).ok());
    EXPECT_EQ(test::code_of(files(passphrase_).pin_closing({701, Hash{5}})), "closing-differs");
    EXPECT_EQ(test::code_of(files(passphrase_).pin_closing({700, Hash{6}})), "closing-differs");
}

}  // namespace
}  // namespace stimme::office
