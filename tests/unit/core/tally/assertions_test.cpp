// What must be true of totals for an outcome to stand (core/tally/assertions): worked cases, and for random
// rules and totals that it suffices and isn't too much.
#include "core/tally/assertions.h"

#include <algorithm>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/tally/seats.h"

namespace stimme::tally {
namespace {

using election::Exhausted;
using election::MajorityClause;
using election::SeatMethod;
using election::Threshold;
using Totals = std::vector<std::uint64_t>;

election::Contest contest(SeatMethod method, unsigned seats) {
    election::Contest result{};
    result.id = ContestId("board");
    result.seats = seats;
    result.votes_per_voter = 1;
    result.votes_per_option = 1;
    result.seat_rules.method = method;
    return result;
}

// Persons "a", "b", ...
election::Contest persons(SeatMethod method, unsigned seats, const std::string& letters) {
    election::Contest result = contest(method, seats);
    for (const char letter : letters) {
        const std::string id(1, letter);
        result.options.push_back({OptionId(id), id, {}, false});
    }
    return result;
}

// Closed lists "a", "b", ..., each with a vote for the whole and so many candidates.
election::Contest lists(SeatMethod method, unsigned seats, const std::vector<unsigned>& candidates) {
    election::Contest result = contest(method, seats);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        election::ListOfOptions list{std::string(1, static_cast<char>('a' + i)), "list"};
        for (unsigned k = 1; k <= candidates[i]; ++k)
            list.candidates.push_back({OptionId(fmt::format("{}-{}", list.id, k)), "name", {}});
        result.options.push_back({OptionId("w" + list.id), "list", list.id, false, true});
        result.lists.push_back(std::move(list));
    }
    return result;
}

std::vector<std::string> texts(const election::Contest& contest, const Totals& totals) {
    std::vector<std::string> result;
    const auto found = assertions(contest, totals);
    if (!found) return {found.error().code};
    for (const Assertion& assertion : *found) {
        std::string text = assertion.text + ":";
        for (const auto& term : assertion.terms) text += fmt::format(" {:+}[{}]", term.factor, term.position);
        if (assertion.constant != 0) text += fmt::format(" {:+}", assertion.constant);
        result.push_back(text);
    }
    return result;
}
using Texts = std::vector<std::string>;

TEST(Assertions, OfMostVotesCompareEachWinnerWithEachLoser) {
    EXPECT_EQ(texts(persons(SeatMethod::most_votes, 2, "abcd"), {9, 1, 7, 3}),
              (Texts{"a has more votes than b: +1[0] -1[1]", "c has more votes than b: -1[1] +1[2]",
                     "a has more votes than d: +1[0] -1[3]", "c has more votes than d: +1[2] -1[3]"}));
}

// Three seats, two with votes: the third must have none.
TEST(Assertions, WhereSeatsStayEmptySayWhoHasVotes) {
    EXPECT_EQ(texts(persons(SeatMethod::most_votes, 3, "abc"), {9, 0, 7}),
              (Texts{"a has a vote: +1[0]", "c has a vote: +1[2]", "b has no vote: -1[1] +1"}));
}

// 50, 30 and 10 votes, 3 seats by D'Hondt: 50, 30, 25. The last seats have 25 and 30, the next would have
// 50/3, 15, 10.
TEST(Assertions, OfDivisorsCompareLastQuotientsWithNextOnes) {
    EXPECT_EQ(texts(lists(SeatMethod::dhondt, 3, {5, 5, 5}), {50, 30, 10}),
              (Texts{"seat 2 of a comes before seat 2 of b: +2[0] -2[1]",
                     "seat 2 of a comes before seat 1 of c: +1[0] -2[2]",
                     "seat 1 of b comes before seat 3 of a: -1[0] +3[1]",
                     "seat 1 of b comes before seat 1 of c: +1[1] -1[2]"}));
}

// Sainte-Laguë: 50, 30, 50/3; the next would be 10, 10, 10.
TEST(Assertions, OfSainteLagueUseOddDivisors) {
    EXPECT_EQ(texts(lists(SeatMethod::sainte_lague, 3, {5, 5, 5}), {50, 30, 10}).front(),
              "seat 2 of a comes before seat 2 of b: +3[0] -3[1]");
}

// Who is full has no next quotient, and what they don't take comes from the others.
TEST(Assertions, LeaveOutListsThatAreFull) {
    EXPECT_EQ(texts(lists(SeatMethod::dhondt, 3, {1, 5}), {50, 30}),
              (Texts{"seat 1 of a comes before seat 3 of b: +3[0] -1[1]", "b has a vote: +1[1]"}));
}

// 5 seats, quotas 2.5, 1.75 and 0.75 of 100 votes: 2, 2, 1. E.g. for b's second against a's third seat:
// 5·35 - 5·50 - (2 - 2 - 1)·100 = 25.
TEST(Assertions, OfQuotasCompareRemaindersOverAllVotes) {
    const auto board = lists(SeatMethod::hare_niemeyer, 5, {9, 9, 9});
    const Totals totals{50, 35, 15};
    const auto found = assertions(board, totals);
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->size(), 6U);
    EXPECT_EQ((*found)[2].text, "seat 2 of b comes before seat 3 of a");
    EXPECT_EQ((*found)[2].terms, (std::vector<Assertion::Term>{{0, -4}, {1, 6}, {2, 1}}));
    EXPECT_EQ((*found)[2].value(totals), 25);
}

// 5 percent of 100 votes are 5.
TEST(Assertions, OfThresholdsHoldExactlyOnTheirSide) {
    auto board = lists(SeatMethod::sainte_lague, 9, {9, 9, 9});
    board.seat_rules.threshold = Threshold{Threshold::Unit::percent, 5};
    const auto sides = [&](const Totals& totals) {
        Texts result;
        for (const std::string& text : texts(board, totals)) {
            if (text.find("threshold") != std::string::npos) result.push_back(text.substr(0, text.find(':')));
        }
        return result;
    };
    EXPECT_EQ(sides({60, 35, 5}),
              (Texts{"a reaches the threshold", "b reaches the threshold"}));  // c is in, but without a seat
    EXPECT_EQ(sides({61, 35, 4}),
              (Texts{"c stays below the threshold", "a reaches the threshold", "b reaches the threshold"}));
    board.seats = 19;
    const auto found = assertions(board, Totals{60, 35, 5});
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->back().text, "c reaches the threshold");
    EXPECT_EQ(found->back().value(Totals{60, 35, 5}), 1);
    EXPECT_FALSE(found->back().holds(Totals{61, 35, 5}));
}

TEST(Assertions, OfOpenListsLetTheOrderDecideBetweenEqualVotes) {
    election::Contest board = contest(SeatMethod::sainte_lague, 1);
    board.lists.push_back({"a", "list"});
    board.list_order = election::ListOrder::votes;
    for (const char* id : {"a-1", "a-2", "a-3"}) board.options.push_back({OptionId(id), id, "a", false});
    EXPECT_EQ(texts(board, {1, 4, 4}),
              (Texts{"a has a vote: +1[0] +1[1] +1[2]", "a-2 has no fewer votes than a-3: +1[1] -1[2] +1",
                     "a-2 has more votes than a-1: -1[0] +1[1]"}));
}

TEST(Assertions, OfYesAndNoAreOne) {
    election::Contest board = lists(SeatMethod::yes_no, 3, {5});
    board.options.push_back({OptionId("no"), "no", {}, false});
    EXPECT_EQ(texts(board, {5, 4}), (Texts{"a has more yes than no: +1[0] -1[1]"}));
    EXPECT_EQ(texts(board, {4, 4}), (Texts{"a has no more yes than no: -1[0] +1[1] +1"}));
}

TEST(Assertions, OfAMajorityClauseSayThatItIsNotDue) {
    auto board = lists(SeatMethod::hare_niemeyer, 5, {9, 9, 9});
    board.seat_rules.majority_clause = MajorityClause::within_seats;
    const Texts found = texts(board, {42, 35, 23});
    EXPECT_NE(
        std::find(found.begin(), found.end(), "a has no more than half of all votes: -1[0] +1[1] +1[2] +1"),
        found.end());
    // Quotas 2.525, 1.75, 0.725: without the clause 2, 2, 1.
    EXPECT_EQ(texts(board, {101, 70, 29}), Texts{"not-auditable"});
}

TEST(Assertions, AreNoneWhereALotOrALimitDecides) {
    EXPECT_EQ(texts(persons(SeatMethod::most_votes, 1, "ab"), {3, 3}), Texts{"not-auditable"});
    EXPECT_EQ(texts(lists(SeatMethod::dhondt, 1, {3, 3}), {3, 3}), Texts{"not-auditable"});
    auto limited = persons(SeatMethod::most_votes, 1, "ab");
    limited.seat_rules.limits.push_back({"x", 0, 1});
    const auto found = assertions(limited, Totals{3, 2});
    ASSERT_FALSE(found.ok());
    EXPECT_NE(found.error().message.find("all groups must be counted by hand"), std::string::npos);
}

TEST(Assertions, AreRefusedWhereTheyWouldFillTheMemory) {
    election::Contest board = contest(SeatMethod::hare_niemeyer, 200);
    Totals totals;
    for (int i = 0; i < 200; ++i) {
        const std::string id = fmt::format("p{}", i);
        board.options.push_back({OptionId(id), id, {}, false});
        totals.push_back(1000);
    }
    EXPECT_EQ(texts(board, totals), Texts{"not-auditable"});
}

// 3 votes, up to 2 for one: at worst two for the one and one for the other that weigh most.
TEST(Assertions, KnowTheLeastThatABallotAdds) {
    auto board = persons(SeatMethod::most_votes, 1, "abcd");
    board.votes_per_voter = 3;
    board.votes_per_option = 2;
    EXPECT_TRUE((Assertion{"", {{0, 4}, {1, -3}, {2, -5}, {3, -1}}, 7}.least_of_a_ballot(board) == -13));
    EXPECT_TRUE((Assertion{"", {{0, 4}}, 7}.least_of_a_ballot(board) == 0));
}

// Random rules, and totals near each other, so that outcomes are sometimes the same and sometimes not.
class RandomContests {
  public:
    explicit RandomContests(unsigned seed) : chance_(seed) {}

    unsigned up_to(unsigned most) { return static_cast<unsigned>(chance_() % (most + 1)); }

    election::Contest contest() {
        constexpr SeatMethod methods[] = {SeatMethod::most_votes, SeatMethod::sainte_lague,
                                          SeatMethod::dhondt, SeatMethod::hare_niemeyer, SeatMethod::yes_no};
        const SeatMethod method = methods[up_to(4)];
        election::Contest result = tally::contest(method, 1 + up_to(6));
        if (method == SeatMethod::yes_no) {
            result = lists(method, 2, {3});
            result.options.push_back({OptionId("no"), "no", {}, false});
            return result;
        }
        if (method == SeatMethod::most_votes) {
            result = persons(method, result.seats, std::string("abcdef").substr(0, 2 + up_to(4)));
        } else {
            add_lists(result);
            if (up_to(3) == 0) result.seat_rules.majority_clause = static_cast<MajorityClause>(1 + up_to(1));
            result.seat_rules.exhausted = static_cast<Exhausted>(up_to(1));
        }
        if (up_to(2) == 0) {
            const auto unit = static_cast<Threshold::Unit>(up_to(2));
            const std::uint64_t most = unit == Threshold::Unit::per_mille ? 300 : 30;
            result.seat_rules.threshold = Threshold{unit, 1 + up_to(static_cast<unsigned>(most))};
        }
        result.invalid_option = true;
        return result;
    }

    Totals totals(const election::Contest& contest) {
        Totals result(contest.positions());
        const unsigned most = up_to(3) == 0 ? 4 : 60;
        for (auto& total : result) total = up_to(4) == 0 ? 0 : up_to(most);
        return result;
    }

    Totals near(Totals totals) {
        for (auto& total : totals) {
            if (up_to(1) == 0) continue;
            const unsigned step = up_to(4);
            total = up_to(1) == 0 ? total + step : total - std::min<std::uint64_t>(step, total);
        }
        return totals;
    }

  private:
    void add_lists(election::Contest& contest) {
        const bool open = up_to(1) == 0;
        if (open) contest.list_order = election::ListOrder::votes;
        for (const char* id : {"a", "b", "c"}) {
            election::ListOfOptions list{id, "list"};
            for (unsigned k = 0; k <= up_to(4); ++k) {
                const std::string name = fmt::format("{}-{}", id, k);
                if (open) contest.options.push_back({OptionId(name), name, list.id, false});
                if (!open) list.candidates.push_back({OptionId(name), name, {}});
            }
            if (!open)
                contest.options.push_back({OptionId(fmt::format("w{}", id)), id, list.id, false, true});
            if (up_to(3) == 0)
                contest.options.push_back({OptionId(fmt::format("x{}", id)), id, list.id, true});
            contest.lists.push_back(std::move(list));
        }
        if (up_to(1) == 0) contest.options.push_back({OptionId("e"), "e", {}, false});
    }

    std::mt19937 chance_;
};

// Who is elected, as a set, and the seats of each list.
std::string outcome(const Seats& seats) {
    const std::set<OptionId> elected(seats.elected.begin(), seats.elected.end());
    std::string text;
    for (const OptionId& id : elected) text += id.str() + " ";
    for (const ListSeats& list : seats.lists) text += fmt::format("{}:{} ", list.list.str(), list.seats);
    return text;
}

TEST(Assertions, ThatHoldMakeTheOutcomeWhateverTheTotalsAre) {
    RandomContests random(20'260'101);
    unsigned auditable = 0;
    unsigned confirmed = 0;
    unsigned other = 0;
    for (int i = 0; i < 4000; ++i) {
        const election::Contest contest = random.contest();
        const Totals totals = random.totals(contest);
        const auto found = assertions(contest, totals);
        if (!found) continue;
        ++auditable;
        const Seats reported = assign_seats(contest, totals, {});
        ASSERT_FALSE(reported.open_tie);
        for (const Assertion& assertion : *found) ASSERT_TRUE(assertion.holds(totals)) << i << assertion.text;
        for (int k = 0; k < 20; ++k) {
            const Totals others = random.near(totals);
            const Seats real = assign_seats(contest, others, {});
            const bool same = !real.open_tie && outcome(real) == outcome(reported);
            const bool all = std::all_of(found->begin(), found->end(),
                                         [&](const Assertion& each) { return each.holds(others); });
            ASSERT_TRUE(same || !all) << i << " " << outcome(reported) << " / " << outcome(real);
            confirmed += all ? 1 : 0;
            other += same ? 0 : 1;
        }
    }
    EXPECT_GT(auditable, 2000U);
    EXPECT_GT(confirmed, 10'000U);
    EXPECT_GT(other, 10'000U);
}

// Where no lot decides and no clause gives seats, there are assertions. (By Hare/Niemeyer with full lists a
// lot in between may not matter in the end.)
TEST(Assertions, AreThereWhereverNeitherALotNorAClauseDecides) {
    RandomContests random(20'260'102);
    for (int i = 0; i < 4000; ++i) {
        election::Contest contest = random.contest();
        contest.seat_rules.majority_clause = MajorityClause::none;
        if (contest.seat_rules.method == SeatMethod::hare_niemeyer)
            contest.seat_rules.exhausted = Exhausted::stay_empty;
        const Totals totals = random.totals(contest);
        ASSERT_EQ(assertions(contest, totals).ok(), !assign_seats(contest, totals, {}).open_tie) << i;
    }
}

}  // namespace
}  // namespace stimme::tally
