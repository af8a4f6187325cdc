#include <filesystem>

#include <gmock/gmock.h>

#include "server/service/roll/journal.h"
#include "tests/unit/server/roll_fixture.h"

namespace stimme::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const events::PassNumber t{1, 2, 3};

class ChangesTest : public RollTest {
  protected:
    ChangesTest() {
        import_all();
        EXPECT_TRUE(check_in("1001"));
    }
    Status begin(const events::RollCorrected& correction) {
        return answer_of<void>([&](auto done) { roll_->begin_correction(correction, done); });
    }
    Status finish(const events::RollCorrected& correction) {
        return answer_of<void>([&](auto done) { roll_->finish_correction(correction, done); });
    }
    Status abandon(const events::RollCorrected& correction) {
        return answer_of<void>([&](auto done) { roll_->abandon_correction(correction, done); });
    }
    Result<Hash> leaf_to_admit(const std::string& number) {
        return answer_of<Hash>([&](auto done) { roll_->leaf_to_admit(number, done); });
    }
    std::uintmax_t wal_size() { return std::filesystem::file_size(folder_.path() / "roll.db-wal"); }
};

TEST_F(ChangesTest, VoidedVoterIsCheckedInAgain) {
    ASSERT_TRUE(begin_void("1001", t));
    EXPECT_EQ(rows_with_station(), 1U);  // until the log has it
    ASSERT_TRUE(finish_void(t));
    EXPECT_EQ(rows_with_station(), 0U);
    ASSERT_TRUE(check_in("1001", "s1-desk-2"));
    EXPECT_EQ(*roll_->desk_counts(s1), (std::vector<events::DeskCount>{{SignerId("s1-desk-1"), 1, 1, 0},
                                                                       {SignerId("s1-desk-2"), 1, 0, 0}}));
}

TEST_F(ChangesTest, LateRepetitionDoesNotUndoVoid) {
    const CheckInCall asked = call("1002");
    const auto first = check_in(asked);
    ASSERT_TRUE(begin_void("1002", t));
    ASSERT_TRUE(finish_void(t));
    EXPECT_EQ(to_json(*check_in(asked)), to_json(*first));
    EXPECT_EQ(rows_with_station(), 1U);  // 1001
}

TEST_F(ChangesTest, VoidBegunSurvivesServer) {
    ASSERT_TRUE(begin_void("1001", t));
    reopen();
    EXPECT_THAT(*roll_->pending_voids(), ElementsAre(t));
    ASSERT_TRUE(finish_void(t));
    EXPECT_THAT(*roll_->pending_voids(), IsEmpty());
    EXPECT_EQ(rows_with_station(), 0U);
}

TEST_F(ChangesTest, RepeatedVoidCountsOnce) {
    ASSERT_TRUE(begin_void("1001", t));
    ASSERT_TRUE(begin_void("1001", t));
    ASSERT_TRUE(finish_void(t));
    ASSERT_TRUE(finish_void(t));
    EXPECT_EQ(roll_->desk_counts(s1)->at(0).voided, 1U);
}

TEST_F(ChangesTest, AbandonedVoidLeavesCheckInAndNoTrace) {
    ASSERT_TRUE(begin_void("1001", t));
    ASSERT_TRUE(answer_of<void>([&](auto done) { roll_->abandon_void(t, done); }));
    EXPECT_THAT(*roll_->pending_voids(), IsEmpty());
    EXPECT_EQ(rows_with_station(), 1U);
    EXPECT_EQ(wal_size(), 0U);
}

TEST_F(ChangesTest, VoidNeedsCheckInOfThatStation) {
    EXPECT_EQ(code(begin_void("1002", t)), "voter-not-checked-in");
    EXPECT_EQ(code(begin_void("9999", t)), "voter-not-found");
    EXPECT_EQ(code(begin_void("1001", t, "s2-desk-1")), "voter-other-station");
}

TEST_F(ChangesTest, OneVoidAtATime) {
    ASSERT_TRUE(check_in("1002"));
    ASSERT_TRUE(begin_void("1001", t));
    EXPECT_EQ(code(begin_void("1002", t)), "void-pending");
    EXPECT_EQ(code(begin_void("1001", {9})), "void-pending");
}

TEST_F(ChangesTest, StruckVoterIsGone) {
    const Hash leaf = *roll_->leaf_to_strike("1002");
    ASSERT_TRUE(begin({{}, {leaf}, "moved away"}));
    EXPECT_EQ(code(check_in("1002")), "voter-being-struck");
    ASSERT_TRUE(finish({{}, {leaf}, "moved away"}));
    EXPECT_EQ(code(check_in("1002")), "voter-not-eligible");
    EXPECT_EQ(roll_->find("1002", s1)->reasons, std::vector<std::string>{"struck-off"});
    EXPECT_EQ(roll_->fingerprint()->count, 41U);
}

TEST_F(ChangesTest, AdmittedVoterVotes) {
    const Hash leaf = *leaf_to_admit("3001");
    EXPECT_EQ(*leaf_to_admit("3001"), leaf);
    EXPECT_EQ(code(check_in("3001")), "voter-not-eligible");
    ASSERT_TRUE(begin({{leaf}, {}, "born earlier"}));
    ASSERT_TRUE(finish({{leaf}, {}, "born earlier"}));
    EXPECT_TRUE(check_in("3001"));
    const auto rows = *roll_->participation();
    EXPECT_EQ(rows.size(), 43U);
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.leaf == leaf; }));
}

TEST_F(ChangesTest, StruckVoterIsAdmittedWithFreshLeaf) {
    const Hash leaf = *roll_->leaf_to_strike("1002");
    ASSERT_TRUE(begin({{}, {leaf}, "r"}));
    ASSERT_TRUE(finish({{}, {leaf}, "r"}));
    const Hash fresh = *leaf_to_admit("1002");
    EXPECT_NE(fresh, leaf);
    ASSERT_TRUE(begin({{fresh}, {}, "r"}));
    ASSERT_TRUE(finish({{fresh}, {}, "r"}));
    EXPECT_EQ(code(roll_->leaf_to_strike("1002")), "voter-admitted");
    EXPECT_TRUE(check_in("1002"));
}

TEST_F(ChangesTest, CheckedInVoterIsNotStruck) {
    EXPECT_EQ(code(roll_->leaf_to_strike("1001")), "already-checked-in");
    const Hash leaf = *roll_->leaf_to_strike("1002");
    ASSERT_TRUE(check_in("1002"));
    EXPECT_EQ(code(begin({{}, {leaf}, "r"})), "already-checked-in");
}

TEST_F(ChangesTest, CorrectionOfStrangersIsRefused) {
    EXPECT_EQ(code(begin({{}, {Hash{1}}, "r"})), "leaf-unknown");
    EXPECT_EQ(code(begin({{Hash{1}}, {}, "r"})), "leaf-unknown");
    EXPECT_EQ(code(begin({{*roll_->leaf_to_strike("1002")}, {}, "r"})), "voter-eligible");
    EXPECT_EQ(code(leaf_to_admit("1002")), "voter-eligible");
    EXPECT_EQ(code(roll_->leaf_to_strike("3001")), "voter-not-eligible");
}

TEST_F(ChangesTest, FailingCorrectionBeginsNothing) {
    EXPECT_EQ(code(begin({{}, {*roll_->leaf_to_strike("1002"), Hash{1}}, "r"})), "leaf-unknown");
    EXPECT_THAT(roll_->pending_corrections()->struck, IsEmpty());
}

TEST_F(ChangesTest, CorrectionBegunSurvivesServerAndCanBeAbandoned) {
    const events::RollCorrected correction{{*leaf_to_admit("3001")}, {*roll_->leaf_to_strike("1002")}, "r"};
    ASSERT_TRUE(begin(correction));
    reopen();
    EXPECT_EQ(roll_->pending_corrections()->struck, correction.struck);
    EXPECT_EQ(roll_->pending_corrections()->added, correction.added);
    ASSERT_TRUE(abandon(correction));
    EXPECT_TRUE(check_in("1002"));
    EXPECT_EQ(code(check_in("3001")), "voter-not-eligible");
}

TEST_F(ChangesTest, RepeatedCorrectionIsJournaledOnce) {
    const events::RollCorrected correction{{}, {*roll_->leaf_to_strike("1002")}, "r"};
    ASSERT_TRUE(begin(correction));
    ASSERT_TRUE(finish(correction));
    const Hash head = *roll_->journal_head();
    ASSERT_TRUE(finish(correction));
    EXPECT_EQ(*roll_->journal_head(), head);
}

TEST_F(ChangesTest, NobodyIsCheckedInAfterClose) {
    const CheckInCall asked = call("1002");
    const auto first = check_in(asked);
    ASSERT_TRUE(begin_close(counts("s1")));
    EXPECT_EQ(code(check_in("1003")), "station-closed");
    EXPECT_EQ(code(begin_void("1001", t)), "station-closed");
    EXPECT_TRUE(check_in("2001", "s2-desk-1"));
    EXPECT_EQ(to_json(*check_in(asked)), to_json(*first));
}

TEST_F(ChangesTest, CloseWithStaleCountsIsRefused) {
    const events::StationClosed closed = counts("s1");
    ASSERT_TRUE(check_in("1002"));
    EXPECT_EQ(code(begin_close(closed)), "desk-counts-changed");
    EXPECT_TRUE(check_in("1003"));
}

TEST_F(ChangesTest, CloseWaitsForVoids) {
    ASSERT_TRUE(begin_void("1001", t));
    EXPECT_EQ(code(begin_close(counts("s1"))), "void-pending");
    EXPECT_TRUE(begin_close(counts("s2")));
}

TEST_F(ChangesTest, AbandonedCloseOpensStationAgain) {
    ASSERT_TRUE(begin_close(counts("s1")));
    reopen();
    EXPECT_THAT(*roll_->closing_stations(), ElementsAre(s1));
    ASSERT_TRUE(answer_of<void>([&](auto done) { roll_->abandon_close(s1, done); }));
    EXPECT_TRUE(check_in("1002"));
}

TEST_F(ChangesTest, ClosedStationLeavesNoOrder) {
    ASSERT_TRUE(check_in("2001", "s2-desk-1"));
    ASSERT_GT(wal_size(), 0U);
    ASSERT_TRUE(begin_close(counts("s1")));
    ASSERT_TRUE(finish_close("s1"));
    ASSERT_TRUE(finish_close("s1"));
    EXPECT_EQ(wal_size(), 0U);
    store::Connection connection(folder_.path() / "roll.db", store::Access::read_only);
    EXPECT_EQ(connection.integer("SELECT count(*) FROM idempotency WHERE station = 's1'"), 0);
    EXPECT_EQ(connection.integer("SELECT count(*) FROM idempotency WHERE station = 's2'"), 1);
}

TEST_F(ChangesTest, CountsOfUnknownStationAreRefused) {
    EXPECT_EQ(code(roll_->desk_counts(StationId("s9"))), "station-unknown");
}

TEST_F(ChangesTest, JournalChainsFromDefinition) {
    test::TemporaryFolder empty;
    const auto roll = *RollService::open(empty.path(), election_.definition, random_, clock_);
    EXPECT_EQ(*roll->journal_head(), election_.definition.hash());
    const json::Object act{{"type", "note"}};
    ASSERT_TRUE(answer_of<void>([&](auto done) { roll->journal(act, done); }));
    const json::Object chained{{"at", "2026-02-01T09:00:00Z"}, {"type", "note"}};
    EXPECT_EQ(*roll->journal_head(),
              crypto::hash(crypto::Tag::journal,
                           {election_.definition.hash(), as_bytes(json::canonical(chained))}));
}

TEST_F(ChangesTest, JournalTextIsWhatIsChained) {
    const std::string text = *roll_->journal_text({});
    ASSERT_EQ(std::count(text.begin(), text.end(), '\n'), 1);  // the import
    const std::string act = text.substr(0, text.size() - 1);
    EXPECT_TRUE(json::parse_canonical(act));
    EXPECT_EQ(*roll_->journal_head(),
              crypto::hash(crypto::Tag::journal, {election_.definition.hash(), as_bytes(act)}));
}

TEST_F(ChangesTest, LeafTellsOfficialsWhomItConcerns) {
    EXPECT_EQ(roll_->find_leaf(*roll_->leaf_to_strike("1002"))->number, "1002");
    EXPECT_EQ(code(roll_->find_leaf(Hash{1})), "leaf-unknown");
}

TEST_F(ChangesTest, JournalOfAnotherDefinitionIsNoticed) {
    roll_.reset();
    const auto other = test::TestElection().id("other").build();
    EXPECT_EQ(code(RollService::open(folder_.path(), other.definition, random_, clock_)), "journal-damaged");
}

}  // namespace
}  // namespace stimme::service
