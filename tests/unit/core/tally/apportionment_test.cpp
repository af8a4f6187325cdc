// Seats on plain totals: published results, the rules around the methods, ties and lots, and what each method
// promises whatever the votes are (core/tally/apportionment).
#include "core/tally/apportionment.h"

#include <algorithm>
#include <numeric>
#include <random>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/support/files.h"

namespace stimme::tally {
namespace {

using election::Exhausted;
using election::MajorityClause;
using election::SeatMethod;
using election::SeatRules;
using election::Threshold;
using Votes = std::vector<std::uint64_t>;

SeatRules by(SeatMethod method) {
    SeatRules rules;
    rules.method = method;
    return rules;
}

// Lists "a", "b", ... with these votes.
std::vector<Claim> lists(const Votes& votes) {
    std::vector<Claim> claims;
    for (const std::uint64_t number : votes)
        claims.push_back({std::string(1, static_cast<char>('a' + claims.size())), number, std::nullopt, ""});
    return claims;
}

// The same, with so many candidates each.
std::vector<Claim> lists(const Votes& votes, const Votes& candidates) {
    std::vector<Claim> claims = lists(votes);
    for (std::size_t i = 0; i < claims.size(); ++i) claims[i].candidates = candidates[i];
    return claims;
}

// "4,2,0,0", then " empty 1", then " tie 1abc".
std::string outcome(const Apportionment& found) {
    std::string text = fmt::format("{}", fmt::join(found.seats, ","));
    if (found.empty > 0) text += fmt::format(" empty {}", found.empty);
    if (found.open_tie)
        text += fmt::format(" tie {}{}", found.open_tie->seats, fmt::join(found.open_tie->between, ""));
    return text;
}

std::string outcome(const SeatRules& rules, std::uint64_t seats, const std::vector<Claim>& claims,
                    const std::vector<Lot>& lots = {}) {
    return outcome(apportion(rules, seats, claims, lots));
}

Lot lot(std::uint64_t seats, const std::string& between, const std::string& drawn) {
    Lot result{{seats, {}}, {}};
    for (const char name : between) result.tie.between.emplace_back(1, name);
    for (const char name : drawn) result.drawn.emplace_back(1, name);
    return result;
}

constexpr SeatMethod proportional[] = {SeatMethod::sainte_lague, SeatMethod::dhondt,
                                       SeatMethod::hare_niemeyer};

// Real and textbook results: tests/vectors/seats.json.
TEST(PublishedSeats, EachMethodGivesThem) {
    const json::Value document = test::read_test_json("vectors/seats.json");
    json::Problems problems;
    const json::Value wrapped = json::Object{{"cases", document}};
    json::Fields in(wrapped, problems);
    std::size_t compared = 0;
    in.each("cases", 1, 100, [&](json::Fields& item) {
        const std::string name = item.text("case");
        const auto seats = static_cast<std::uint64_t>(item.integer("seats", 1, 10'000));
        std::vector<Claim> claims;
        for (const std::int64_t votes : item.integers("votes", 1, 100, 0, json::max_integer))
            claims.push_back({std::to_string(claims.size()), static_cast<std::uint64_t>(votes), {}, ""});
        json::Fields expected = item.object("expected");
        for (const SeatMethod method : proportional) {
            json::Fields answer = expected.object(election::to_string(method));
            const Apportionment found = apportion(by(method), seats, claims, {});
            if (answer.has("seats")) {
                const auto right = answer.integers("seats", 1, 100, 0, json::max_integer);
                EXPECT_EQ(std::vector<std::int64_t>(found.seats.begin(), found.seats.end()), right) << name;
                EXPECT_FALSE(found.open_tie) << name;
            } else {
                ASSERT_TRUE(found.open_tie) << name;
                std::vector<std::string> right;
                for (const std::int64_t index : answer.integers("tie_between", 2, 100, 0, 100))
                    right.push_back(std::to_string(index));
                EXPECT_EQ(found.open_tie->between, right) << name;
            }
            answer.finish();
            ++compared;
        }
    });
    in.finish();
    EXPECT_TRUE(problems.empty()) << problems.all().front().pointer << problems.all().front().message;
    EXPECT_EQ(compared, 21U);
}

TEST(Apportionment, StepsShowTheTableOfQuotients) {
    const Apportionment found = apportion(by(SeatMethod::sainte_lague), 3, lists({50, 30, 9}), {});
    EXPECT_EQ(outcome(found), "2,1,0");
    ASSERT_EQ(found.steps.size(), 2U);
    const std::vector<std::vector<std::string>> right = {{"divisor", "a", "b", "c"},
                                                         {"1", "50 [1]", "30 [2]", "9"},
                                                         {"3", "16 2/3 [3]", "10", ""},
                                                         {"5", "10", "", ""}};
    EXPECT_EQ(found.steps[1].table, right);
}

TEST(Apportionment, StepsShowQuotasAndRemainders) {
    const Apportionment found = apportion(by(SeatMethod::hare_niemeyer), 4, lists({50, 30, 10}), {});
    EXPECT_EQ(outcome(found), "2,1,1");
    const std::vector<std::vector<std::string>> right = {
        {"list", "votes", "votes x seats", "whole", "remainder", "one more"},
        {"a", "50", "200", "2", "20/90", ""},
        {"b", "30", "120", "1", "30/90", ""},
        {"c", "10", "40", "0", "40/90", "1"}};
    EXPECT_EQ(found.steps[1].table, right);
}

TEST(Apportionment, VotesBeyond64BitsOfProductsAreExact) {
    const std::uint64_t most = (std::uint64_t{1} << 53) - 1;
    // Of 1,000 seats each must have 500; one vote less may not turn a remainder or a quotient around.
    for (const SeatMethod method : proportional)
        EXPECT_EQ(outcome(by(method), 999, lists({most, most - 1})), "500,499");
}

TEST(Apportionment, NobodyGetsSeatsWithoutVotes) {
    for (const SeatMethod method : proportional) {
        EXPECT_EQ(outcome(by(method), 3, lists({0, 0})), "0,0 empty 3");
        EXPECT_EQ(outcome(by(method), 3, lists({0, 7})), "0,3");
    }
    EXPECT_EQ(outcome(by(SeatMethod::most_votes), 3, lists({0, 7})), "0,1 empty 2");
}

TEST(Ties, AreNamedAndStopTheCount) {
    EXPECT_EQ(outcome(by(SeatMethod::dhondt), 9, lists({60, 120, 40})), "2,5,1 tie 1abc");
    EXPECT_EQ(outcome(by(SeatMethod::sainte_lague), 1, lists({5, 5, 4})), "0,0,0 tie 1ab");
    EXPECT_EQ(outcome(by(SeatMethod::hare_niemeyer), 5, lists({10, 10, 10})), "1,1,1 tie 2abc");
}

// Hessen, KWG section 22 (3): „Über die Zuteilung des letzten Sitzes entscheidet bei gleichen
// Zahlenbruchteilen das vom Wahlleiter zu ziehende Los.“
TEST(Ties, AreSettledByTheirLot) {
    EXPECT_EQ(outcome(by(SeatMethod::dhondt), 9, lists({60, 120, 40}), {lot(1, "abc", "c")}), "2,5,2");
    EXPECT_EQ(outcome(by(SeatMethod::hare_niemeyer), 5, lists({10, 10, 10}), {lot(2, "abc", "ca")}), "2,1,2");
}

TEST(Ties, AreNotSettledByAnyOtherLot) {
    const auto with = [](const Lot& drawn) {
        return outcome(by(SeatMethod::dhondt), 9, lists({60, 120, 40}), {drawn});
    };
    for (const Lot& drawn : {lot(1, "ab", "a"), lot(2, "abc", "ab"), lot(1, "abc", "d"), lot(1, "abc", "ab"),
                             lot(1, "cba", "a"), lot(1, "abc", "")})
        EXPECT_EQ(with(drawn), "2,5,1 tie 1abc");
    EXPECT_EQ(outcome(by(SeatMethod::hare_niemeyer), 5, lists({10, 10, 10}), {lot(2, "abc", "aa")}),
              "1,1,1 tie 2abc");
}

TEST(Ties, LotsThatWereDueAreNamed) {
    const std::vector<Lot> lots = {lot(1, "ab", "a"), lot(1, "abc", "b")};
    EXPECT_EQ(apportion(by(SeatMethod::dhondt), 9, lists({60, 120, 40}), lots).lots,
              std::vector<std::size_t>{1});
}

// § 22 (2) of the rules for personnel councils of Nordrhein-Westfalen: „so fallen die überschüssigen Sitze
// den übrigen Listen […] in der Reihenfolge der nächsten Höchstzahlen zu“
TEST(Candidates, SeatsWithoutACandidateGoToTheNextQuotient) {
    EXPECT_EQ(outcome(by(SeatMethod::dhondt), 5, lists({80, 30, 9}, {2, 9, 9})), "2,3,0");
    EXPECT_EQ(outcome(by(SeatMethod::sainte_lague), 5, lists({80, 30, 9}, {2, 9, 9})), "2,2,1");
    EXPECT_EQ(outcome(by(SeatMethod::hare_niemeyer), 5, lists({80, 30, 9}, {2, 9, 9})), "2,2,1");
}

TEST(Candidates, SeatsThatNobodyIsLeftForStayEmpty) {
    for (const SeatMethod method : proportional)
        EXPECT_EQ(outcome(by(method), 5, lists({80, 30}, {2, 1})), "2,1 empty 2");
}

// Aachen, Wahlordnung section 31 (2) no. 5: „Entfallen bei der Sitzverteilung auf einen Vorschlag mehr Sitze,
// als Bewerber benannt sind, bleiben diese Sitze unbesetzt.“
TEST(Candidates, SeatsWithoutACandidateStayEmptyWhereTheStatuteSaysSo) {
    for (const SeatMethod method : proportional) {
        SeatRules rules = by(method);
        rules.exhausted = Exhausted::stay_empty;
        EXPECT_EQ(outcome(rules, 4, lists({75, 25}, {1, 9})), "1,1 empty 2");
    }
}

TEST(Candidates, AListWithoutOneLeftIsInNoTie) {
    EXPECT_EQ(outcome(by(SeatMethod::dhondt), 3, lists({40, 20}, {1, 9})), "1,2");
    EXPECT_EQ(outcome(by(SeatMethod::hare_niemeyer), 3, lists({10, 10}, {1, 9})), "1,2");
}

TEST(Thresholds, ListsBelowThemGetNothing) {
    SeatRules rules = by(SeatMethod::sainte_lague);
    rules.threshold = Threshold{Threshold::Unit::percent, 5};
    EXPECT_EQ(outcome(rules, 20, lists({900, 51, 49})), "19,1,0");
    rules.threshold = Threshold{Threshold::Unit::votes, 52};
    EXPECT_EQ(outcome(rules, 20, lists({900, 51, 49})), "20,0,0");
    rules.threshold = Threshold{Threshold::Unit::per_mille, 49};
    EXPECT_EQ(outcome(rules, 20, lists({900, 51, 49})), "18,1,1");
}

TEST(Thresholds, AreReachedExactly) {
    const Threshold five{Threshold::Unit::percent, 5};
    EXPECT_TRUE(five.reached(5, 100));
    EXPECT_TRUE(five.reached(1, 20));
    EXPECT_FALSE(five.reached(4'999'999'999'999, 100'000'000'000'000));
    EXPECT_TRUE(five.reached(5'000'000'000'000, 100'000'000'000'000));
    EXPECT_TRUE((Threshold{Threshold::Unit::per_mille, 25}).reached(25, 1000));
    EXPECT_FALSE((Threshold{Threshold::Unit::per_mille, 25}).reached(24, 999));
}

// Hessen, KWG section 22 (4): „Erhält […] der Wahlvorschlag […], auf den mehr als die Hälfte der Stimmenzahl
// aller an der Sitzverteilung teilnehmenden Wahlvorschläge entfallen ist, nicht mehr als die Hälfte der
// insgesamt zu vergebenden Sitze“, it gets one of those by remainder first.
TEST(MajorityClauses, MajorityOfVotesBecomesMajorityOfSeats) {
    SeatRules rules = by(SeatMethod::hare_niemeyer);
    // Quotas 4.521, 2.214, 2.265: 4 of 9 whole seats, and the remainders give it one anyway.
    EXPECT_EQ(outcome(rules, 9, lists({5023, 2460, 2517})), "5,2,2");
    // Quotas 5.05, 3.45, 1.5 of 10: 5 seats without the clause.
    EXPECT_EQ(outcome(rules, 10, lists({505, 345, 150})), "5,3,2");
    rules.majority_clause = MajorityClause::within_seats;
    EXPECT_EQ(outcome(rules, 10, lists({505, 345, 150})), "6,3,1");
    EXPECT_EQ(outcome(rules, 9, lists({5023, 2460, 2517})), "5,2,2");
}

TEST(MajorityClauses, HoldForQuotientsToo) {
    SeatRules rules = by(SeatMethod::sainte_lague);
    EXPECT_EQ(outcome(rules, 10, lists({505, 345, 150})), "5,3,2");
    rules.majority_clause = MajorityClause::within_seats;
    EXPECT_EQ(outcome(rules, 10, lists({505, 345, 150})), "6,3,1");
    rules.majority_clause = MajorityClause::extra_seats;
    EXPECT_EQ(outcome(rules, 10, lists({505, 345, 150})), "6,3,2");
}

TEST(MajorityClauses, HalfOfTheVotesIsNone) {
    for (const auto clause : {MajorityClause::within_seats, MajorityClause::extra_seats}) {
        SeatRules rules = by(SeatMethod::sainte_lague);
        rules.majority_clause = clause;
        EXPECT_EQ(outcome(rules, 2, lists({50, 30, 20})), "1,1,0");
    }
}

TEST(MajorityClauses, NeedNoLotForTheSeatThatTheyGive) {
    SeatRules rules = by(SeatMethod::hare_niemeyer);
    // Quotas 2.4, 1.4, 0.2 of 4.
    EXPECT_EQ(outcome(rules, 4, lists({12, 7, 1})), "2,1,0 tie 1ab");
    rules.majority_clause = MajorityClause::within_seats;
    EXPECT_EQ(outcome(rules, 4, lists({12, 7, 1})), "3,1,0");
}

TEST(MajorityClauses, MayLeaveTheOthersTied) {
    SeatRules rules = by(SeatMethod::hare_niemeyer);
    // Quotas 2.5, 0.75, 0.75 of 4.
    EXPECT_EQ(outcome(rules, 4, lists({10, 3, 3})), "2,1,1");
    rules.majority_clause = MajorityClause::within_seats;
    EXPECT_EQ(outcome(rules, 4, lists({10, 3, 3})), "3,0,0 tie 1bc");
}

TEST(MajorityClauses, ExtraSeatsCoverTheMajorityExactly) {
    SeatRules rules = by(SeatMethod::hare_niemeyer);
    rules.majority_clause = MajorityClause::extra_seats;
    std::mt19937 random(8);
    for (int i = 0; i < 2000; ++i) {
        Votes votes(2 + random() % 5);
        for (auto& number : votes) number = random() % 200;
        votes[0] += std::accumulate(votes.begin(), votes.end(), std::uint64_t{0});
        const std::uint64_t seats = 1 + random() % 15;
        const Apportionment found = apportion(rules, seats, lists(votes), {});
        if (found.open_tie || votes[0] == 0 ||
            2 * votes[0] == std::accumulate(votes.begin(), votes.end(), 0U))
            continue;
        const std::uint64_t board = std::accumulate(found.seats.begin(), found.seats.end(), std::uint64_t{0});
        ASSERT_GT(2 * found.seats[0], board);
        ASSERT_TRUE(board == seats || 2 * found.seats[0] == board + 1);
    }
}

// Random votes, small enough that ties occur.
struct Draw {
    std::vector<Claim> claims;
    std::uint64_t seats;
};
Draw draw(std::mt19937& random) {
    Votes votes(1 + random() % 7);
    const std::uint64_t most = random() % 2 == 0 ? 30 : 1'000'000;
    for (auto& number : votes) number = random() % most;
    Draw result{lists(votes), 1 + random() % 30};
    for (Claim& claim : result.claims) {
        if (random() % 4 == 0) claim.candidates = random() % 6;
    }
    return result;
}

// Draws lots until no tie is open.
Apportionment settled(const SeatRules& rules, std::uint64_t seats, const std::vector<Claim>& claims) {
    std::vector<Lot> lots;
    Apportionment found = apportion(rules, seats, claims, lots);
    while (found.open_tie) {
        const Tie& tie = *found.open_tie;
        EXPECT_LT(tie.seats, tie.between.size());
        lots.push_back(
            {tie, {tie.between.end() - static_cast<std::ptrdiff_t>(tie.seats), tie.between.end()}});
        found = apportion(rules, seats, claims, lots);
    }
    return found;
}

std::uint64_t sum(const std::vector<std::uint64_t>& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0});
}

std::vector<SeatRules> all_rules() {
    std::vector<SeatRules> all;
    for (const SeatMethod method : proportional) {
        for (const auto exhausted : {Exhausted::next_quotient, Exhausted::stay_empty}) {
            for (const auto clause :
                 {MajorityClause::none, MajorityClause::within_seats, MajorityClause::extra_seats}) {
                SeatRules rules = by(method);
                rules.exhausted = exhausted;
                rules.majority_clause = clause;
                all.push_back(rules);
            }
        }
    }
    return all;
}

TEST(Properties, SeatsAddUpAndNobodyHasMoreThanCandidates) {
    std::mt19937 random(1);
    for (int i = 0; i < 3000; ++i) {
        const Draw d = draw(random);
        for (const SeatRules& rules : all_rules()) {
            const Apportionment found = settled(rules, d.seats, d.claims);
            const std::uint64_t given = sum(found.seats) + found.empty;
            if (rules.majority_clause == MajorityClause::extra_seats) {
                ASSERT_GE(given, d.seats);
            } else {
                ASSERT_EQ(given, d.seats);
            }
            for (std::size_t k = 0; k < d.claims.size(); ++k)
                ASSERT_LE(found.seats[k], d.claims[k].candidates.value_or(2 * d.seats));
        }
    }
}

TEST(Properties, HareNiemeyerKeepsTheQuota) {
    std::mt19937 random(2);
    for (int i = 0; i < 5000; ++i) {
        Draw d = draw(random);
        for (Claim& claim : d.claims) claim.candidates.reset();
        const Apportionment found = settled(by(SeatMethod::hare_niemeyer), d.seats, d.claims);
        std::uint64_t votes = 0;
        for (const Claim& claim : d.claims) votes += claim.votes;
        if (votes == 0) continue;
        for (std::size_t k = 0; k < d.claims.size(); ++k) {
            const std::uint64_t quota = d.claims[k].votes * d.seats / votes;
            ASSERT_GE(found.seats[k], quota);
            ASSERT_LE(found.seats[k], quota + 1);
        }
    }
}

TEST(Properties, DHondtNeverGoesBelowTheQuota) {
    std::mt19937 random(3);
    for (int i = 0; i < 5000; ++i) {
        Draw d = draw(random);
        for (Claim& claim : d.claims) claim.candidates.reset();
        const Apportionment found = settled(by(SeatMethod::dhondt), d.seats, d.claims);
        std::uint64_t votes = 0;
        for (const Claim& claim : d.claims) votes += claim.votes;
        for (std::size_t k = 0; k < d.claims.size() && votes > 0; ++k)
            ASSERT_GE(found.seats[k], d.claims[k].votes * d.seats / votes);
    }
}

// Of a larger board nobody gets fewer seats; that is what Hare/Niemeyer can't promise (the Alabama paradox).
TEST(Properties, QuotientMethodsGrowWithTheBoard) {
    std::mt19937 random(4);
    for (int i = 0; i < 3000; ++i) {
        const Draw d = draw(random);
        for (const SeatMethod method : {SeatMethod::sainte_lague, SeatMethod::dhondt}) {
            const Apportionment small = apportion(by(method), d.seats, d.claims, {});
            const Apportionment large = settled(by(method), d.seats + 1, d.claims);
            for (std::size_t k = 0; k < d.claims.size(); ++k) ASSERT_GE(large.seats[k], small.seats[k]);
        }
    }
}

// Who has more votes, the others the same, doesn't lose a seat.
TEST(Properties, MoreVotesNeverCostASeat) {
    std::mt19937 random(5);
    for (int i = 0; i < 3000; ++i) {
        Draw d = draw(random);
        for (const SeatMethod method : proportional) {
            if (method == SeatMethod::hare_niemeyer)
                for (Claim& claim : d.claims) claim.candidates.reset();
            const Apportionment before = apportion(by(method), d.seats, d.claims, {});
            const std::size_t k = random() % d.claims.size();
            auto claims = d.claims;
            claims[k].votes += 1 + random() % 20;
            const Apportionment after = apportion(by(method), d.seats, claims, {});
            std::uint64_t possible = after.seats[k];
            if (after.open_tie) {
                const auto& between = after.open_tie->between;
                possible +=
                    std::find(between.begin(), between.end(), claims[k].id) != between.end() ? 1U : 0U;
            }
            ASSERT_GE(possible, before.seats[k]);
        }
    }
}

TEST(Properties, OrderOfTheListsIsIrrelevant) {
    std::mt19937 random(6);
    for (int i = 0; i < 2000; ++i) {
        const Draw d = draw(random);
        std::vector<std::size_t> order(d.claims.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::shuffle(order.begin(), order.end(), random);
        std::vector<Claim> shuffled;
        for (const std::size_t k : order) shuffled.push_back(d.claims[k]);
        std::vector<SeatRules> rules = all_rules();
        rules.push_back(by(SeatMethod::most_votes));
        for (const SeatRules& each : rules) {
            const Apportionment straight = apportion(each, d.seats, d.claims, {});
            const Apportionment mixed = apportion(each, d.seats, shuffled, {});
            for (std::size_t k = 0; k < order.size(); ++k)
                ASSERT_EQ(mixed.seats[k], straight.seats[order[k]]);
            ASSERT_EQ(mixed.empty, straight.empty);
            ASSERT_EQ(mixed.open_tie.has_value(), straight.open_tie.has_value());
            if (!mixed.open_tie) continue;
            auto a = mixed.open_tie->between, b = straight.open_tie->between;
            std::sort(a.begin(), a.end());
            std::sort(b.begin(), b.end());
            ASSERT_EQ(a, b);
            ASSERT_EQ(mixed.open_tie->seats, straight.open_tie->seats);
        }
    }
}

// Sainte-Laguë as statutes put it: some divisor by which all votes are divided and rounded gives these seats.
TEST(Properties, SainteLagueRoundsByOneDivisor) {
    std::mt19937 random(7);
    for (int i = 0; i < 3000; ++i) {
        Draw d = draw(random);
        for (Claim& claim : d.claims) claim.candidates.reset();
        const Apportionment found = settled(by(SeatMethod::sainte_lague), d.seats, d.claims);
        // The smallest quotient with a seat is at least the largest without one.
        for (std::size_t k = 0; k < d.claims.size(); ++k) {
            for (std::size_t m = 0; m < d.claims.size() && found.seats[k] > 0; ++m) {
                ASSERT_GE(d.claims[k].votes * (2 * found.seats[m] + 1),
                          d.claims[m].votes * (2 * found.seats[k] - 1));
            }
        }
    }
}

}  // namespace
}  // namespace stimme::tally
