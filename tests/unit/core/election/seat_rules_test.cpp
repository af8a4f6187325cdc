// Rules of the seats in a definition, read and each broken: core/election/seat_rules and rules D20 to D25.
#include "core/election/seat_rules.h"

#include <gtest/gtest.h>

#include "tests/support/statutes.h"

namespace stimme::election {
namespace {

using json::Array;
using json::Object;
using test::statute_contest;

// What a definition with this contest is refused for, one problem a line; empty when it is accepted.
std::string problems(const Object& contest) {
    const auto definition = test::definition_with(contest);
    if (definition) return "";
    EXPECT_EQ(definition.error().code, "definition-invalid");
    return "\n" + definition.error().message;
}

bool says(const std::string& found, const std::string& line) {
    return found.find("\n/contests/0" + line) != std::string::npos;
}

// A contest of a statute with other rules of its seats.
Object with_rules(const std::string& statute, const Object& rules) {
    Object contest = statute_contest(statute);
    contest.set("seat_rules", rules);
    return contest;
}

// Changes a member of one item of an array of the contest.
Object with_item(Object contest, const std::string& array, std::size_t index, const std::string& key,
                 const json::Value& value) {
    Array items = *contest.find(array)->get<Array>();
    items.at(index).get<Object>()->set(key, value);
    contest.set(array, std::move(items));
    return contest;
}

constexpr const char* statutes[] = {"augsburg",      "hessen-2021",  "luedenscheid-2020", "magdeburg-1996",
                                    "muenster-2025", "potsdam-2008", "regensburg-2021",   "rostock-2005"};

TEST(SeatRules, StatutesAreAccepted) {
    for (const char* statute : statutes) EXPECT_EQ(problems(statute_contest(statute)), "") << statute;
}

TEST(SeatRules, AreReadAsTheyStand) {
    const Contest hessen = test::valid_contest(statute_contest("hessen-2021"));
    EXPECT_EQ(hessen.seat_rules.method, SeatMethod::hare_niemeyer);
    EXPECT_EQ(hessen.seat_rules.majority_clause, MajorityClause::within_seats);
    EXPECT_EQ(hessen.seat_rules.exhausted, Exhausted::stay_empty);
    EXPECT_EQ(hessen.list_order, ListOrder::votes);
    EXPECT_EQ(hessen.least_candidates, 5U);
    EXPECT_TRUE(hessen.list_vote);
    EXPECT_EQ(hessen.paper_rules.over_option, PaperRules::OverOption::cut);
    EXPECT_EQ(hessen.paper_rules.over_voter, PaperRules::OverVoter::cut_within_list);
    EXPECT_EQ(hessen.candidates(), 9U);

    const Contest muenster = test::valid_contest(statute_contest("muenster-2025"));
    EXPECT_EQ(muenster.substitutes, Substitutes::personal);
    EXPECT_EQ(muenster.other_seats, (OtherSeats{9, 0}));
    EXPECT_EQ(muenster.candidates(), 24U);
    EXPECT_EQ(*muenster.name_of(OptionId("l2-3")), "Liste 2 3");
    EXPECT_EQ(*muenster.name_of(OptionId("l2")), "Liste 2");
    EXPECT_EQ(muenster.name_of(OptionId("l3")), nullptr);
}

TEST(SeatRules, AreWithoutAnyWhereNoneStand) {
    const Contest potsdam = test::valid_contest(statute_contest("potsdam-2008"));
    EXPECT_EQ(potsdam.seat_rules, SeatRules{});
    EXPECT_EQ(potsdam.substitutes, Substitutes::next);
    EXPECT_EQ(potsdam.other_seats, OtherSeats{});
    EXPECT_EQ(potsdam.least_candidates, 0U);
    EXPECT_FALSE(potsdam.list_vote);
}

TEST(SeatRules, D20NamesOfListsOptionsAndCandidatesDiffer) {
    const Object contest = statute_contest("luedenscheid-2020");
    EXPECT_TRUE(says(problems(with_item(contest, "options", 3, "id", "l2")), "/lists/1/id: D20"));
    EXPECT_TRUE(
        says(problems(with_item(contest, "options", 3, "id", "l1-3")), "/lists/0/candidates/2/id: D20"));
}

TEST(SeatRules, D21CandidatesOnListsDoNotGoWithMostVotes) {
    Object contest = statute_contest("luedenscheid-2020");
    contest.set("seat_method", "most-votes");
    contest.erase("seat_rules");
    const std::string found = problems(contest);
    EXPECT_TRUE(says(found, "/lists/0/candidates: D21")) << found;
    EXPECT_TRUE(says(found, "/options/0/whole_list: D21")) << found;
}

TEST(SeatRules, D21ListsHaveCandidatesInOnePlace) {
    const Object contest = statute_contest("luedenscheid-2020");
    EXPECT_TRUE(says(problems(with_item(contest, "options", 3, "list", "l3")), "/lists/2/candidates: D21"));
    EXPECT_TRUE(says(problems(with_item(contest, "options", 1, "whole_list", false)), "/lists/1"));
    Object bare = statute_contest("hessen-2021");
    Array lists = *bare.find("lists")->get<Array>();
    lists.push_back(Object{{"id", "d"}, {"name", "Liste D"}});
    bare.set("lists", std::move(lists));
    EXPECT_TRUE(says(problems(bare), "/lists/3: D21: has no candidates"));
}

TEST(SeatRules, D21VoteForAListNeedsTheList) {
    const Object contest = with_item(statute_contest("magdeburg-1996"), "options", 0, "whole_list", true);
    Object shared = contest;
    shared.set("seat_method", "dhondt");
    EXPECT_TRUE(says(problems(shared), "/options/0/whole_list: D21"));
}

TEST(SeatRules, D21ClosedListsHaveNoOrderByVotes) {
    EXPECT_TRUE(says(problems(with_rules("luedenscheid-2020", Object{{"list_order", "votes"}})),
                     "/lists/0/candidates: D21"));
    EXPECT_TRUE(says(problems(with_rules("magdeburg-1996", Object{{"list_order", "votes"}})),
                     "/seat_rules/list_order: D21"));
}

TEST(SeatRules, D21ClausesForListsDoNotGoWithMostVotes) {
    EXPECT_TRUE(says(problems(with_rules("magdeburg-1996", Object{{"majority_clause", "extra-seats"}})),
                     "/seat_rules/majority_clause: D21"));
    EXPECT_TRUE(says(problems(with_rules("magdeburg-1996", Object{{"exhausted", "stay-empty"}})),
                     "/seat_rules/exhausted: D21"));
    EXPECT_EQ(problems(with_rules("magdeburg-1996", Object{{"threshold", Object{{"votes", 20}}}})), "");
}

TEST(SeatRules, D21YesOrNoIsAboutOneList) {
    Object contest = statute_contest("luedenscheid-2020");
    contest.set("seat_method", "yes-no");
    contest.erase("seat_rules");
    EXPECT_TRUE(says(problems(contest), ": D21: yes-no"));
}

TEST(SeatRules, D22LimitsFitEachOtherAndTheSeats) {
    const auto limited = [](const Array& limits) {
        return problems(with_rules("augsburg", Object{{"limits", limits}}));
    };
    EXPECT_EQ(limited({Object{{"group", "Italien"}, {"least", 1}, {"most", 1}}, Object{{"most", 2}}}), "");
    EXPECT_TRUE(says(limited({Object{{"group", "Italien"}, {"least", 2}, {"most", 1}}}),
                     "/seat_rules/limits/0/most: D22"));
    EXPECT_TRUE(
        says(limited({Object{{"group", "Italien"}, {"least", 3}}, Object{{"group", "Türkei"}, {"least", 3}}}),
             "/seat_rules/limits: D22"));
    EXPECT_TRUE(says(limited({Object{{"most", 3}}, Object{{"most", 2}}}), "/seat_rules/limits/1/group: D22"));
    EXPECT_TRUE(says(limited({Object{{"group", "Mond"}, {"most", 3}}}), "/seat_rules/limits/0/group: D22"));
    EXPECT_TRUE(says(limited({Object{{"least", 3}}}), "/seat_rules/limits/0/least: D22"));
}

TEST(SeatRules, D21LimitsDoNotGoWithLists) {
    EXPECT_TRUE(
        says(problems(with_rules("hessen-2021", Object{{"limits", Array{json::Value(Object{{"most", 3}})}}})),
             "/seat_rules/limits: D21"));
}

TEST(SeatRules, D23SubstitutesArePersonalOrNotNamed) {
    EXPECT_TRUE(says(problems(with_rules("muenster-2025", Object{{"substitutes", "next"}})),
                     "/lists/0/candidates/0/substitute: D23"));
    EXPECT_TRUE(
        says(problems(with_item(statute_contest("muenster-2025"), "options", 0, "substitute", "Somebody")),
             "/options/0/substitute: D23"));
}

TEST(SeatRules, D24ElectionIsNotHeldWithTooFewCandidates) {
    EXPECT_TRUE(says(problems(with_rules("potsdam-2008", Object{{"least_candidates", 20}})),
                     ": D24: the election isn't held: 19 candidates stand, at least 20 are needed"));
}

TEST(SeatRules, D25VotesForListsNeedPeopleOnThem) {
    Object contest = statute_contest("luedenscheid-2020");
    contest.set("list_vote", true);
    EXPECT_TRUE(says(problems(contest), "/lists/0: D25"));
    contest = statute_contest("potsdam-2008");
    contest.set("list_vote", true);
    EXPECT_TRUE(says(problems(contest), "/list_vote: D25"));
}

}  // namespace
}  // namespace stimme::election
