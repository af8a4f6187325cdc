// Many ballots at once give the verdicts of one at a time.
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

struct CheckAll : testing::Test {
    test::Election election = test::TestElection().contest("board", 2, {.votes = 2, .per_option = 2}).build();
    Layout layout = election.layout();
    SeededRandom random{1};
    std::vector<Bytes> bodies;

    void SetUp() override {
        for (std::uint64_t i = 0; i < 7; ++i)
            bodies.push_back(election.encrypt(context(i), {{1, 1}}, i).body());
    }
    Context context(std::uint64_t i) { return election.context("s1", "standard", i); }

    std::vector<std::string> codes() {
        std::vector<SubmittedBallot> ballots;
        for (std::size_t i = 0; i < bodies.size(); ++i) ballots.push_back({context(i), bodies[i]});
        std::vector<std::string> found;
        for (const auto& result : check_all(layout, election.key, ballots, random))
            found.push_back(code_of(result));
        return found;
    }
    std::vector<std::string> codes_one_at_a_time() {
        std::vector<std::string> found;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            found.push_back(code_of(check(layout, election.key, context(i), bodies[i])));
        }
        return found;
    }
    void add_to_scalar(std::size_t ballot, std::size_t offset, const crypto::Scalar& change) {
        const auto scalar = *crypto::Scalar::from_bytes(take(bodies[ballot], offset, 32));
        put(bodies[ballot], offset, (scalar + change).bytes());
    }
};

TEST_F(CheckAll, GoodBallotsAreAccepted) {
    EXPECT_EQ(codes(), std::vector<std::string>(7, "none"));
}

TEST_F(CheckAll, NoBallotsGiveNoVerdicts) {
    bodies.clear();
    EXPECT_TRUE(codes().empty());
}

TEST_F(CheckAll, ResultHoldsTheBallotOfItsPlace) {
    const auto results =
        check_all(layout, election.key, std::vector<SubmittedBallot>{{context(3), bodies[3]}}, random);
    const auto single = check(layout, election.key, context(3), bodies[3]);
    ASSERT_TRUE(results[0] && single);
    EXPECT_EQ(results[0]->tracking_code(), single->tracking_code());
    EXPECT_EQ(results[0]->ciphertexts(), single->ciphertexts());
    EXPECT_EQ(results[0]->context(), context(3));
}

TEST_F(CheckAll, EachFalseBallotIsFoundAndItsEquationNamed) {
    bodies[1].pop_back();
    bodies[2] = Forger(election.key, layout, context(2)).body({{3, 0}});
    add_to_scalar(5, layout.statements()[1].branch(2) + branch_v, crypto::Scalar(1));
    EXPECT_EQ(codes(), (std::vector<std::string>{"none", "ballot-length", "ballot-equation-k", "none", "none",
                                                 "ballot-equation-g", "none"}));
    EXPECT_EQ(codes(), codes_one_at_a_time());
}

// Without weights of their own, the two would make up for each other.
TEST_F(CheckAll, ErrorsThatCancelOutAreFound) {
    const std::size_t v = layout.statements()[0].branch(0) + branch_v;
    add_to_scalar(0, v, crypto::Scalar(1));
    add_to_scalar(1, v, -crypto::Scalar(1));
    const auto found = codes();
    EXPECT_EQ(found[0], "ballot-equation-g");
    EXPECT_EQ(found[1], "ballot-equation-g");
    EXPECT_EQ(found[2], "none");
}

TEST_F(CheckAll, AllBallotsFalseAreAllFound) {
    for (std::size_t i = 0; i < bodies.size(); ++i)
        bodies[i] = Forger(election.key, layout, context(i)).body({{0, 0}});
    EXPECT_EQ(codes(), std::vector<std::string>(7, "ballot-equation-k"));
}

}  // namespace
}  // namespace stimme::ballot
