// Seats by most votes, ties and lots: core/tally/seats.
#include "core/tally/seats.h"

#include <gtest/gtest.h>

namespace stimme::tally {
namespace {

using Totals = std::vector<std::uint64_t>;

std::vector<OptionId> options(const std::string& letters) {
    std::vector<OptionId> result;
    for (const char letter : letters) result.emplace_back(std::string(1, letter));
    return result;
}

std::string text(const std::vector<OptionId>& ids) {
    std::string result;
    for (const OptionId& id : ids) result += id.str();
    return result;
}

election::Contest contest(unsigned seats, const std::string& letters) {
    election::Contest result{};
    result.id = ContestId("board");
    result.seats = seats;
    for (const OptionId& id : options(letters)) result.options.push_back({id, id.str(), {}, false});
    return result;
}

events::LotDrawn lot_drawn(std::uint64_t seats, const std::string& between, const std::string& drawn) {
    return {ContestId("board"), seats, options(between), options(drawn), "by hand", {}};
}

// "ab|c|de": elected, substitutes, and between whom the tie is, with its seats in front.
std::string seats_of(unsigned seats, const Totals& totals, const std::vector<events::LotDrawn>& lots = {}) {
    const Seats found =
        assign_seats(contest(seats, std::string("abcdefgh").substr(0, totals.size())), totals, lots);
    std::string result = text(found.elected) + "|" + text(found.substitutes);
    if (found.open_tie) result += "|" + std::to_string(found.open_tie->seats) + text(found.open_tie->between);
    return result;
}

TEST(MostVotes, MostVotesWin) {
    EXPECT_EQ(seats_of(2, {3, 9, 5, 4}), "bc|da");
}

TEST(MostVotes, OptionsWithoutAVoteAreNeverElected) {
    EXPECT_EQ(seats_of(3, {0, 4, 0}), "b|");
    EXPECT_EQ(seats_of(1, {0, 0, 0}), "|");
}

TEST(MostVotes, EqualVotesWithSeatsForAllAreNoTie) {
    EXPECT_EQ(seats_of(2, {5, 5, 3}), "ab|c");
    EXPECT_EQ(seats_of(3, {5, 5, 5}), "abc|");
}

TEST(MostVotes, EqualVotesForTheLastSeatsAreATie) {
    EXPECT_EQ(seats_of(2, {5, 9, 5, 1}), "b|d|1ac");
    EXPECT_EQ(seats_of(2, {5, 5, 5}), "||2abc");
    EXPECT_EQ(seats_of(1, {5, 5}), "||1ab");
}

TEST(MostVotes, LotSettlesItsTie) {
    EXPECT_EQ(seats_of(2, {5, 9, 5, 1}, {lot_drawn(1, "ac", "c")}), "bc|ad");
    EXPECT_EQ(seats_of(2, {5, 5, 5}, {lot_drawn(2, "abc", "ca")}), "ca|b");
}

TEST(MostVotes, LotOverOtherFiguresSettlesNothing) {
    EXPECT_EQ(seats_of(2, {5, 9, 5, 1}, {lot_drawn(1, "ab", "a")}), "b|d|1ac");
    EXPECT_EQ(seats_of(2, {6, 9, 5, 1}, {lot_drawn(1, "ac", "c")}), "ba|cd");
}

TEST(MostVotes, LotOfAnotherContestSettlesNothing) {
    auto other = lot_drawn(1, "ac", "c");
    other.contest = ContestId("mayor");
    EXPECT_EQ(seats_of(2, {5, 9, 5, 1}, {other}), "b|d|1ac");
}

TEST(MostVotes, InvalidBlankAndSeparatelyCountedAreNoCandidates) {
    auto board = contest(1, "abc");
    board.invalid_option = board.blank_option = true;
    board.options[2].outside_sum = true;
    EXPECT_EQ(text(assign_seats(board, Totals{1, 2, 50, 60, 70}, {}).elected), "b");
}

// Every result of three options with 0 to 3 votes, for 1 to 3 seats.
TEST(MostVotes, EveryTieIsExact) {
    for (std::uint64_t n = 0; n < 64; ++n) {
        const Totals totals{n % 4, n / 4 % 4, n / 16};
        for (unsigned seats = 1; seats <= 3; ++seats) {
            const Seats found = assign_seats(contest(seats, "abc"), totals, {});
            const auto votes = [&](const OptionId& id) {
                return totals[static_cast<std::size_t>(id.str()[0] - 'a')];
            };
            std::size_t with_votes = 0;
            for (const std::uint64_t total : totals) with_votes += total > 0 ? 1 : 0;
            const std::size_t open = found.open_tie ? found.open_tie->seats : 0;
            ASSERT_EQ(found.elected.size() + open, std::min<std::size_t>(seats, with_votes));
            for (const OptionId& winner : found.elected) {
                ASSERT_GT(votes(winner), 0U);
                for (const OptionId& other : found.substitutes) ASSERT_GE(votes(winner), votes(other));
            }
            if (!found.open_tie) continue;
            ASSERT_GT(found.open_tie->between.size(), open);
            for (const OptionId& id : found.open_tie->between) {
                ASSERT_EQ(votes(id), votes(found.open_tie->between[0]));
            }
        }
    }
}

class LotTest : public ::testing::Test {
  protected:
    std::string verdict(const events::LotDrawn& drawn, const std::vector<events::LotDrawn>& earlier = {}) {
        const Status status = check_lot(contest(2, "abcd"), totals, earlier, drawn);
        return status ? "" : status.error().code;
    }
    Totals totals{5, 9, 5, 1};
};

TEST_F(LotTest, LotOverTheOpenTieMayBeRecorded) {
    EXPECT_EQ(verdict(lot_drawn(1, "ac", "a")), "");
}

TEST_F(LotTest, LotWhereNoneIsDueIsRefused) {
    totals = {6, 9, 5, 1};
    EXPECT_EQ(verdict(lot_drawn(1, "ac", "a")), "lot-not-due");
}

TEST_F(LotTest, SecondLotIsRefused) {
    EXPECT_EQ(verdict(lot_drawn(1, "ac", "c"), {lot_drawn(1, "ac", "a")}), "lot-not-due");
}

TEST_F(LotTest, LotNamingOthersIsRefused) {
    EXPECT_EQ(verdict(lot_drawn(1, "ad", "a")), "lot-wrong");
    EXPECT_EQ(verdict(lot_drawn(1, "acd", "a")), "lot-wrong");
    EXPECT_EQ(verdict(lot_drawn(1, "ca", "a")), "lot-wrong");
    EXPECT_EQ(verdict(lot_drawn(1, "ac", "d")), "lot-wrong");
}

TEST_F(LotTest, LotOverOtherSeatsIsRefused) {
    EXPECT_EQ(verdict(lot_drawn(2, "ac", "ac")), "lot-wrong");
    EXPECT_EQ(verdict(lot_drawn(1, "ac", "ac")), "lot-wrong");
    EXPECT_EQ(verdict(lot_drawn(1, "ac", "")), "lot-wrong");
    totals = {5, 5, 5, 1};
    EXPECT_EQ(verdict(lot_drawn(2, "abc", "aa")), "lot-wrong");
}

}  // namespace
}  // namespace stimme::tally
