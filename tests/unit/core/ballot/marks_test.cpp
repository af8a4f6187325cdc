// Votes for lists, and paper ballots on which more is marked than allowed (core/ballot/marks): Hessen's
// rules, each with its wording (KWG, sections 20a and 21), and the strict ones.
#include "core/ballot/marks.h"

#include <map>

#include <gtest/gtest.h>

#include "tests/support/statutes.h"

namespace stimme::ballot {
namespace {

// "a-1 a-1 a-2": as often as there are votes.
std::string text(const election::Contest& contest, const Values& values) {
    std::string result;
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (unsigned k = 0; k < values[i]; ++k)
            result += (result.empty() ? "" : " ") + contest.position_name(i);
    }
    return result;
}

class PaperBallots {
  public:
    explicit PaperBallots(const json::Object& contest) : contest_(test::valid_contest(contest)) {}

    std::string read(const std::map<std::string, std::uint64_t>& votes, std::vector<std::string> lists = {},
                     const std::vector<std::string>& struck = {}, bool spoiled = false) const {
        Marks marks{std::vector<std::uint64_t>(contest_.positions()), std::vector<bool>(contest_.positions()),
                    std::move(lists), spoiled};
        for (const auto& [name, number] : votes) marks.votes[position(name)] = number;
        for (const std::string& name : struck) marks.struck[position(name)] = true;
        return text(contest_, read_paper_ballot(contest_, marks).values);
    }

  private:
    std::size_t position(const std::string& name) const {
        for (std::size_t i = 0; i < contest_.positions(); ++i) {
            if (contest_.position_name(i) == name) return i;
        }
        throw std::runtime_error("no position " + name);
    }

    election::Contest contest_;
};

// 5 votes, up to 3 for one; lists a (4 people), b (3), c (2).
PaperBallots hessen() {
    return PaperBallots(test::statute_contest("hessen-2021"));
}

TEST(HessenPaper, BallotAsItShouldBeCountsAsItIs) {
    EXPECT_EQ(hessen().read({{"a-1", 2}, {"b-3", 1}}), "a-1 a-1 b-3");
}

// Section 20a (1): „Bewerbern, die vom Wähler gestrichen worden sind, werden keine Stimmen zugeteilt.“
TEST(HessenPaper, StruckCandidatesGetNoVotes) {
    EXPECT_EQ(hessen().read({{"a-1", 2}, {"b-1", 1}}, {}, {"a-1"}), "b-1");
    EXPECT_EQ(hessen().read({}, {"a"}, {"a-1", "a-3"}), "a-2 a-2 a-2 a-4 a-4");
}

// Section 20a (2): „Hat der Wähler einem Bewerber mehr als drei Stimmen gegeben, gelten die Mehrstimmen als
// nicht abgegeben.“
TEST(HessenPaper, MoreThanThreeForOneAreThree) {
    EXPECT_EQ(hessen().read({{"a-1", 5}, {"b-1", 1}}), "a-1 a-1 a-1 b-1");
}

// Section 20a (3): „Hat der Wähler nur Bewerbern eines Wahlvorschlags Stimmen gegeben und dabei die ihm zur
// Verfügung stehende Stimmenzahl überschritten, gelten die Mehrstimmen als nicht abgegeben. Sie bleiben in
// der Weise unberücksichtigt, indem in der umgekehrten Bewerberreihenfolge zunächst bei Bewerbern mit einer
// Stimme, dann bei Bewerbern mit zwei Stimmen und anschließend bei Bewerbern mit drei Stimmen jeweils eine
// Stimme nicht gewertet wird.“
TEST(HessenPaper, SurplusWithinAListIsTakenAwayFromTheBottom) {
    EXPECT_EQ(hessen().read({{"a-1", 3}, {"a-2", 1}, {"a-3", 1}, {"a-4", 1}}), "a-1 a-1 a-1 a-2 a-3");
    EXPECT_EQ(hessen().read({{"a-1", 1}, {"a-2", 2}, {"a-3", 3}}), "a-2 a-2 a-3 a-3 a-3");
    EXPECT_EQ(hessen().read({{"a-1", 2}, {"a-2", 3}, {"a-3", 1}, {"a-4", 1}}), "a-1 a-1 a-2 a-2 a-2");
    EXPECT_EQ(hessen().read({{"a-1", 2}, {"a-2", 2}, {"a-3", 2}}), "a-1 a-1 a-2 a-2 a-3");
    EXPECT_EQ(hessen().read({{"a-1", 2}, {"a-2", 2}, {"a-3", 3}}), "a-1 a-2 a-3 a-3 a-3");
}

// „Wird danach die dem Wähler zur Verfügung stehende Stimmenzahl noch immer überschritten, wird auf die
// Bewerber mit ursprünglich zwei und drei Stimmen Satz 2 entsprechend angewandt bis die zulässige Stimmenzahl
// erreicht ist.“
TEST(HessenPaper, SurplusIsTakenAwayAgainFromThoseWhoHadMore) {
    EXPECT_EQ(hessen().read({{"a-1", 3}, {"a-2", 3}, {"a-3", 3}, {"a-4", 3}}), "a-1 a-1 a-2 a-3 a-4");
    EXPECT_EQ(hessen().read({{"a-1", 2}, {"a-2", 3}, {"a-3", 3}, {"a-4", 3}}), "a-2 a-2 a-3 a-3 a-4");
}

// Section 20a (4): „Bei der unveränderten Annahme eines Wahlvorschlags wird jedem auf dem Stimmzettel
// aufgeführten Bewerber in der Reihenfolge des Wahlvorschlags eine Stimme zugeteilt. Sind danach noch nicht
// alle dem Wähler zur Verfügung stehenden Stimmen vergeben, ist der Vorgang zu wiederholen […]; die
// Obergrenze von drei Stimmen je Bewerber ist dabei einzuhalten.“
TEST(HessenPaper, ListAloneGivesItsPeopleOneEachAndAgain) {
    EXPECT_EQ(hessen().read({}, {"a"}), "a-1 a-1 a-2 a-3 a-4");
    EXPECT_EQ(hessen().read({}, {"c"}), "c-1 c-1 c-1 c-2 c-2");
    EXPECT_EQ(hessen().read({}, {"c"}, {"c-2"}), "c-1 c-1 c-1");
}

// fes.de, example 3 on section 20a (5): those left over go „in der Reihenfolge des Stimmzettels“ to those of
// the marked list who have fewer than three and aren't struck.
TEST(HessenPaper, WhatSinglePeopleLeaveGoesToTheMarkedList) {
    EXPECT_EQ(hessen().read({{"a-2", 3}}, {"a"}), "a-1 a-2 a-2 a-2 a-3");
    EXPECT_EQ(hessen().read({{"b-1", 3}}, {"a"}, {"a-1"}), "a-2 a-3 b-1 b-1 b-1");
    EXPECT_EQ(hessen().read({{"a-1", 4}}, {"a"}), "a-1 a-1 a-1 a-2 a-3");
}

// Section 21 (2) no. 1: all votes are invalid, where the voter „mehrere Wahlvorschläge gekennzeichnet hat, es
// sei denn, er hat Bewerbern Stimmen gegeben und dabei die Zahl der ihm zur Verfügung stehenden Stimmen nicht
// überschritten“; fes.de, example 7: the marked lists and the votes that are left then count for nothing.
TEST(HessenPaper, SeveralListsCountForNothing) {
    EXPECT_EQ(hessen().read({}, {"a", "b"}), "invalid");
    EXPECT_EQ(hessen().read({{"c-1", 2}}, {"a", "b"}), "c-1 c-1");
    EXPECT_EQ(hessen().read({{"c-1", 3}, {"a-1", 3}}, {"a", "b"}), "invalid");
}

// Section 21 (2) no. 2: „an Bewerber in mehreren Wahlvorschlägen mehr als die ihm zur Verfügung stehenden
// Stimmen vergeben hat“
TEST(HessenPaper, TooManyVotesAcrossListsAreInvalid) {
    EXPECT_EQ(hessen().read({{"a-1", 3}, {"b-1", 3}}), "invalid");
    EXPECT_EQ(hessen().read({{"a-1", 3}, {"b-1", 2}}), "a-1 a-1 a-1 b-1 b-1");
}

// Section 21 (1): „Ungültig sind Stimmen, wenn der Stimmzettel […] keine Kennzeichnung enthält, […] einen
// Zusatz oder Vorbehalt enthält“
TEST(HessenPaper, UnmarkedAndSpoiledBallotsAreInvalid) {
    EXPECT_EQ(hessen().read({}), "invalid");
    EXPECT_EQ(hessen().read({}, {}, {"a-1"}), "invalid");
    EXPECT_EQ(hessen().read({{"a-1", 1}}, {}, {}, true), "invalid");
    EXPECT_EQ(hessen().read({{"a-1", 1}, {"invalid", 1}}), "invalid");
}

TEST(StrictPaper, BallotsWithTooManyVotesAreInvalid) {
    json::Object contest = test::statute_contest("hessen-2021");
    contest.erase("paper_rules");
    contest.erase("list_vote");
    const PaperBallots strict(contest);
    EXPECT_EQ(strict.read({{"a-1", 4}}), "invalid");
    EXPECT_EQ(strict.read({{"a-1", 3}, {"a-2", 3}}), "invalid");
    EXPECT_EQ(strict.read({{"a-1", 3}, {"a-2", 2}}), "a-1 a-1 a-1 a-2 a-2");
    EXPECT_EQ(strict.read({}, {"a"}), "invalid");
    EXPECT_EQ(strict.read({{"b-1", 1}}, {"a"}), "b-1");
}

TEST(StrictPaper, BlankBallotsAreBlankOnlyByTheirMarkAlone) {
    json::Object contest = test::statute_contest("potsdam-2008");
    contest.set("blank_option", true);
    const PaperBallots paper(contest);
    EXPECT_EQ(paper.read({{"blank", 1}}), "blank");
    EXPECT_EQ(paper.read({{"blank", 1}, {"k01", 1}}), "invalid");
    EXPECT_EQ(paper.read({}), "invalid");
}

// Whatever is marked, what counts is a ballot that a booth would accept.
TEST(PaperProperties, WhatCountsIsAlwaysWithinTheVotes) {
    const election::Contest contest = test::valid_contest(test::statute_contest("hessen-2021"));
    std::uint64_t state = 1;
    const auto below = [&](std::uint64_t limit) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return (state >> 33) % limit;
    };
    for (int i = 0; i < 20'000; ++i) {
        Marks marks{std::vector<std::uint64_t>(contest.positions()),
                    std::vector<bool>(contest.positions()),
                    {},
                    false};
        for (std::size_t k = 0; k < contest.options.size(); ++k) {
            marks.votes[k] = below(3) == 0 ? below(5) : 0;
            marks.struck[k] = below(6) == 0;
        }
        for (const auto& list : contest.lists) {
            if (below(3) == 0) marks.lists.push_back(list.id);
        }
        const PaperBallot ballot = read_paper_ballot(contest, marks);
        unsigned sum = 0;
        for (std::size_t k = 0; k < contest.positions(); ++k) {
            ASSERT_LE(ballot.values[k], contest.max_value(k));
            sum += contest.weight(k) * ballot.values[k];
            ASSERT_FALSE(k < contest.options.size() && marks.struck[k] && ballot.values[k] > 0);
        }
        ASSERT_GE(sum, 1U);
        ASSERT_LE(sum, contest.votes_per_voter);
    }
}

}  // namespace
}  // namespace stimme::ballot
