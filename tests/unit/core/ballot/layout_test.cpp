#include "core/ballot/layout.h"

#include "core/election/rules.h"
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

test::Election two_contests() {
    return test::TestElection()
        .contest("board", 2, {.votes = 3, .per_option = 2})
        .invalid()
        .blank()
        .contest("youth", 1)
        .outside()
        .style("both", {"board", "youth"})
        .style("youth-only", {"youth"})
        .build();
}

TEST(Layout, EveryStyleHasTheSizeThatTheDefinitionSays) {
    const auto election = two_contests();
    for (const election::Style& style : election.definition->styles) {
        EXPECT_EQ(Layout(election.definition, style).size(),
                  election::body_size(*election.definition, style));
    }
}

// Counted by hand from section 4.6: 4 + 2 ciphertexts, 3 + 3 + 2 + 2 + 3 branches, 2 + 2 + 1 branches.
TEST(Layout, PartsFollowEachOtherWithoutGap) {
    const Layout layout = two_contests().layout("both");
    EXPECT_EQ(layout.ciphertexts(), 6u);
    EXPECT_EQ(layout.size(), 6u * 128 + 18u * 192 + 32);
    std::size_t offset = 6 * 128;
    for (const Statement& statement : layout.statements()) {
        EXPECT_EQ(statement.proof, offset) << layout.place(statement);
        offset += statement.range.branches() * branch_size;
    }
    EXPECT_EQ(offset, layout.y_offset());
}

TEST(Layout, StatementsAreThePositionsAndThenTheSum) {
    const Layout layout = two_contests().layout("both");
    std::vector<std::string> found;
    for (const Statement& s : layout.statements()) {
        found.push_back(layout.place(s) + " " + std::to_string(s.range.lo) + ".." +
                        std::to_string(s.range.hi));
    }
    EXPECT_EQ(found,
              (std::vector<std::string>{
                  R"(contest "board", option "c01" 0..2)", R"(contest "board", option "c02" 0..2)",
                  R"(contest "board", option "invalid" 0..1)", R"(contest "board", option "blank" 0..1)",
                  R"(contest "board", the sum 1..3)", R"(contest "youth", option "c01" 0..1)",
                  R"(contest "youth", option "apart-1" 0..1)", R"(contest "youth", the sum 1..1)"}));
}

TEST(Layout, WeightsCountInvalidAndBlankAsAllVotes) {
    const Layout layout = two_contests().layout("both");
    EXPECT_EQ(layout.contests()[0].weights, (std::vector<unsigned>{1, 1, 3, 3}));
    EXPECT_EQ(layout.contests()[1].weights, (std::vector<unsigned>{1, 0}));
}

TEST(Layout, ContestKeepsItsNumberInEveryStyle) {
    const Layout layout = two_contests().layout("youth-only");
    ASSERT_EQ(layout.contests().size(), 1u);
    EXPECT_EQ(layout.contests()[0].index, 1);
    EXPECT_EQ(layout.contests()[0].first_ciphertext, 0u);
    EXPECT_EQ(layout.statements()[0].contest, 1);
}

}  // namespace
}  // namespace stimme::ballot
