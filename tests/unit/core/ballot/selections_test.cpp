#include "core/ballot/selections.h"

#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

// Two votes, at most two for one option; then invalid, blank, and an option counted apart between them.
struct SelectionRules : testing::Test {
    test::Election election = test::TestElection()
                                  .contest("board", 2, {.votes = 2, .per_option = 2})
                                  .outside()
                                  .invalid()
                                  .blank()
                                  .build();
    Layout layout = election.layout();

    Result<ValidSelections> check(std::vector<std::uint16_t> values) {
        return ValidSelections::check(layout, {std::move(values)});
    }
    std::string code(std::vector<std::uint16_t> values) { return code_of(check(std::move(values))); }
};

TEST_F(SelectionRules, AllowedSelectionsAreKept) {
    const auto selections = check({1, 1, 0, 0, 0});
    ASSERT_TRUE(selections);
    EXPECT_EQ(selections->reveal(), (events::Selections{{1, 1, 0, 0, 0}}));
}

TEST_F(SelectionRules, OneOptionMayGetSeveralVotes) {
    EXPECT_EQ(code({0, 2, 0, 0, 0}), "none");
}
TEST_F(SelectionRules, FewerVotesThanAllowedAreFine) {
    EXPECT_EQ(code({0, 1, 0, 0, 0}), "none");
}
TEST_F(SelectionRules, OptionCountedApartTakesNoVote) {
    EXPECT_EQ(code({1, 1, 1, 0, 0}), "none");
}
TEST_F(SelectionRules, InvalidAloneIsAllowed) {
    EXPECT_EQ(code({0, 0, 0, 1, 0}), "none");
}
TEST_F(SelectionRules, BlankAloneIsAllowed) {
    EXPECT_EQ(code({0, 0, 0, 0, 1}), "none");
}
TEST_F(SelectionRules, NothingSelectedIsRefused) {
    EXPECT_EQ(code({0, 0, 0, 0, 0}), "nothing-selected");
}
TEST_F(SelectionRules, OnlyAnOptionCountedApartIsRefused) {
    EXPECT_EQ(code({0, 0, 1, 0, 0}), "nothing-selected");
}
TEST_F(SelectionRules, MoreVotesThanAVoterHasAreRefused) {
    EXPECT_EQ(code({2, 1, 0, 0, 0}), "too-many-votes");
}
TEST_F(SelectionRules, InvalidBesideAVoteIsRefused) {
    EXPECT_EQ(code({1, 0, 0, 1, 0}), "invalid-with-votes");
}
TEST_F(SelectionRules, InvalidBesideBlankIsRefused) {
    EXPECT_EQ(code({0, 0, 0, 1, 1}), "invalid-with-votes");
}
TEST_F(SelectionRules, BlankBesideAVoteIsRefused) {
    EXPECT_EQ(code({0, 1, 0, 0, 1}), "blank-with-votes");
}

TEST_F(SelectionRules, ValueBeyondItsRangeIsRefused) {
    EXPECT_EQ(code({3, 0, 0, 0, 0}), "too-many-for-option");
    EXPECT_EQ(code({1, 0, 2, 0, 0}), "too-many-for-option");
    EXPECT_EQ(code({0, 0, 0, 2, 0}), "too-many-for-option");
    EXPECT_EQ(code({65535, 65535, 0, 0, 0}), "too-many-for-option");
}

TEST_F(SelectionRules, WrongNumberOfValuesIsRefused) {
    EXPECT_EQ(code({1, 0, 0, 0}), "selections-shape");
    EXPECT_EQ(code({1, 0, 0, 0, 0, 0}), "selections-shape");
    EXPECT_EQ(code_of(ValidSelections::check(layout, {})), "selections-shape");
    EXPECT_EQ(code_of(ValidSelections::check(layout, {{1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}})),
              "selections-shape");
}

TEST_F(SelectionRules, ErrorsNameContestAndOption) {
    EXPECT_EQ(message_of(check({0, 3, 0, 0, 0})),
              R"(contest "board", option "c02": 3 given, at most 2 can be)");
    EXPECT_EQ(message_of(check({2, 1, 0, 0, 0})), R"(contest "board": 3 votes given, a voter has 2)");
}

static_assert(!std::is_copy_constructible_v<ValidSelections>);

}  // namespace
}  // namespace stimme::ballot
