// Passes and people: nobody votes twice, with another's pass, or after the pass was given back.
#include <array>
#include <atomic>
#include <barrier>
#include <thread>

#include <fmt/format.h>

#include "tests/attack/attack_fixture.h"

namespace stimme::test {
namespace {

using events::Selections;
using testing::HasSubstr;

class PassAttack : public AttackTest {
  protected:
    PassAttack() = default;
    explicit PassAttack(const LiveOptions& options) : AttackTest(live_definition(), options) {}

    Answer show(const std::string& booth, const LivePass& pass) {
        return live.as(booth).post("booth/passes", wire::print(wire::BoothPassRequest{pass.t, pass.tag}));
    }
    Answer check_in(const std::string& desk, const std::string& voter, const pass::PassRequest& request,
                    const std::string& key = "") {
        return live.as(desk).post("check-ins", wire::print(wire::CheckInRequest{voter, request.blinded()}),
                                  key);
    }
    pass::PassRequest fresh() { return pass::PassRequest::random(random_); }
    // Submits a ballot of that seed and tests it.
    Answer test(const LivePass& pass, std::uint64_t seed) {
        auto sealed = live.encrypt(pass, {{1, 0, 0, 0}}, seed);
        EXPECT_TRUE(live.submit(pass, sealed).ok());
        return live.as("s1-booth-1")
            .post("booth/challenges", LiveElection::challenge(pass, std::move(sealed)));
    }
    Answer give_back(std::size_t voter, const LivePass& pass, const std::string& desk = "s1-desk-1") {
        return live.as(desk).post("voids", live.void_of(voter, pass, desk));
    }

    SystemRandom random_;
};

// Passes.

TEST_F(PassAttack, PassIsGoodForOneBallot) {
    const LivePass pass = live.vote(1);
    refused("409 pass-cast", [&] { return live.submit(pass, live.encrypt(pass, {{0, 1, 0, 0}}, 2)); });
    refused("409 pass-cast", [&] { return show("s1-booth-2", pass); });
}

TEST_F(PassAttack, SecondBallotWaitsForNobody) {
    const LivePass pass = live.check_in(1);
    ASSERT_TRUE(live.submit(pass, live.encrypt(pass)).ok());
    refused("409 submission-open", [&] { return live.submit(pass, live.encrypt(pass, {{0, 1, 0, 0}}, 2)); });
}

TEST_F(PassAttack, ForgedPassIsRefusedAndTenOfThemLockTheBooth) {
    LivePass pass = live.check_in(1);
    pass.tag[0] ^= 1;
    for (int i = 0; i < 9; ++i) refused("403 pass-tag-wrong", [&] { return show("s1-booth-1", pass); });
    refused("403 pass-tag-wrong", [&] { return live.submit(pass, live.encrypt(pass)); });
    pass.tag[0] ^= 1;
    refused("409 booth-locked", [&] { return live.submit(pass, live.encrypt(pass)); });
    refused("409 booth-locked", [&] { return show("s1-booth-1", pass); });
    const std::string unlock = wire::print(wire::BoothUnlockRequest{SignerId("s1-booth-1")});
    refused("404 booth-unknown", [&] { return live.as("s2-desk-1").post("booth-unlocks", unlock); });
    EXPECT_TRUE(live.as("s1-desk-2").post("booth-unlocks", unlock).ok());
    EXPECT_TRUE(live.submit(pass, live.encrypt(pass)).ok());
}

TEST_F(PassAttack, PassOfAnotherStationIsRefused) {
    LivePass pass = live.check_in(1);
    refused("403 pass-tag-wrong", [&] { return show("s2-booth-1", pass); });
    pass.station = "s2";
    refused("403 pass-tag-wrong", [&] { return live.submit(pass, live.encrypt(pass)); });
    refused("403 pass-tag-wrong",
            [&] { return live.as("s2-desk-1").post("pass-states", wire::print(pass.proof())); });
}

TEST_F(PassAttack, SubmissionOfAnotherStationIsNotCastThere) {
    const LivePass pass = live.check_in(1);
    auto sealed = live.encrypt(pass);
    ASSERT_TRUE(live.submit(pass, sealed).ok());
    const std::string cast = LiveElection::cast(pass, std::move(sealed));
    refused("409 no-open-submission", [&] { return live.as("s2-booth-1").post("booth/casts", cast); });
}

TEST_F(PassAttack, PassThatWasGivenBackIsWorthNothing) {
    const LivePass pass = live.check_in(1);
    ASSERT_TRUE(give_back(1, pass).ok());
    refused("409 pass-voided", [&] { return show("s1-booth-1", pass); });
    refused("409 pass-voided", [&] { return live.submit(pass, live.encrypt(pass)); });
    live.vote(1);
}

TEST_F(PassAttack, ReceiptOfOneBallotIsNotGoodForTwoPasses) {
    const LivePass first = live.check_in(1), second = live.check_in(2);
    const auto sealed = live.encrypt(first);
    ASSERT_TRUE(live.submit(first, sealed).ok());
    refused("422 ballot-challenge-sum", [&] { return live.submit(second, sealed); });
    auto request = *wire::parse<wire::CastRequest>(LiveElection::cast(first, live.encrypt(first)));
    request.t = second.t;
    refused("409 no-open-submission",
            [&] { return live.as("s1-booth-1").post("booth/casts", wire::print(request)); });
}

// The server can't know: who holds the key of the passes and a desk can make one. The public record shows it.
TEST_F(PassAttack, BallotBeyondParticipationIsCaughtByEverybody) {
    live.vote(1);
    const LivePass pass = live.unissued_pass(1);
    auto sealed = live.encrypt(pass);
    ASSERT_TRUE(live.submit(pass, sealed).ok());
    ASSERT_TRUE(live.cast_now(pass, std::move(sealed)).ok());
    live.close_polls();
    const auto outcome = live.verify();
    EXPECT_EQ(outcome.report["V8.3"].verdict(), verify::Verdict::failed) << outcome.report.to_text();
    EXPECT_FALSE(outcome.closed);  // so no trustee opens it
    honest_end = false;
}

// People.

TEST_F(PassAttack, NobodyIsCheckedInTwice) {
    const auto request = fresh();
    const Answer first = check_in("s1-desk-1", live.voter(1), request, "key");
    ASSERT_TRUE(first.ok());
    refused("409 already-checked-in", [&] { return check_in("s1-desk-1", live.voter(1), fresh()); });
    refused("409 already-checked-in", [&] { return check_in("s1-desk-2", live.voter(1), request); });
    refused("403 voter-other-station", [&] { return check_in("s2-desk-1", live.voter(1), fresh()); });
    EXPECT_EQ(check_in("s1-desk-1", live.voter(1), request).body, first.body);
    EXPECT_EQ(check_in("s1-desk-1", live.voter(1), request, "key").body, first.body);
}

TEST_F(PassAttack, RetryWithAnotherElementIsRefused) {
    ASSERT_TRUE(check_in("s1-desk-1", live.voter(1), fresh(), "key").ok());
    refused("409 idempotency-key-reused",
            [&] { return check_in("s1-desk-1", live.voter(1), fresh(), "key"); });
    refused("409 idempotency-key-reused",
            [&] { return check_in("s1-desk-1", live.voter(2), fresh(), "key"); });
}

TEST_F(PassAttack, ElementThatIsNoPointIsRefused) {
    const std::string small(66, '0'), off_the_curve = "02" + std::string(64, 'f');
    for (const std::string& element : {small, off_the_curve}) {
        const std::string body = R"({"blinded":")" + element + R"(","voter":")" + live.voter(1) + "\"}";
        refused("422 point-not-canonical", [&] { return live.as("s1-desk-1").post("check-ins", body); });
    }
}

TEST_F(PassAttack, UnknownVoterIsNotCheckedIn) {
    refused("404 voter-not-found", [&] { return check_in("s1-desk-1", "10013", fresh()); });
}

TEST_F(PassAttack, OneOfFiftyCheckInsAtOnceCounts) {
    std::vector<Line> desks;
    for (int i = 0; i < 50; ++i) desks.push_back(live.connect(i % 2 == 0 ? "s1-desk-1" : "s1-desk-2"));
    for (Line& desk : desks) ASSERT_TRUE(desk.get("acts").ok());  // connected
    std::vector<std::string> told(50);
    std::barrier together(50);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 50; ++i) {
        threads.emplace_back([&, i] {
            SystemRandom random;
            const wire::CheckInRequest body{live.voter(1), pass::PassRequest::random(random).blinded()};
            together.arrive_and_wait();
            told[i] = desks[i].post("check-ins", wire::print(body)).told();
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(told.begin(), told.end(), "200"), 1);
    EXPECT_EQ(std::count(told.begin(), told.end(), "409 already-checked-in"), 49);
    const auto closing = std::get<events::StationClosed>(live.draft("station-closed", "s1"));
    EXPECT_EQ(closing.desks[0].checked_in + closing.desks[1].checked_in, 1U);
}

class ManyVoters : public PassAttack {
  protected:
    ManyVoters() : PassAttack({.voters = 1000}) {}
};

// Over two kept connections.
TEST_F(ManyVoters, OneOfTwoDesksWinsEachOfAThousandRaces) {
    constexpr std::size_t rounds = 1000;
    std::array<Line, 2> desks = {live.connect("s1-desk-1"), live.connect("s1-desk-2")};
    std::array<std::vector<std::string>, 2> told;
    std::barrier together(2);
    const auto race = [&](std::size_t which) {
        SystemRandom random;
        for (std::size_t round = 1; round <= rounds; ++round) {
            const std::string body = wire::print(
                wire::CheckInRequest{live.voter(round), pass::PassRequest::random(random).blinded()});
            together.arrive_and_wait();
            told[which].push_back(desks[which].post("check-ins", body).told());
        }
    };
    std::thread other([&] { race(1); });
    race(0);
    other.join();
    for (std::size_t round = 0; round < rounds; ++round) {
        EXPECT_NE(told[0][round] == "200", told[1][round] == "200") << round;
        EXPECT_TRUE(told[0][round] == "409 already-checked-in" || told[1][round] == "409 already-checked-in");
    }
}

// Voids.

TEST_F(PassAttack, PassIsNotGivenBackOnceABallotWasSubmitted) {
    const LivePass pass = live.check_in(1);
    auto sealed = live.encrypt(pass);
    ASSERT_TRUE(live.submit(pass, sealed).ok());
    refused("409 pass-submitted", [&] { return give_back(1, pass); });
    ASSERT_TRUE(live.cast_now(pass, std::move(sealed)).ok());
    refused("409 pass-submitted", [&] { return give_back(1, pass); });
}

TEST_F(PassAttack, PassIsGivenBackByItsOwnStationAndForItsOwnSigner) {
    const LivePass pass = live.check_in(1);
    refused("403 pass-tag-wrong", [&] { return give_back(1, pass, "s2-desk-1"); });
    refused("403 signer-differs",
            [&] { return live.as("s1-desk-1").post("voids", live.void_of(1, pass, "s1-desk-2")); });
    refused("409 voter-not-checked-in", [&] { return give_back(2, pass); });
    LivePass forged = pass;
    forged.tag[4] ^= 1;
    refused("403 pass-tag-wrong", [&] { return give_back(1, forged); });
    auto request = *wire::parse<wire::VoidRequest>(live.void_of(1, pass));
    request.signature.signature[63] ^= 1;
    refused("422 signature-wrong", [&] { return live.as("s1-desk-1").post("voids", wire::print(request)); });
    EXPECT_TRUE(give_back(1, pass).ok());
}

// A refused void beside a good one must not take it back, else the station could never be closed.
TEST_F(PassAttack, RefusedVoidLeavesTheGoodOneBesideItAlone) {
    Line other = live.connect("s1-desk-2");
    for (std::size_t voter = 1; voter <= 12; ++voter) {
        const LivePass pass = live.check_in(voter);
        auto forged = *wire::parse<wire::VoidRequest>(live.void_of(voter, pass, "s1-desk-2"));
        forged.signature.signature[63] ^= 1;
        std::thread attack([&] { other.post("voids", wire::print(forged)); });
        EXPECT_TRUE(give_back(voter, pass).ok());
        attack.join();
        EXPECT_TRUE(check_in("s1-desk-1", live.voter(voter), fresh()).ok()) << voter;
    }
}

// Cast and test.

TEST_F(PassAttack, NobodyCastsABallotWithoutItsSecret) {
    const LivePass pass = live.check_in(1);
    auto sealed = live.encrypt(pass);
    ASSERT_TRUE(live.submit(pass, sealed).ok());
    auto request = *wire::parse<wire::CastRequest>(LiveElection::cast(pass, std::move(sealed)));
    Line& booth = live.as("s1-booth-1");
    const std::string with_x = wire::print(request);
    refused("422 message-invalid",
            [&] { return booth.post("booth/casts", with_x.substr(0, with_x.find(",\"x\"")) + "}"); });
    request.x = {};
    refused("403 cast-secret-wrong", [&] { return booth.post("booth/casts", wire::print(request)); });
    request.tracking_code[0] ^= 1;
    refused("409 no-open-submission", [&] { return booth.post("booth/casts", wire::print(request)); });
    EXPECT_TRUE(booth.post("booth/casts", with_x).ok());
}

TEST_F(PassAttack, TestWithAWrongSeedFailsInPublicAndClosesTheBooth) {
    const LivePass pass = live.check_in(1);
    auto sealed = live.encrypt(pass);
    ASSERT_TRUE(live.submit(pass, sealed).ok());
    auto request = *wire::parse<wire::ChallengeRequest>(LiveElection::challenge(pass, std::move(sealed)));
    request.opening.seed[0] ^= 1;
    Line& booth = live.as("s1-booth-1");
    const Answer answer = booth.post("booth/challenges", wire::print(request));
    EXPECT_THAT(answer.body, HasSubstr("\"reproduced\":false"));
    request.opening.seed[0] ^= 1;
    EXPECT_EQ(booth.post("booth/challenges", wire::print(request)).body, answer.body);
    refused("409 booth-closed", [&] { return live.submit(pass, live.encrypt(pass, {{1, 0, 0, 0}}, 2)); });
    const std::string again = live.submission(pass, live.encrypt(pass, {{1, 0, 0, 0}}, 2).body());
    EXPECT_TRUE(live.as("s1-booth-2").post("booth/submissions", again).ok());
}

TEST_F(PassAttack, SixthTestIsRefusedAndTheBallotStillCounts) {
    const LivePass pass = live.check_in(1);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) EXPECT_EQ(test(pass, seed).told(), "200");
    ASSERT_TRUE(live.submit(pass, live.encrypt(pass, {{1, 0, 0, 0}}, 6)).ok());
    refused("409 challenges-exhausted", [&] {
        return live.as("s1-booth-1")
            .post("booth/challenges", LiveElection::challenge(pass, live.encrypt(pass, {{1, 0, 0, 0}}, 6)));
    });
    EXPECT_TRUE(live.cast_now(pass, live.encrypt(pass, {{1, 0, 0, 0}}, 6)).ok());
}

TEST_F(PassAttack, TestedBallotIsNeverSubmittedOrCastAgain) {
    const LivePass pass = live.check_in(1);
    ASSERT_EQ(test(pass, 1).told(), "200");
    refused("409 tracking-code-repeated", [&] { return live.submit(pass, live.encrypt(pass)); });
    refused("409 no-open-submission", [&] { return live.cast_now(pass, live.encrypt(pass)); });
}

// The close.

TEST_F(PassAttack, SubmissionThatIsOpenAtTheCloseExpires) {
    live.vote(2);
    const LivePass pass = live.check_in(1);
    auto sealed = live.encrypt(pass);
    ASSERT_TRUE(live.submit(pass, sealed).ok());
    live.close_station("s1");
    const std::string cast = LiveElection::cast(pass, std::move(sealed));
    Line& booth = live.as("s1-booth-1");
    refused("409 station-closed", [&] { return booth.post("booth/casts", cast); });
    refused("409 station-closed", [&] { return live.submit(pass, live.encrypt(pass, {{1, 0, 0, 0}}, 2)); });
    refused("409 station-closed", [&] { return check_in("s1-desk-1", live.voter(3), fresh()); });
    live.close_polls();
    refused("409 entry-out-of-phase", [&] { return booth.post("booth/casts", cast); });
    refused("409 polls-not-open", [&] { return check_in("s2-desk-1", live.voter(1, "s2"), fresh()); });
}

}  // namespace
}  // namespace stimme::test
