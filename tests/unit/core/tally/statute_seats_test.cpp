// Real elections' rules of the count (tests/data/statutes), each through a definition, with the wording of
// its statute beside the case. Of Magdeburg and Potsdam there is no wording at hand; without a source, the
// words give the sense. Votes are made up, but for those of Lüdenscheid.
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "core/tally/seats.h"
#include "tests/support/statutes.h"

namespace stimme::tally {
namespace {

using test::definition_with;
using test::statute_contest;

// The count of a statute.
class StatuteCount {
  public:
    explicit StatuteCount(const std::string& statute) : StatuteCount(statute_contest(statute)) {}
    explicit StatuteCount(const json::Object& contest) : contest_(test::valid_contest(contest)) {}

    const election::Contest& contest() const { return contest_; }

    // Votes by option; who isn't named has none.
    Seats seats(const std::map<std::string, std::uint64_t>& votes,
                const std::vector<events::LotDrawn>& lots = {}) const {
        return assign_seats(contest_, totals(votes), lots);
    }
    std::vector<std::uint64_t> totals(const std::map<std::string, std::uint64_t>& votes) const {
        std::vector<std::uint64_t> result(contest_.positions());
        for (std::size_t i = 0; i < contest_.options.size(); ++i) {
            const auto found = votes.find(contest_.options[i].id.str());
            if (found != votes.end()) result[i] = found->second;
        }
        return result;
    }

  private:
    election::Contest contest_;
};

std::string names(const std::vector<OptionId>& ids) {
    std::vector<std::string> texts;
    for (const OptionId& id : ids) texts.push_back(id.str());
    return fmt::format("{}", fmt::join(texts, " "));
}

std::string elected(const Seats& seats) {
    return names(seats.elected);
}

std::string tie(const Seats& seats) {
    return seats.open_tie ? fmt::format("{} {}", seats.open_tie->seats, names(seats.open_tie->between)) : "";
}

events::LotDrawn lot(const std::string& contest, const OpenTie& over, std::vector<OptionId> drawn) {
    return {ContestId(contest), over.seats, over.between, std::move(drawn), "slips",
            {"everybody"},      "the chair"};
}

std::map<std::string, std::uint64_t> ranked(std::size_t count) {
    std::map<std::string, std::uint64_t> votes;
    for (std::size_t i = 1; i <= count; ++i) votes[fmt::format("k{:02}", i)] = 1000 - i;
    return votes;
}

// 15 candidates on one ballot, 3 crosses each, 11 seats; most votes win.
TEST(Magdeburg1996Seats, GoToTheElevenWithMostVotes) {
    const StatuteCount count("magdeburg-1996");
    EXPECT_EQ(count.contest().votes_per_voter, 3U);
    const Seats seats = count.seats(ranked(15));
    EXPECT_EQ(elected(seats), "k01 k02 k03 k04 k05 k06 k07 k08 k09 k10 k11");
    EXPECT_EQ(names(seats.substitutes), "k12 k13 k14 k15");
}

// 19 candidates, 9 votes, one for each, 9 seats.
TEST(Potsdam2008Seats, GoToTheNineWithMostVotes) {
    const StatuteCount count("potsdam-2008");
    EXPECT_EQ(count.contest().votes_per_voter, 9U);
    EXPECT_EQ(count.contest().votes_per_option, 1U);
    auto votes = ranked(19);
    EXPECT_EQ(elected(count.seats(votes)), "k01 k02 k03 k04 k05 k06 k07 k08 k09");
    votes["k09"] = votes["k10"] = votes["k11"] = 991;
    const Seats tied = count.seats(votes);
    EXPECT_EQ(elected(tied), "k01 k02 k03 k04 k05 k06 k07 k08");
    EXPECT_EQ(tie(tied), "1 k09 k10 k11");
}

// Wahlordnung of 1 December 2004, section 1 (2): „Die Wahl wird als Persönlichkeitswahl nach den Grundsätzen
// einer mit der Personenwahl verbundenen Verhältniswahl durchgeführt.“ Quotas, as that state's law on
// municipal elections has it.
TEST(Rostock2005Seats, AreSharedByListsAndGoToThoseWithMostVotesOnThem) {
    const StatuteCount count("rostock-2005");
    const Seats seats =
        count.seats({{"a-2", 50}, {"a-5", 40}, {"a-1", 10}, {"b-4", 41}, {"b-1", 19}, {"e1", 20}});
    // Quotas 5, 3 and 1 of 180 votes.
    EXPECT_EQ(elected(seats), "a-2 a-5 a-1 a-3 a-4 b-4 b-1 b-2 e1");
    EXPECT_EQ(names(seats.lists[0].substitutes), "a-6");
}

// Without a rule for it, what a single candidate can't take goes to the others.
TEST(Rostock2005Seats, BeyondOneOfASingleCandidateGoToTheLists) {
    const Seats seats = StatuteCount("rostock-2005").seats({{"a-1", 30}, {"b-1", 30}, {"e1", 120}});
    EXPECT_EQ(elected(seats), "a-1 a-2 a-3 a-4 b-1 b-2 b-3 b-4 e1");
}

// regensburg.de on the election of 2021: „jeweils neun Stimmen […] Dabei dürfen auch Personen aus
// verschiedenen Wahlvorschlägen gewählt werden, jedoch darf nur maximal eine Stimme pro Kandidatin oder
// Kandidat vergeben werden.“ Of the board's 21 members 9 are elected. By which method isn't told there; here
// each of the three gives the same.
TEST(Regensburg2021Seats, AreSharedByListsByTheVotesOfTheirPeople) {
    for (const char* method : {"sainte-lague", "dhondt", "hare-niemeyer"}) {
        json::Object contest = statute_contest("regensburg-2021");
        contest.set("seat_method", method);
        const StatuteCount count(contest);
        EXPECT_EQ(count.contest().votes_per_option, 1U);
        EXPECT_EQ(count.contest().seats + count.contest().other_seats.delegated, 21U);
        const Seats seats = count.seats({{"mosaik-3", 250},
                                         {"mosaik-1", 150},
                                         {"place-1", 200},
                                         {"bruecke-2", 200},
                                         {"contakt-4", 60},
                                         {"contakt-1", 40}});
        EXPECT_EQ(elected(seats),
                  "mosaik-3 mosaik-1 mosaik-2 mosaik-4 place-1 place-2 bruecke-2 bruecke-1 contakt-4")
            << method;
    }
}

// One vote for a list or a single candidate; 6 seats by Sainte-Laguë. The published shares, per ten thousand.
TEST(Luedenscheid2020Seats, AreSharedByListsAndSingleCandidates) {
    const Seats seats =
        StatuteCount("luedenscheid-2020").seats({{"w1", 5606}, {"w2", 3133}, {"w3", 679}, {"e1", 583}});
    EXPECT_EQ(elected(seats), "l1-1 l1-2 l1-3 l1-4 l2-1 l2-2");
    ASSERT_EQ(seats.lists.size(), 4U);
    EXPECT_EQ(seats.lists[3], (ListSeats{OptionId("e1"), 583, 0, {}, {OptionId("e1")}}));
    EXPECT_EQ(names(seats.lists[0].substitutes), "l1-5 l1-6 l1-7 l1-8");
}

// Aachen, Wahlordnung section 31 (2) no. 5, on the same law: „Entfallen bei der Sitzverteilung auf einen
// Vorschlag mehr Sitze, als Bewerber benannt sind, bleiben diese Sitze unbesetzt.“
TEST(Luedenscheid2020Seats, OfASingleCandidateBeyondTheFirstStayEmpty) {
    const Seats seats = StatuteCount("luedenscheid-2020").seats({{"w1", 100}, {"e1", 100}});
    EXPECT_EQ(elected(seats), "l1-1 l1-2 l1-3 e1");
    EXPECT_EQ(seats.empty, 2U);
}

TEST(Luedenscheid2020Seats, TiedBetweenListsAndACandidateGoByLot) {
    const StatuteCount count("luedenscheid-2020");
    // 90/9 = 10/1 = 10/1.
    const std::map<std::string, std::uint64_t> votes = {{"w1", 90}, {"w2", 10}, {"e1", 10}};
    const Seats open = count.seats(votes);
    EXPECT_EQ(elected(open), "l1-1 l1-2 l1-3 l1-4");
    ASSERT_EQ(tie(open), "2 l1 l2 e1");
    const auto drawn = lot("beirat", *open.open_tie, {OptionId("e1"), OptionId("l1")});
    EXPECT_EQ(elected(count.seats(votes, {drawn})), "l1-1 l1-2 l1-3 l1-4 l1-5 e1");
}

// Münster, IRWahlO of 22 May 2025, section 1 (1): „werden von den insgesamt 27 Mitgliedern des
// Integrationsrates 18 Mitglieder direkt gewählt und 9 ebenso stimmberechtigte Mitglieder aus der Mitte des
// Rates entsandt. Für jedes direkt gewählte Mitglied kann eine persönliche Stellvertretung benannt werden,
// die am Wahltag mit dem jeweiligen Mitglied mitgewählt wird“
TEST(Muenster2025Seats, HavePersonalSubstitutesAndDelegatedOnesBesides) {
    const StatuteCount count("muenster-2025");
    const Seats seats = count.seats({{"w1", 600}, {"w2", 340}, {"e1", 60}});
    EXPECT_EQ(seats.elected.size(), 18U);
    EXPECT_EQ(seats.lists[0].seats, 11U);
    EXPECT_EQ(seats.lists[1].seats, 6U);
    EXPECT_EQ(names(seats.lists[2].elected), "e1");
    for (const ListSeats& list : seats.lists) EXPECT_TRUE(list.substitutes.empty());
    EXPECT_EQ(*count.contest().substitute_of(seats.elected.front()), "Liste 1 1, Stellvertretung");
    EXPECT_EQ(*count.contest().substitute_of(OptionId("e1")), "Einzelbewerber 1, Stellvertretung");
    EXPECT_EQ(count.contest().seats + count.contest().other_seats.delegated, 27U);
}

// Hessen, KWG section 22 (1): „die auf einen Wahlvorschlag entfallende Stimmenzahl besteht aus der Summe der
// von den Bewerbern dieses Wahlvorschlags erreichten Stimmen“; (3): whole numbers first, then „in der
// Reihenfolge der höchsten Zahlenbruchteile“.
TEST(Hessen2021Seats, GoToListsByAllVotesOfTheirCandidates) {
    const Seats seats =
        StatuteCount("hessen-2021")
            .seats({{"a-1", 20}, {"a-3", 22}, {"b-1", 25}, {"b-2", 10}, {"c-1", 13}, {"c-2", 10}});
    // Quotas 2.1, 1.75, 1.15 of 100 votes.
    EXPECT_EQ(seats.lists[0].votes, 42U);
    EXPECT_EQ(elected(seats), "a-3 a-1 b-1 b-2 c-1");
}

// By their own votes, and where these are equal in the order of the list.
TEST(Hessen2021Seats, OfAListGoByPersonalVotesThenByTheOrderOfTheList) {
    const Seats seats =
        StatuteCount("hessen-2021").seats({{"a-2", 7}, {"a-3", 7}, {"a-4", 30}, {"b-1", 33}, {"c-1", 23}});
    EXPECT_EQ(names(seats.lists[0].elected), "a-4 a-2");
    EXPECT_EQ(names(seats.lists[0].substitutes), "a-3 a-1");
    EXPECT_EQ(tie(seats), "");
}

// Section 22 (4): „Erhält […] der Wahlvorschlag […], auf den mehr als die Hälfte der Stimmenzahl […]
// entfallen ist, nicht mehr als die Hälfte der insgesamt zu vergebenden Sitze“, it is first among the
// remainders.
TEST(Hessen2021Seats, MajorityOfVotesIsMajorityOfSeats) {
    // Quotas 2.525, 1.75, 0.725 of 200 votes: without the clause 2, 2, 1.
    EXPECT_EQ(elected(StatuteCount("hessen-2021").seats({{"a-1", 101}, {"b-1", 70}, {"c-1", 29}})),
              "a-1 a-2 a-3 b-1 b-2");
}

// Section 22 (3): „Über die Zuteilung des letzten Sitzes entscheidet bei gleichen Zahlenbruchteilen das vom
// Wahlleiter zu ziehende Los.“
TEST(Hessen2021Seats, EqualRemaindersGoByLot) {
    const StatuteCount count("hessen-2021");
    // Quotas 2.5, 1.5, 1 of 100 votes.
    const std::map<std::string, std::uint64_t> votes = {{"a-1", 50}, {"b-1", 30}, {"c-1", 20}};
    const Seats open = count.seats(votes);
    ASSERT_EQ(tie(open), "1 a b");
    EXPECT_EQ(elected(open), "a-1 a-2 b-1 c-1");
    const auto drawn = lot("beirat", *open.open_tie, {OptionId("b")});
    EXPECT_TRUE(check_lot(count.contest(), count.totals(votes), {}, drawn).ok());
    EXPECT_EQ(elected(count.seats(votes, {drawn})), "a-1 a-2 b-1 b-2 c-1");
    const auto again = check_lot(count.contest(), count.totals(votes), std::vector{drawn}, drawn);
    EXPECT_EQ(again.error().code, "lot-not-due");
}

// agah-hessen.de on section 86 (1) HGO: „Sollten insgesamt […] weniger Bewerber kandidieren, als Sitze zu
// vergeben sind, findet keine Wahl statt.“
TEST(Hessen2021Seats, AreNotElectedWithFewerCandidatesThanSeats) {
    json::Object contest = statute_contest("hessen-2021");
    const json::Array all = *contest.find("options")->get<json::Array>();
    const auto options = [&](std::size_t a) {
        json::Array kept;
        for (const json::Value& option : all) {
            const std::string& id = *option.get<json::Object>()->find("id")->get<std::string>();
            if (kept.size() < a || id == "b-1" || id == "c-1") kept.push_back(option);
        }
        return kept;
    };
    contest.set("options", options(3));
    EXPECT_TRUE(definition_with(contest).ok());
    contest.set("options", options(2));
    const auto refused = definition_with(contest);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find("/contests/0: D24"), std::string::npos) << refused.error().message;
}

// Speyer, on section 56 (3) GemO Rheinland-Pfalz: „damit waren nicht mehr Personen zugelassen, als Mitglieder
// des Beirats zu wählen sind. […] regelt für diesen Fall, dass die Wahl nicht stattfindet.“
TEST(Speyer2019Seats, AreNotElectedWithAsManyCandidatesAsSeats) {
    json::Object contest = statute_contest("magdeburg-1996");
    contest.set("seat_rules", json::Object{{"least_candidates", 16}});
    EXPECT_FALSE(definition_with(contest).ok());
    contest.set("seat_rules", json::Object{{"least_candidates", 15}});
    EXPECT_TRUE(definition_with(contest).ok());
}

// Handbook of AGABY on Augsburg: „29 Sitze, davon mindestens 5 Sitze Türkei, 2 Sitze EU (ohne Griechenland
// und Italien), je 1 Sitz Griechenland, Italien, […]“; here 5 seats, of which 2, 1 and 1 are kept.
TEST(AugsburgSeats, AreKeptForOrigins) {
    const StatuteCount count("augsburg");
    EXPECT_EQ(elected(count.seats({{"x1", 90},
                                   {"x2", 80},
                                   {"x3", 70},
                                   {"t1", 9},
                                   {"t2", 8},
                                   {"t3", 7},
                                   {"g1", 2},
                                   {"g2", 1},
                                   {"i1", 3}})),
              "x1 t1 t2 i1 g1");
    // Nobody of Italy has a vote: that seat is free.
    EXPECT_EQ(elected(count.seats({{"x1", 90}, {"x2", 80}, {"x3", 70}, {"t1", 9}, {"t2", 8}, {"g1", 2}})),
              "x1 x2 t1 t2 g1");
}

TEST(AugsburgSeats, AreDrawnOnlyAmongThoseTheyAreKeptFor) {
    const StatuteCount count("augsburg");
    const std::map<std::string, std::uint64_t> votes = {{"x1", 90}, {"x2", 80}, {"t1", 9}, {"t2", 9},
                                                        {"t3", 9},  {"g1", 2},  {"i1", 9}};
    const Seats open = count.seats(votes);
    EXPECT_EQ(elected(open), "x1 i1");
    ASSERT_EQ(tie(open), "2 t1 t2 t3");
    const Seats closed =
        count.seats(votes, {lot("beirat", *open.open_tie, {OptionId("t3"), OptionId("t1")})});
    EXPECT_EQ(elected(closed), "x1 i1 t3 t1 g1");
}

// At most 7 of 15 of one nationality.
TEST(SeatLimits, KeepANationalityToSevenOfFifteen) {
    json::Object contest = statute_contest("magdeburg-1996");
    json::Array options;
    for (int i = 1; i <= 20; ++i) {
        json::Object option{{"id", fmt::format("k{:02}", i)}, {"name", fmt::format("{}", i)}};
        if (i <= 10) option.set("group", "TUR");
        if (i > 10 && i <= 14) option.set("group", "ITA");
        options.push_back(std::move(option));
    }
    contest.set("options", std::move(options));
    contest.set("seats", 15);
    contest.set("seat_rules", json::Object{{"limits", json::Array{json::Object{{"most", 7}}}}});
    const StatuteCount count(contest);
    EXPECT_EQ(elected(count.seats(ranked(20))),
              "k01 k02 k03 k04 k05 k06 k07 k11 k12 k13 k14 k15 k16 k17 k18");
    auto votes = ranked(20);
    for (const char* name : {"k06", "k07", "k08"}) votes[name] = 994;
    const Seats tied = count.seats(votes);
    EXPECT_EQ(tie(tied), "2 k06 k07 k08");
    EXPECT_EQ(elected(tied), "k01 k02 k03 k04 k05");
    const OpenTie over = *tied.open_tie;
    EXPECT_EQ(elected(count.seats(votes, {lot("beirat", over, {OptionId("k08"), OptionId("k06")})})),
              "k01 k02 k03 k04 k05 k08 k06 k11 k12 k13 k14 k15 k16 k17 k18");
}

// A lot across groups may not fill one of them beyond its limit.
TEST(SeatLimits, BindTheLotToo) {
    json::Object contest = statute_contest("magdeburg-1996");
    json::Array options;
    for (const auto& [id, group] : {std::pair("a1", "A"), {"a2", "A"}, {"b1", "B"}, {"b2", "B"}})
        options.push_back(json::Object{{"id", id}, {"name", id}, {"group", group}});
    contest.set("options", std::move(options));
    contest.set("seats", 2);
    contest.set("votes_per_voter", 2);
    contest.set("seat_rules",
                json::Object{{"limits", json::Array{json::Object{{"group", "A"}, {"most", 1}}}}});
    const StatuteCount count(contest);
    const std::map<std::string, std::uint64_t> votes = {{"a1", 5}, {"a2", 5}, {"b1", 5}, {"b2", 5}};
    const Seats open = count.seats(votes);
    ASSERT_EQ(tie(open), "2 a1 a2 b1 b2");
    const auto both = lot("beirat", *open.open_tie, {OptionId("a1"), OptionId("a2")});
    EXPECT_EQ(check_lot(count.contest(), count.totals(votes), {}, both).error().code, "lot-wrong");
    const auto mixed = lot("beirat", *open.open_tie, {OptionId("a2"), OptionId("b1")});
    EXPECT_TRUE(check_lot(count.contest(), count.totals(votes), {}, mixed).ok());
    EXPECT_EQ(elected(count.seats(votes, {mixed})), "a2 b1");
}

// One admitted list, with yes or no.
TEST(YesOrNo, OnlyListIsElectedWithMoreYesThanNo) {
    json::Object contest = statute_contest("luedenscheid-2020");
    contest.set("seat_method", "yes-no");
    contest.erase("seat_rules");
    contest.set("lists", json::Array{contest.find("lists")->get<json::Array>()->at(1)});
    contest.set("options",
                json::Array{json::Object{{"id", "yes"}, {"name", "Ja"}, {"list", "l2"}, {"whole_list", true}},
                            json::Object{{"id", "no"}, {"name", "Nein"}}});
    const StatuteCount count(contest);
    const Seats accepted = count.seats({{"yes", 51}, {"no", 50}});
    EXPECT_EQ(elected(accepted), "l2-1 l2-2 l2-3 l2-4 l2-5");
    EXPECT_EQ(accepted.empty, 1U);
    const Seats refused = count.seats({{"yes", 50}, {"no", 50}});
    EXPECT_EQ(elected(refused), "");
    EXPECT_EQ(refused.empty, 6U);
}

}  // namespace
}  // namespace stimme::tally
