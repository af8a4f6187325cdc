#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "server/store/database.h"
#include "tests/unit/server/roll_fixture.h"

namespace stimme::service {
namespace {

using testing::HasSubstr;

class CheckInTest : public RollTest {
  protected:
    explicit CheckInTest(bool any_station = false) : RollTest(any_station) { import_all(); }
};
class CheckInAnywhereTest : public CheckInTest {
  protected:
    CheckInAnywhereTest() : CheckInTest(true) {}
};

TEST_F(CheckInTest, AnswerMakesValidPass) {
    const auto request = pass::PassRequest::random(random_);
    const auto answer = check_in(call("1001", request));
    ASSERT_TRUE(answer) << answer.error().message;
    const pass::PassKey& key = *keys_->find(StationId("s1"), answer->style);
    const auto pass = request.finish({answer->evaluated, answer->proof_challenge, answer->proof_response},
                                     key.public_key());
    ASSERT_TRUE(pass) << pass.error().message;
    EXPECT_TRUE(keys_->tag_matches(StationId("s1"), answer->style, *pass));
    EXPECT_FALSE(keys_->tag_matches(StationId("s2"), answer->style, *pass));
}

TEST_F(CheckInTest, SameRequestGetsSameAnswer) {
    const auto request = pass::PassRequest::random(random_);
    const auto first = check_in(call("1001", request));
    const auto other_key = check_in(call("1001", request));
    ASSERT_TRUE(other_key);
    EXPECT_EQ(to_json(*other_key), to_json(*first));
    EXPECT_EQ(roll_->desk_counts(StationId("s1"))->at(0).checked_in, 1U);
}

TEST_F(CheckInTest, AnswerOutlivesServer) {
    const CheckInCall asked = call("1001");
    const auto first = check_in(asked);
    reopen();
    EXPECT_EQ(to_json(*check_in(asked)), to_json(*first));
}

TEST_F(CheckInTest, OtherElementIsRefused) {
    ASSERT_TRUE(check_in("1001"));
    const auto second = check_in("1001");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "already-checked-in");
    EXPECT_THAT(second.error().message, HasSubstr("s1"));
}

TEST_F(CheckInTest, SameElementFromOtherDeskIsRefused) {
    const auto request = pass::PassRequest::random(random_);
    ASSERT_TRUE(check_in(call("1001", request)));
    EXPECT_EQ(code(check_in(call("1001", request, "s1-desk-2"))), "already-checked-in");
}

TEST_F(CheckInTest, ElementOfAnotherVoterIsRefused) {
    const auto request = pass::PassRequest::random(random_);
    ASSERT_TRUE(check_in(call("1001", request)));
    EXPECT_NE(code(check_in(call("1002", request))), "ok");
    EXPECT_EQ(rows_with_station(), 1U);
}

TEST_F(CheckInTest, ReusedKeyIsRefused) {
    CheckInCall asked = call("1001");
    ASSERT_TRUE(check_in(asked));
    CheckInCall other = call("1002");
    other.once.key = asked.once.key;
    EXPECT_EQ(code(check_in(other)), "idempotency-key-reused");
}

TEST_F(CheckInTest, FiftyAtOnceGiveOneAnswer) {
    for (int round = 1; round <= 20; ++round) {
        const std::string voter = fmt::format("10{:02}", round);
        std::vector<CheckInCall> calls;
        for (int i = 0; i < 50; ++i) calls.push_back(call(voter, i % 2 == 0 ? "s1-desk-1" : "s1-desk-2"));
        std::vector<std::string> codes(calls.size());
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < calls.size(); ++i)
            threads.emplace_back([&, i] { codes[i] = code(check_in(calls[i])); });
        for (std::thread& thread : threads) thread.join();
        EXPECT_EQ(std::count(codes.begin(), codes.end(), "ok"), 1) << voter;
        EXPECT_EQ(std::count(codes.begin(), codes.end(), "already-checked-in"), 49) << voter;
    }
    EXPECT_EQ(rows_with_station(), 20U);
}

TEST_F(CheckInTest, SameRequestFiftyTimesAtOnceGivesOneAnswer) {
    const CheckInCall asked = call("1001");
    std::vector<std::string> answers(50);
    std::vector<std::thread> threads;
    for (std::string& answer : answers)
        threads.emplace_back([&] { answer = json::canonical(to_json(*check_in(asked))); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::set<std::string>(answers.begin(), answers.end()).size(), 1U);
}

TEST_F(CheckInTest, WhoMayNotVoteIsRefusedWithReasons) {
    const auto answer = check_in("3001");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "voter-not-eligible");
    EXPECT_THAT(answer.error().message, HasSubstr("age"));
}

TEST_F(CheckInTest, UnknownVoterIsRefused) {
    EXPECT_EQ(code(check_in("9999")), "voter-not-found");
}

TEST_F(CheckInTest, VoterOfOtherStationIsSentThere) {
    const auto answer = check_in("2001", "s1-desk-1");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "voter-other-station");
    EXPECT_THAT(answer.error().message, HasSubstr("s2"));
}

TEST_F(CheckInAnywhereTest, VoterOfOtherStationIsCheckedInOnce) {
    ASSERT_TRUE(check_in("2001", "s1-desk-1"));
    const auto second = check_in("2001", "s2-desk-1");
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().message, HasSubstr("s1"));
}

TEST_F(CheckInTest, ElementOffTheCurveIsRefused) {
    CheckInCall asked = call("1001");
    asked.request.blinded = {2};
    asked.request.blinded[32] = 7;
    const std::string refused = code(check_in(asked));
    EXPECT_TRUE(refused == "point-not-on-curve" || refused == "point-not-canonical") << refused;
    EXPECT_EQ(rows_with_station(), 0U);
}

TEST_F(CheckInTest, NoKeysNoCheckIn) {
    roll_->use_pass_keys(nullptr);
    EXPECT_EQ(code(check_in("1001")), "pass-keys-missing");
}

TEST_F(CheckInTest, ParticipationHasRowForEachLeaf) {
    ASSERT_TRUE(check_in("1001"));
    ASSERT_TRUE(check_in("2001", "s2-desk-1"));
    const auto rows = *roll_->participation();
    EXPECT_EQ(rows.size(), roll_->fingerprint()->count);
    EXPECT_EQ(rows_with_station(), 2U);
    const auto read = events::read_participation(events::write_participation(rows));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, rows);
}

TEST_F(CheckInTest, SchemaRefusesSecondCheckInAndStrangers) {
    ASSERT_TRUE(check_in("1001"));
    roll_.reset();
    store::Connection connection(folder_.path() / "roll.db", store::Access::read_write);
    const auto insert = [&](const std::string& number) {
        return code(store::guarded([&]() -> Status {
            connection.execute("INSERT INTO check_in VALUES ('" + number +
                               "', 's1', 's1-desk-1', randomblob(33), randomblob(97))");
            return {};
        }));
    };
    EXPECT_EQ(insert("1001"), "store-failed");
    EXPECT_EQ(insert("3001"), "store-failed");
    EXPECT_EQ(insert("9999"), "store-failed");
    EXPECT_EQ(insert("1002"), "ok");
}

}  // namespace
}  // namespace stimme::service
