#include "server/service/acts/void_service.h"
#include "server/service/ballots/pass_service.h"
#include "server/service/roll/roll_service.h"
#include "tests/unit/server/election_fixture.h"

namespace stimme::service {
namespace {

using PassStatus = wire::PassStateAnswer::Status;

class PassTest : public ElectionTest {
  protected:
    void SetUp() override { open_polls(); }
};

TEST_F(PassTest, StateFollowsTheBallot) {
    EXPECT_EQ(state(1)->status, PassStatus::unused);
    must(submit(1));
    EXPECT_EQ(state(1)->status, PassStatus::submitted);
    must(cast(1));
    EXPECT_EQ(state(1)->status, PassStatus::cast);
}

TEST_F(PassTest, WrongTagTellsNothing) {
    wire::PassProof wrong = pass(1);
    wrong.tag[4] ^= 1;
    const auto answer = answer_of<wire::PassStateAnswer>(
        [&](auto done) { election_->passes().state(holder("s1-desk-1"), wrong, done); });
    EXPECT_EQ(code(answer), "pass-tag-wrong");
}

TEST_F(PassTest, ExpiredBallotIsGoneAndThePassStaysGood) {
    must(submit(1));
    ASSERT_EQ(expire(1)->status, PassStatus::unused);
    EXPECT_TRUE(std::holds_alternative<events::BallotExpired>(entry(log_size() - 1).content));
    EXPECT_EQ(code(cast(1)), "no-open-submission");
    EXPECT_EQ(code(submit(1, 2)), "ok");
}

TEST_F(PassTest, NothingOpenCannotExpire) {
    EXPECT_EQ(code(expire(1)), "no-open-submission");
}

TEST_F(PassTest, RepeatedExpirationGetsTheSameAnswer) {
    must(submit(1));
    const Once key = once();
    const auto ask = [&] {
        return answer_of<wire::PassStateAnswer>(
            [&](auto done) { election_->passes().expire(holder("s1-desk-1"), {pass(1)}, key, done); });
    };
    EXPECT_EQ(ask()->status, PassStatus::unused);
    EXPECT_EQ(ask()->status, PassStatus::unused);
}

TEST_F(PassTest, TestWithoutAnswerClosesTheBooth) {
    must(submit(1));
    ASSERT_EQ(code(fail_challenge(1, "s1-booth-1")), "ok");
    const auto failed = entry(log_size() - 1);
    EXPECT_TRUE(std::holds_alternative<events::ChallengeFailed>(failed.content));
    EXPECT_EQ(failed.signed_by.front().signer, SignerId("s1-desk-1"));
    EXPECT_EQ(code(submit(2)), "booth-closed");
}

TEST_F(PassTest, RefusedFailureLeavesTheBoothOpen) {
    EXPECT_EQ(code(fail_challenge(1, "s1-booth-1")), "no-open-submission");
    EXPECT_EQ(code(submit(1)), "ok");
}

TEST_F(PassTest, BoothOfAnotherStationIsUnknown) {
    must(submit(1));
    EXPECT_EQ(code(fail_challenge(1, "s2-booth-1")), "booth-unknown");
    EXPECT_EQ(code(unlock("s2-booth-1")), "booth-unknown");
}

TEST_F(PassTest, VoidedPassIsGoodForNothing) {
    check_in("1001");
    ASSERT_EQ(give_back("1001", 1)->status, PassStatus::voided);
    EXPECT_TRUE(std::holds_alternative<events::PassVoided>(entry(log_size() - 1).content));
    EXPECT_EQ(code(submit(1)), "pass-voided");
    EXPECT_EQ((*election_->roll().find("1001", {})).checked_in_at, std::nullopt);
}

TEST_F(PassTest, RepeatedVoidGetsTheSameAnswer) {
    check_in("1001");
    must(give_back("1001", 1));
    const std::uint64_t size = log_size();
    EXPECT_EQ(give_back("1001", 1)->status, PassStatus::voided);
    EXPECT_EQ(log_size(), size);
}

TEST_F(PassTest, UsedPassCannotBeVoidedAndTheCheckInStays) {
    check_in("1001");
    must(submit(1));
    EXPECT_EQ(code(give_back("1001", 1)), "pass-submitted");
    EXPECT_EQ((*election_->roll().find("1001", {})).checked_in_at, StationId("s1"));
    EXPECT_TRUE(election_->roll().pending_voids()->empty());
}

TEST_F(PassTest, VoidOfSomebodyNotCheckedInIsRefused) {
    EXPECT_EQ(code(give_back("1001", 1)), "voter-not-checked-in");
    EXPECT_EQ(log_size(), 2U);
}

TEST_F(PassTest, VoidWithAnotherDesksSignatureIsRefused) {
    check_in("1001");
    const events::PassVoided content{StationId("s1"), pass(1).t};
    const auto answer = answer_of<wire::PassStateAnswer>([&](auto done) {
        election_->voids().give_back(holder("s1-desk-1"), {"1001", pass(1), signature("s1-desk-2", content)},
                                     once(), done);
    });
    EXPECT_EQ(code(answer), "signer-differs");
    EXPECT_EQ((*election_->roll().find("1001", {})).checked_in_at, StationId("s1"));
}

}  // namespace
}  // namespace stimme::service
