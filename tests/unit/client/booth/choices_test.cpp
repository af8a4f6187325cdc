// What people type, as selections.
#include "client/booth/choices.h"

#include "tests/unit/client/booth/booth_fixture.h"

namespace stimme::booth {
namespace {

json::Array options_with_lists() {
    json::Array options;
    for (const auto& [id, list] : {std::pair("c01", "red"), {"c02", "red"}, {"c03", "blue"}})
        options.emplace_back(json::Object{{"id", id}, {"name", id}, {"list", list}});
    return options;
}

json::Array contest_with_lists() {
    return {json::Object{{"id", "board"},
                         {"titles", json::Object{{"en", "Board"}}},
                         {"seats", 3},
                         {"votes_per_voter", 5},
                         {"votes_per_option", 3},
                         {"invalid_option", true},
                         {"blank_option", true},
                         {"lists", json::Array{json::Object{{"id", "red"}, {"name", "Red"}},
                                               json::Object{{"id", "blue"}, {"name", "Blue"}}}},
                         {"options", options_with_lists()},
                         {"list_vote", true},
                         {"seat_method", "most-votes"},
                         {"tie_rule", "lot"}}};
}

struct Choices : testing::Test {
    test::Election one =
        test::TestElection().contest("board", 5, {.votes = 3, .per_option = 2}).invalid().build();
    test::Election two = test::TestElection().contest("board", 3).contest("mayor", 2).blank().build();
    test::Election listed = test::TestElection().set("contests", contest_with_lists()).build();

    static Result<events::Selections> read(const test::Election& election, std::string_view text) {
        return read_ballot(election.layout(), contests_of(text));
    }
};

using Values = events::Selections;

TEST_F(Choices, NumbersAndIdsCountEachTimeTheyAreNamed) {
    EXPECT_EQ(*read(one, "3, c05, 3"), (Values{{0, 0, 2, 0, 1, 0}}));
    EXPECT_EQ(*read(one, "C01 c02"), (Values{{1, 1, 0, 0, 0, 0}}));
}

TEST_F(Choices, InvalidIsTheNumberAfterTheOptionsOrTheWord) {
    EXPECT_EQ(*read(one, "6"), (Values{{0, 0, 0, 0, 0, 1}}));
    EXPECT_EQ(*read(one, "invalid"), *read(one, "6"));
    EXPECT_EQ(*invalid_ballot(one.layout()), *read(one, "6"));
}

TEST_F(Choices, SeveralContestsAreNamed) {
    EXPECT_EQ(*read(two, "board:c02; mayor: blank"), (Values{{0, 1, 0}, {0, 0, 1}}));
    EXPECT_EQ(*read(two, "mayor:1"), (Values{{0, 0, 0}, {1, 0, 0}}));
}

TEST_F(Choices, AListGivesOneVoteForEachOfItsPeopleInOrderAndAgain) {
    EXPECT_EQ(*read(listed, "red"), (Values{{3, 2, 0, 0, 0}}));
    EXPECT_EQ(*read(listed, "blue"), (Values{{0, 0, 3, 0, 0}}));
}

TEST_F(Choices, AListGetsWhatSinglePeopleLeave) {
    EXPECT_EQ(*read(listed, "red,c03,c03"), (Values{{2, 1, 2, 0, 0}}));
}

TEST_F(Choices, AListPassesOverThoseStruck) {
    EXPECT_EQ(*read(listed, "red -c01"), (Values{{0, 3, 0, 0, 0}}));
    EXPECT_EQ(*read(listed, "-C01,red,c03"), (Values{{0, 3, 1, 0, 0}}));
    EXPECT_EQ(code_of(read(listed, "red,c01,-c01")), "choice-struck");
    EXPECT_EQ(code_of(read(listed, "red,-invalid")), "choice-unknown");
}

TEST_F(Choices, AListStandsForItsOwnOptionWhereItHasOne) {
    json::Array contests = contest_with_lists();
    json::Object& contest = *contests.front().get<json::Object>();
    json::Array options = options_with_lists();
    options.emplace_back(json::Object{{"id", "w1"}, {"name", "Red"}, {"list", "red"}, {"whole_list", true}});
    contest.set("options", std::move(options));
    contest.set("seat_method", "sainte-lague");
    const test::Election election = test::TestElection().set("contests", std::move(contests)).build();
    EXPECT_EQ(*read(election, "red"), (Values{{0, 0, 0, 1, 0, 0}}));
}

TEST_F(Choices, AListIsNoWordWhereTheContestHasNoVotesForLists) {
    json::Array contests = contest_with_lists();
    contests.front().get<json::Object>()->erase("list_vote");
    const test::Election election = test::TestElection().set("contests", std::move(contests)).build();
    EXPECT_EQ(code_of(read(election, "red")), "choice-unknown");
    EXPECT_EQ(code_of(read(election, "-c01")), "choice-unknown");
}

TEST_F(Choices, UnknownWordsAreNamed) {
    for (const char* word : {"c06", "7", "0", "-1", "99999999999999999999", "3x"}) {
        const auto read_back = read(one, std::string("c01,") + word);
        EXPECT_EQ(code_of(read_back), "choice-unknown");
        EXPECT_NE(read_back.error().message.find(word), std::string::npos);
    }
}

TEST_F(Choices, ContestsMustBeNamedWhereThereAreSeveral) {
    EXPECT_EQ(code_of(read(two, "c01")), "contest-missing");
    EXPECT_EQ(code_of(read(two, "council:c01")), "contest-unknown");
    EXPECT_EQ(code_of(read(two, "board:1;board:2")), "contest-repeated");
}

TEST_F(Choices, InvalidAndBlankExistOnlyWhereOffered) {
    EXPECT_EQ(code_of(blank_ballot(one.layout())), "not-offered");
    EXPECT_EQ(code_of(invalid_ballot(two.layout())), "not-offered");
}

TEST_F(Choices, AWishThatTheBallotForbidsIsRefused) {
    const auto code = [&](std::string_view text) {
        Wish wish;
        wish.contests = contests_of(text);
        return code_of(resolve(one.layout(), wish));
    };
    EXPECT_EQ(code("1,2,3,4"), "too-many-votes");
    EXPECT_EQ(code("1,1,1"), "too-many-for-option");
    EXPECT_EQ(code("1,invalid"), "invalid-with-votes");
    EXPECT_EQ(code(""), "nothing-selected");
}

}  // namespace
}  // namespace stimme::booth
