// Lots by numbers: core/tally/lot_numbers.
#include "core/tally/lot_numbers.h"

#include <map>

#include <gtest/gtest.h>

#include "tests/support/elections.h"

namespace stimme::tally {
namespace {

std::string code(const Status& status) {
    return status ? "" : status.error().code;
}

// Four options with the same votes, two seats.
class LotNumbersTest : public ::testing::Test {
  protected:
    static const election::ValidDefinition& definition() {
        static const auto built =
            test::TestElection().contest("board", 4, {.votes = 1, .per_option = 1, .seats = 2}).build();
        return built.definition;
    }
    static events::LotRound round(std::uint8_t first, std::uint8_t second) {
        const SignerId one("official-1"), two("official-2");
        return {tie(), {{one, {}}, {two, {}}}, {{one, {first}}, {two, {second}}}};
    }
    static events::TieOf tie() {
        return {ContestId("board"), 2, {OptionId("c01"), OptionId("c02"), OptionId("c03"), OptionId("c04")}};
    }
    static std::vector<OptionId> drawn(const events::LotRound& by, const Hash& election = {}) {
        const auto result = drawn_by_numbers(definition(), election, figures(), by);
        EXPECT_TRUE(result) << result.error().message;
        return result ? *result : std::vector<OptionId>();
    }
    static Figures figures() { return {{{ContestId("board"), "city/standard", 12, {3, 3, 3, 3}}}, {}, {}}; }
};

TEST_F(LotNumbersTest, EveryNumberAndTheElectionMatter) {
    std::map<std::vector<OptionId>, int> seen;
    for (std::uint8_t i = 0; i < 60; ++i) {
        ++seen[drawn(round(i, 0))];
        ++seen[drawn(round(0, i))];
        ++seen[drawn(round(0, 0), Hash{i})];
    }
    EXPECT_EQ(seen.size(), 12U);  // every ordered pair of four
}

TEST_F(LotNumbersTest, EachOfTheTiedIsDrawnAboutAsOften) {
    std::map<OptionId, int> seen;
    for (unsigned i = 0; i < 400; ++i) {
        for (const OptionId& id :
             drawn(round(static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / 7))))
            ++seen[id];
    }
    for (const auto& [id, times] : seen) EXPECT_NEAR(times, 200, 50) << id.str();
}

TEST_F(LotNumbersTest, IncompleteRoundDrawsNobody) {
    auto incomplete = round(1, 2);
    incomplete.numbers.erase(SignerId("official-2"));
    const auto refused = drawn_by_numbers(definition(), {}, figures(), incomplete);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "lot-incomplete");
    EXPECT_NE(refused.error().message.find("official-2"), std::string::npos);
}

TEST_F(LotNumbersTest, TieMustBeTheOpenOne) {
    EXPECT_EQ(code(check_tie(definition(), figures(), tie())), "");
    auto other = tie();
    other.seats = 1;
    EXPECT_EQ(code(check_tie(definition(), figures(), other)), "lot-wrong");
    Figures decided = figures();
    decided.groups[0].totals = {5, 4, 3, 0};
    EXPECT_EQ(code(check_tie(definition(), decided, tie())), "lot-not-due");
    other.contest = ContestId("mayor");
    EXPECT_EQ(code(check_tie(definition(), figures(), other)), "contest-unknown");
}

TEST_F(LotNumbersTest, LotOfACompleteRoundIsTheOneItsNumbersDraw) {
    const auto by = round(3, 4);
    events::LotDrawn lot{ContestId("board"), 2, tie().between, drawn(by), "by numbers", {}};
    EXPECT_EQ(code(check_lot(definition(), {}, figures(), &by, lot)), "");
    std::swap(lot.drawn[0], lot.drawn[1]);
    EXPECT_EQ(code(check_lot(definition(), {}, figures(), &by, lot)), "lot-numbers-differ");
    EXPECT_EQ(code(check_lot(definition(), {}, figures(), nullptr, lot)), "");
}

}  // namespace
}  // namespace stimme::tally
