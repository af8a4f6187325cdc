// The list of forgeries (tests/support/forgeries.h), each refused with the same code at the same place by
// every way of checking: by the reference, alone in a batch, among honest ballots, and among other forgeries.
#include <algorithm>

#include "core/crypto/multi_scalar.h"
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

using test::BallotForgery;
using test::ForgeryCase;

const test::Election& election() {
    static const test::Election built = test::forgery_election().build();
    return built;
}

const Layout& layout() {
    static const Layout standard = election().layout();
    return standard;
}

// `code at place`, where the place is as long as the expected one.
std::string verdict(const Result<CheckedBallot>& result, const BallotForgery& forgery) {
    return code_of(result) + " at " + message_of(result).substr(0, forgery.place.size());
}

std::string expected(const BallotForgery& forgery) {
    return forgery.code + " at " + forgery.place;
}

std::vector<Result<CheckedBallot>> checked_together(const std::vector<SubmittedBallot>& ballots) {
    SeededRandom random(1);
    return check_all(layout(), election().key, ballots, random);
}

struct EveryForgery : testing::TestWithParam<BallotForgery> {
    ForgeryCase original{election(), election().context()};
    Bytes body = GetParam().make(original);
};

TEST_P(EveryForgery, IsRefusedOneEquationAtATime) {
    const auto result = check(layout(), election().key, original.context, body);
    EXPECT_EQ(verdict(result, GetParam()), expected(GetParam())) << message_of(result);
}

TEST_P(EveryForgery, IsRefusedAloneInABatch) {
    const auto results = checked_together({{original.context, body}});
    EXPECT_EQ(verdict(results[0], GetParam()), expected(GetParam()));
}

TEST_P(EveryForgery, IsRefusedAmongHonestBallotsWhichAreAccepted) {
    std::vector<SubmittedBallot> ballots(5, {original.context, original.honest});
    ballots[3].body = body;
    const auto results = checked_together(ballots);
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (i == 3) {
            EXPECT_EQ(verdict(results[i], GetParam()), expected(GetParam()));
        } else {
            EXPECT_EQ(code_of(results[i]), "none");
        }
    }
}

TEST_P(EveryForgery, IsTheSameInEveryRun) {
    EXPECT_EQ(GetParam().make(ForgeryCase(election(), election().context())), body);
    EXPECT_NE(body, original.honest);
}

INSTANTIATE_TEST_SUITE_P(Forgeries, EveryForgery, testing::ValuesIn(test::ballot_forgeries()),
                         [](const auto& forgery) { return forgery.param.name; });

// All forgeries in one batch, each refused as alone.
void expect_all_refused() {
    const ForgeryCase original(election(), election().context());
    std::vector<Bytes> bodies;
    for (const BallotForgery& forgery : test::ballot_forgeries()) bodies.push_back(forgery.make(original));
    std::vector<SubmittedBallot> ballots{{original.context, original.honest}};
    for (const Bytes& body : bodies) ballots.push_back({original.context, body});
    const auto results = checked_together(ballots);
    EXPECT_EQ(code_of(results[0]), "none");
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        const BallotForgery& forgery = test::ballot_forgeries()[i];
        EXPECT_EQ(verdict(results[i + 1], forgery), expected(forgery)) << forgery.name;
    }
}

TEST(AllForgeries, TogetherEachIsRefusedAsAlone) {
    expect_all_refused();
}

TEST(AllForgeries, AreRefusedWhateverArithmeticTheProcessorRuns) {
    for (const crypto::Kernel kernel : crypto::kernels()) {
        SCOPED_TRACE(crypto::name(kernel));
        crypto::use_kernel(kernel);
        expect_all_refused();
    }
    crypto::use_kernel(crypto::kernels().back());
}

TEST(AllForgeries, CoverEveryCodeOfTheCheck) {
    for (const char* code : {"ballot-length", "ballot-point", "ballot-scalar", "ballot-sum-infinite",
                             "ballot-challenge-sum", "ballot-equation-g", "ballot-equation-k"}) {
        EXPECT_TRUE(std::any_of(test::ballot_forgeries().begin(), test::ballot_forgeries().end(),
                                [&](const auto& forgery) { return forgery.code == code; }))
            << code;
    }
}

// What makes the forgeries of encodings forgeries: the same numbers in their one form.
TEST(Encodings, FirstFormsOfTheSameNumbersAreAccepted) {
    const ForgeryCase original(election(), election().context());
    const Bytes body = original.forger().small_scalars().body({{0, 1, 0, 0, 0}, {1, 0, 0, 0, 0}});
    const std::size_t branch = original.statement(0).branch(1);
    EXPECT_EQ(to_hex(take(body, branch + branch_c, 32)), std::string(62, '0') + "01");
    EXPECT_EQ(to_hex(take(body, branch + branch_v, 32)), std::string(62, '0') + "05");
    EXPECT_EQ(code_of(check(layout(), election().key, original.context, body)), "none");
}

TEST(Encodings, FirstFormOfASmallCoordinateIsAPoint) {
    const ForgeryCase original(election(), election().context());
    Bytes body = original.honest, compressed(33);
    compressed[0] = 2;
    compressed[32] = 5;
    put(body, layout().ciphertext(0), crypto::Point::from_sec1(compressed)->raw());
    EXPECT_EQ(code_of(check(layout(), election().key, original.context, body)), "ballot-challenge-sum");
}

// The equations alone would accept it, whatever it holds: only the sum of the challenges doesn't.
TEST(Simulation, HoldsInEveryEquationAndNotInTheSumOfChallenges) {
    const ForgeryCase original(election(), election().context());
    const Bytes body = original.forger().simulate_every_branch().body({{2, 0, 0, 0, 0}, {1, 0, 0, 0, 0}});
    const auto point = [&](std::size_t at) { return *crypto::Point::from_bytes64(take(body, at, 64)); };
    const auto scalar = [&](std::size_t at) { return *crypto::Scalar::from_bytes(take(body, at, 32)); };
    const crypto::Ciphertext ciphertext{point(ciphertext_a), point(ciphertext_b)};
    const Statement& statement = original.statement(0);
    for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t at = statement.branch(i);
        const crypto::RangeBranch branch{point(at + branch_a), point(at + branch_b), scalar(at + branch_c),
                                         scalar(at + branch_v)};
        EXPECT_TRUE(crypto::check_range_equation_g(ciphertext, statement.range, i, branch).ok());
        EXPECT_TRUE(
            crypto::check_range_equation_k(election().key.point(), ciphertext, statement.range, i, branch)
                .ok());
    }
}

TEST(HonestBallot, OfTheForgersElectionIsAccepted) {
    const ForgeryCase original(election(), election().context());
    EXPECT_EQ(code_of(check(layout(), election().key, original.context, original.honest)), "none");
}

}  // namespace
}  // namespace stimme::ballot
