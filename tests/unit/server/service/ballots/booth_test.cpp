#include "core/ballot/receipt.h"
#include "server/service/ballots/booth_service.h"
#include "tests/unit/server/election_fixture.h"

namespace stimme::service {
namespace {

using PassStatus = wire::PassStateAnswer::Status;

class BoothTest : public ElectionTest {
  protected:
    void SetUp() override { open_polls(); }

    log::LogVerifier verifier() const { return {known_.definition->log.origin, known_.definition->log.key}; }
    wire::PassProof wrong_pass() {
        wire::PassProof wrong = pass(99);
        wrong.tag[0] ^= 1;
        return wrong;
    }
};

TEST_F(BoothTest, SubmittedBallotStandsInTheLog) {
    const auto answer = submit(1);
    ASSERT_TRUE(answer) << answer.error().message;
    const auto content = std::get<events::BallotSubmitted>(entry(answer->index).content);
    EXPECT_EQ(content.tracking_code, ballot(1, 1).tracking_code());
    EXPECT_EQ(content.t, pass(1).t);
}

TEST_F(BoothTest, RepeatedSubmissionGetsTheSameAnswer) {
    const auto first = submit(1);
    const auto second = submit(1);
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(first->index, second->index);
    EXPECT_EQ(log_size(), first->index + 1);
}

TEST_F(BoothTest, SecondBallotOfAnOpenPassIsRefused) {
    must(submit(1));
    EXPECT_EQ(code(submit(1, 2)), "submission-open");
}

TEST_F(BoothTest, SamePassFromTwoBoothsAtOnceIsTakenOnce) {
    std::promise<Result<wire::SubmissionAnswer>> one;
    std::promise<Result<wire::SubmissionAnswer>> two;
    const auto into = [](auto& promise) {
        return [&](auto result) { promise.set_value(std::move(result)); };
    };
    election_->booths().submit(holder("s1-booth-1"), submission(1, 1), once(), into(one));
    election_->booths().submit(holder("s1-booth-2"), submission(1, 2), once(), into(two));
    const auto first = one.get_future().get();
    const auto second = two.get_future().get();
    EXPECT_NE(first.ok(), second.ok());
    EXPECT_EQ(code(first.ok() ? second : first), "submission-open");
}

TEST_F(BoothTest, ChangedBallotIsRefused) {
    wire::SubmissionRequest request = submission(1);
    request.body[request.body.size() - 40] ^= 1;
    EXPECT_FALSE(submit(request));
    EXPECT_EQ(log_size(), 2U);
}

TEST_F(BoothTest, BallotOfAnotherStationIsRefused) {
    wire::SubmissionRequest request = submission(1);
    request.body = ballot(1, 1, "s2").body();
    EXPECT_FALSE(submit(request));
}

TEST_F(BoothTest, PassOfAnotherStationHasAWrongTag) {
    EXPECT_EQ(code(submit(submission(1, 1, "s2"))), "pass-tag-wrong");
}

TEST_F(BoothTest, UnknownStyleIsRefused) {
    wire::SubmissionRequest request = submission(1);
    request.style = StyleId("other");
    EXPECT_EQ(code(submit(request)), "style-unknown");
}

TEST_F(BoothTest, CastBallotGetsAReceiptThatVerifies) {
    must(submit(1));
    const auto answer = cast(1);
    ASSERT_TRUE(answer) << answer.error().message;
    const auto receipt = log::parse_receipt(answer->receipt);
    ASSERT_TRUE(receipt) << receipt.error().message;
    EXPECT_EQ(code(log::verify_receipt(*receipt, verifier(), {}, 0)), "ok");
    const auto view = ballot::view_receipt(*receipt);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->index, answer->index);
    EXPECT_EQ(code(view->names(StationId("s1"), ballot(1, 1).tracking_code())), "ok");
}

TEST_F(BoothTest, RepeatedCastGetsTheSameReceipt) {
    must(submit(1));
    const auto first = cast(1);
    must(submit(2));
    const auto second = cast(1);
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(first->receipt, second->receipt);
    EXPECT_EQ(first->index, second->index);
}

TEST_F(BoothTest, CastWithAnotherSecretIsRefused) {
    must(submit(1));
    wire::CastRequest request = cast_request(1);
    request.x[0] ^= 1;
    EXPECT_EQ(code(cast(request)), "cast-secret-wrong");
}

TEST_F(BoothTest, CastOfWhatWasNeverSubmittedIsRefused) {
    EXPECT_EQ(code(cast(1)), "no-open-submission");
}

TEST_F(BoothTest, CastAtAnotherStationIsRefused) {
    must(submit(1));
    EXPECT_EQ(code(cast(cast_request(1), "s2-booth-1")), "no-open-submission");
}

TEST_F(BoothTest, NothingComesAfterACast) {
    must(submit(1));
    must(cast(1));
    EXPECT_EQ(code(submit(1, 2)), "pass-cast");
    EXPECT_EQ(code(challenge(opening(1))), "no-open-submission");
    EXPECT_EQ(code(show_pass(pass(1))), "pass-cast");
    EXPECT_EQ(state(1)->status, PassStatus::cast);
}

TEST_F(BoothTest, ChallengedBallotIsOpenedAndThePassStaysGood) {
    must(submit(1));
    const auto answer = challenge(opening(1));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->reproduced);
    EXPECT_TRUE(std::holds_alternative<events::BallotChallenged>(entry(answer->index).content));
    EXPECT_EQ(show_pass(pass(1))->challenges, 1U);
    EXPECT_EQ(code(cast(1)), "no-open-submission");
    EXPECT_EQ(code(submit(1, 2)), "ok");
    EXPECT_EQ(code(cast(1, 2)), "ok");
}

TEST_F(BoothTest, RepeatedChallengeGetsTheSameAnswer) {
    must(submit(1));
    const auto first = challenge(opening(1));
    const auto second = challenge(opening(1));
    ASSERT_TRUE(second);
    EXPECT_EQ(first->index, second->index);
    EXPECT_TRUE(second->reproduced);
}

TEST_F(BoothTest, ChallengedBallotIsNotTakenAgain) {
    must(submit(1));
    must(challenge(opening(1)));
    EXPECT_EQ(code(submit(1)), "tracking-code-repeated");
}

TEST_F(BoothTest, SixthChallengeIsRefused) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        must(submit(1, seed));
        EXPECT_EQ(code(challenge(opening(1, seed))), "ok");
    }
    must(submit(1, 6));
    EXPECT_EQ(code(challenge(opening(1, 6))), "challenges-exhausted");
    EXPECT_EQ(code(cast(1, 6)), "ok");
}

TEST_F(BoothTest, OpeningThatDoesNotReproduceIsLoggedAndClosesTheBooth) {
    must(submit(1));
    wire::ChallengeRequest wrong = opening(1);
    wrong.opening.seed[0] ^= 1;
    const auto answer = challenge(wrong);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_FALSE(answer->reproduced);
    EXPECT_TRUE(std::holds_alternative<events::ChallengeFailed>(entry(answer->index).content));
    EXPECT_EQ(code(submit(2)), "booth-closed");
    EXPECT_EQ(code(show_pass(pass(2))), "booth-closed");
    EXPECT_EQ(code(submit(submission(2), "s1-booth-2")), "ok");
}

TEST_F(BoothTest, TenWrongTagsLockTheBoothUntilItsDeskUnlocksIt) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(code(show_pass(wrong_pass())), "pass-tag-wrong");
    EXPECT_EQ(code(show_pass(pass(1))), "booth-locked");
    EXPECT_EQ(code(submit(1)), "booth-locked");
    EXPECT_EQ(code(show_pass(pass(1), "s1-booth-2")), "ok");
    EXPECT_EQ(code(unlock("s1-booth-1")), "ok");
    EXPECT_EQ(code(submit(1)), "ok");
}

TEST_F(BoothTest, NineWrongTagsLockNothing) {
    for (int i = 0; i < 9; ++i) EXPECT_EQ(code(show_pass(wrong_pass())), "pass-tag-wrong");
    EXPECT_EQ(show_pass(pass(1))->style, StyleId("standard"));
}

TEST_F(BoothTest, ReusedIdempotencyKeyIsRefused) {
    const auto with_key = [&](std::uint64_t number, const Once& once) {
        return answer_of<wire::SubmissionAnswer>([&](auto done) {
            election_->booths().submit(holder("s1-booth-1"), submission(number), once, done);
        });
    };
    EXPECT_EQ(code(with_key(1, {"key", crypto::sha256({})})), "ok");
    EXPECT_EQ(code(with_key(2, {"key", crypto::sha256(as_bytes("other"))})), "idempotency-key-reused");
}

class ClosedBoothTest : public ElectionTest {};

TEST_F(ClosedBoothTest, NothingIsTakenBeforeThePollsOpen) {
    seal();
    EXPECT_EQ(code(submit(1)), "entry-out-of-phase");
    EXPECT_EQ(code(show_pass(pass(1))), "entry-out-of-phase");
}

TEST_F(ClosedBoothTest, NothingIsTakenAfterTheStationClosed) {
    open_polls();
    must(submit(1));
    close_station("s1");
    EXPECT_EQ(code(submit(2)), "station-closed");
    EXPECT_EQ(code(cast(1)), "station-closed");
    EXPECT_EQ(code(submit(3, 1, "s2")), "ok");
}

TEST_F(ClosedBoothTest, ReceiptIsRepeatedAfterTheStationClosed) {
    open_polls();
    must(submit(1));
    const auto first = cast(1);
    close_station("s1");
    EXPECT_EQ(cast(1)->receipt, first->receipt);
}

}  // namespace
}  // namespace stimme::service
