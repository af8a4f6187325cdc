// What a station does beside its check-ins: server/service/roll/station_records.h.
#include <gmock/gmock.h>

#include "tests/unit/server/roll_fixture.h"

namespace stimme::service {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

const std::vector<std::string> both = {"A. Arendt", "B. Brecht"};

class StationRecordsTest : public RollTest {
  protected:
    explicit StationRecordsTest(bool any_station = false) : RollTest(any_station) { import_all(); }

    Once once() {
        const std::string key = to_hex(random_.bytes<16>());
        return {key, crypto::sha256(as_bytes(key))};
    }
    Result<wire::MoveAnswer> move(const std::string& from, const std::string& to,
                                  const std::vector<std::string>& members = both,
                                  const std::string& desk_name = "s1-desk-1") {
        return move({from, to, members}, once(), desk_name);
    }
    Result<wire::MoveAnswer> move(const wire::MoveRequest& request, const Once& key,
                                  const std::string& desk_name = "s1-desk-1") {
        return answer_of<wire::MoveAnswer>(
            [&](auto done) { roll_->move_check_in(desk(desk_name), request, key, done); });
    }
    Result<wire::PaperAnswer> paper(const std::vector<std::string>& voters, bool withdrawn = false,
                                    const std::string& desk_name = "s1-desk-1") {
        return paper({voters, withdrawn}, once(), desk_name);
    }
    Result<wire::PaperAnswer> paper(const wire::PaperRequest& request, const Once& key,
                                    const std::string& desk_name = "s1-desk-1") {
        return answer_of<wire::PaperAnswer>(
            [&](auto done) { roll_->mark_paper(desk(desk_name), request, key, done); });
    }
    Result<wire::VoterView> card(const std::string& voter, bool withdrawn = false) {
        return answer_of<wire::VoterView>([&](auto done) {
            roll_->set_card(SignerId("official-1"), {voter, withdrawn}, done);
        });
    }
    wire::VoterView view(const std::string& voter) { return *roll_->find(voter, {}); }
    events::DeskCount count(const std::string& desk_name = "s1-desk-1") {
        const auto counts = roll_->desk_counts(StationId(desk_name.substr(0, 2)));
        return *std::find_if(counts->begin(), counts->end(),
                             [&](const auto& c) { return c.desk == SignerId(desk_name); });
    }
};

TEST_F(StationRecordsTest, MovedCheckInIsThatOfTheOtherEntryAndCountedAsMoved) {
    ASSERT_TRUE(check_in("1001"));
    ASSERT_EQ(code(move("1001", "1002")), "ok");
    EXPECT_FALSE(view("1001").checked_in_at);
    EXPECT_EQ(view("1002").checked_in_at, s1);
    EXPECT_EQ(count(), (events::DeskCount{SignerId("s1-desk-1"), 1, 0, 1, 0}));
    EXPECT_EQ(rows_with_station(), 1U);
    EXPECT_EQ(code(check_in("1002")), "already-checked-in");
    EXPECT_EQ(code(check_in("1001")), "ok");
}

TEST_F(StationRecordsTest, MoveStandsInTheStationsRecordWithBothMembers) {
    ASSERT_TRUE(check_in("1001"));
    ASSERT_TRUE(move("1001", "1002", both, "s1-desk-2"));
    const auto record = *roll_->station_record(s1);
    ASSERT_EQ(record.moves.size(), 1U);
    EXPECT_EQ(record.moves[0].desk, SignerId("s1-desk-2"));
    EXPECT_EQ(record.moves[0].what.from, "1001");
    EXPECT_EQ(record.moves[0].what.to, "1002");
    EXPECT_EQ(record.moves[0].what.members, both);
}

TEST_F(StationRecordsTest, RepeatedMoveIsOne) {
    ASSERT_TRUE(check_in("1001"));
    const Once key = once();
    ASSERT_TRUE(move({"1001", "1002", both}, key));
    reopen();
    ASSERT_EQ(code(move({"1001", "1002", both}, key)), "ok");
    EXPECT_EQ(count().moved, 1U);
    EXPECT_EQ(code(move("1001", "1002")), "voter-not-checked-in");
}

TEST_F(StationRecordsTest, LateRepetitionOfTheCheckInChangesNothingAfterAMove) {
    const CheckInCall asked = call("1001");
    const auto first = check_in(asked);
    ASSERT_TRUE(move("1001", "1002"));
    EXPECT_EQ(to_json(*check_in(asked)), to_json(*first));
    EXPECT_FALSE(view("1001").checked_in_at);
}

TEST_F(StationRecordsTest, MoveNeedsTwoMembers) {
    ASSERT_TRUE(check_in("1001"));
    for (const std::vector<std::string>& members :
         {std::vector<std::string>{}, {"A. Arendt"}, {"A. Arendt", ""}, {"A. Arendt", "A. Arendt"}})
        EXPECT_EQ(code(move("1001", "1002", members)), "members-missing");
    EXPECT_EQ(view("1001").checked_in_at, s1);
}

TEST_F(StationRecordsTest, MoveGoesOnlyFromACheckInHereToSomebodyWhoMayVoteHere) {
    ASSERT_TRUE(check_in("1001"));
    ASSERT_TRUE(check_in("1003"));
    ASSERT_TRUE(check_in("2001", "s2-desk-1"));
    ASSERT_TRUE(paper({"1004"}));
    ASSERT_TRUE(card("1005"));
    EXPECT_EQ(code(move("1002", "1006")), "voter-not-checked-in");
    EXPECT_EQ(code(move("9999", "1006")), "voter-not-found");
    EXPECT_EQ(code(move("2001", "1006")), "voter-other-station");
    EXPECT_EQ(code(move("1001", "9999")), "voter-not-found");
    EXPECT_EQ(code(move("1001", "2002")), "voter-other-station");
    EXPECT_EQ(code(move("1001", "3001")), "voter-not-eligible");
    EXPECT_EQ(code(move("1001", "1003")), "already-checked-in");
    EXPECT_EQ(code(move("1001", "1001")), "already-checked-in");
    EXPECT_EQ(code(move("1001", "1004")), "already-on-paper");
    EXPECT_EQ(code(move("1001", "1005")), "polling-card-issued");
    ASSERT_TRUE(begin_void("1001", {1, 2, 3}));
    EXPECT_EQ(code(move("1001", "1006")), "void-pending");
    EXPECT_EQ(count().moved, 0U);
}

TEST_F(StationRecordsTest, NothingIsEnteredAtAClosedStation) {
    ASSERT_TRUE(check_in("1001"));
    ASSERT_TRUE(begin_close(counts("s1")));
    EXPECT_EQ(code(move("1001", "1002")), "station-closed");
    EXPECT_EQ(code(paper({"1003"})), "station-closed");
}

TEST_F(StationRecordsTest, WhoVotesOnPaperCantBeCheckedInAndTakesPartThere) {
    const auto answer = paper({"1001", "1002"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->entered, 2U);
    EXPECT_EQ(code(check_in("1001")), "already-on-paper");
    EXPECT_EQ(view("1001").paper_at, s1);
    EXPECT_EQ(count().paper, 2U);
    const auto rows = roll_->participation();
    EXPECT_EQ(std::count_if(rows->begin(), rows->end(),
                            [](const auto& row) { return row.paper && row.station == s1; }),
              2);
}

TEST_F(StationRecordsTest, PaperVoterCantBeStruckOff) {
    ASSERT_TRUE(paper({"1001"}));
    EXPECT_EQ(code(roll_->leaf_to_strike("1001")), "already-on-paper");
}

TEST_F(StationRecordsTest, ConflictsAreKeptAndCountNowhere) {
    ASSERT_TRUE(check_in("1001"));
    const auto answer = paper({"1001", "1002", "3001", "2001"});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->entered, 1U);
    const auto reasons = ElementsAre(Field(&wire::PaperConflict::reason, "already-checked-in"),
                                     Field(&wire::PaperConflict::reason, "voter-not-eligible"),
                                     Field(&wire::PaperConflict::reason, "voter-other-station"));
    EXPECT_THAT(answer->conflicts, reasons);
    EXPECT_EQ(answer->conflicts[0].station, s1);
    EXPECT_EQ(answer->conflicts[2].station, StationId("s2"));
    EXPECT_EQ(count(), (events::DeskCount{SignerId("s1-desk-1"), 1, 0, 0, 1}));
    const auto record = *roll_->station_record(s1);
    EXPECT_EQ(record.paper, 1U);
    EXPECT_EQ(record.conflicts.size(), 3U);
    EXPECT_EQ(code(check_in("2001", "s2-desk-1")), "ok");
}

TEST_F(StationRecordsTest, RowEnteredTwiceCountsOnce) {
    ASSERT_TRUE(paper({"1001"}));
    const auto again = paper({"1001", "1002", "1002"}, false, "s1-desk-2");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->entered, 1U);
    EXPECT_EQ(again->again, 2U);
    EXPECT_EQ(count("s1-desk-2").paper, 1U);
}

TEST_F(StationRecordsTest, RepeatedRequestGetsTheSameAnswer) {
    const Once key = once();
    const auto first = paper({{"1001", "1002"}}, key);
    reopen();
    EXPECT_EQ(to_json(*paper({{"1001", "1002"}}, key)), to_json(*first));
    EXPECT_EQ(code(paper({{"1003"}}, {key.key, {}})), "idempotency-key-reused");
    EXPECT_EQ(count().paper, 2U);
}

TEST_F(StationRecordsTest, UnknownNumberIsNamedAndNothingIsEntered) {
    const auto answer = paper({"1001", "9999"});
    ASSERT_EQ(code(answer), "voter-not-found");
    EXPECT_THAT(answer.error().message, HasSubstr("9999"));
    EXPECT_FALSE(view("1001").paper_at);
    EXPECT_EQ(count().paper, 0U);
}

TEST_F(StationRecordsTest, WithdrawnByTheDeskThatEnteredItIsAsIfItNeverWas) {
    ASSERT_TRUE(paper({"1001"}));
    EXPECT_EQ(code(paper({"1001"}, true, "s1-desk-2")), "paper-vote-unknown");
    ASSERT_EQ(code(paper({"1001"}, true)), "ok");
    EXPECT_EQ(count().paper, 0U);
    EXPECT_EQ(code(check_in("1001")), "ok");
    EXPECT_EQ(code(paper({"1001"}, true)), "paper-vote-unknown");
    const auto tally = *roll_->desk_tally(SignerId("s1-desk-1"));
    EXPECT_EQ(tally.paper, 1U);  // only grows
    EXPECT_EQ(tally.withdrawn, 1U);
}

TEST_F(StationRecordsTest, WithdrawnConflictLeavesTheCountsAsTheyAre) {
    ASSERT_TRUE(check_in("1001"));
    ASSERT_TRUE(paper({"1001"}));
    const auto withdrawn = paper({"1001"}, true);
    ASSERT_TRUE(withdrawn);
    EXPECT_EQ(withdrawn->entered, 0U);
    EXPECT_TRUE(roll_->station_record(s1)->conflicts.empty());
}

TEST_F(StationRecordsTest, CloseSaysHowManyVotedOnPaper) {
    auto before = counts("s1");
    ASSERT_TRUE(paper({"1001"}));
    EXPECT_EQ(code(begin_close(before)), "desk-counts-changed");
    EXPECT_EQ(counts("s1").desks[0].paper, 1U);
    EXPECT_EQ(code(begin_close(counts("s1"))), "ok");
}

TEST_F(StationRecordsTest, StationOfARecordMustBeOne) {
    EXPECT_EQ(code(roll_->station_record(StationId("moon"))), "station-unknown");
}

TEST_F(StationRecordsTest, WhoHasAPollingCardVotesHereOnlyWhenTheyHandItIn) {
    ASSERT_EQ(code(card("1001")), "ok");
    EXPECT_TRUE(view("1001").polling_card);
    EXPECT_EQ(code(check_in("1001")), "polling-card-issued");
    CheckInCall with_card = call("1001");
    with_card.request.card_taken = true;
    EXPECT_EQ(code(check_in(with_card)), "ok");
}

TEST_F(StationRecordsTest, WithdrawnPollingCardIsForgottenAndBothStandInTheJournal) {
    const std::size_t before = roll_->journal_rows()->size();
    ASSERT_TRUE(card("1001"));
    ASSERT_TRUE(card("1001"));  // as once
    ASSERT_TRUE(card("1001", true));
    EXPECT_FALSE(view("1001").polling_card);
    EXPECT_EQ(code(check_in("1001")), "ok");
    const auto rows = *roll_->journal_rows();
    ASSERT_EQ(rows.size(), before + 2);
    EXPECT_THAT(rows[before].act, HasSubstr("polling-card-issued"));
    EXPECT_THAT(rows[before + 1].act, HasSubstr("polling-card-withdrawn"));
}

TEST_F(StationRecordsTest, PollingCardIsOfSomebodyWhoMayVoteAndHasNot) {
    ASSERT_TRUE(check_in("1001"));
    ASSERT_TRUE(paper({"1002"}));
    EXPECT_EQ(code(card("1001")), "already-checked-in");
    EXPECT_EQ(code(card("1002")), "already-on-paper");
    EXPECT_EQ(code(card("3001")), "voter-not-eligible");
    EXPECT_EQ(code(card("9999")), "voter-not-found");
}

class AnyStationRecordsTest : public StationRecordsTest {
  protected:
    AnyStationRecordsTest() : StationRecordsTest(true) {}
};

TEST_F(AnyStationRecordsTest, PaperAtTwoStationsIsAConflictAtTheSecond) {
    ASSERT_TRUE(paper({"1001"}));
    const auto second = paper({"1001"}, false, "s2-desk-1");
    ASSERT_TRUE(second);
    ASSERT_EQ(second->conflicts.size(), 1U);
    EXPECT_EQ(second->conflicts[0].reason, "already-on-paper");
    EXPECT_EQ(second->conflicts[0].station, s1);
    EXPECT_EQ(view("1001").paper_at, s1);
}

}  // namespace
}  // namespace stimme::service
