#include "client/booth/marks.h"

#include <gtest/gtest.h>

#include "tests/unit/client/booth/console/screen_fixture.h"

namespace stimme::booth {
namespace {

using console::sample::layout;
using Refusal = Marks::Refusal;

TEST(Marks, NeverHoldMoreThanTheBallotAllows) {
    Marks marks(layout());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(marks.give(0, 7), Refusal::none);
    EXPECT_EQ(marks.give(0, 7), Refusal::most_for_option);
    EXPECT_EQ(marks.give(0, 8), Refusal::none);
    EXPECT_EQ(marks.give(0, 8), Refusal::none);
    EXPECT_EQ(marks.give(0, 9), Refusal::no_votes_left);
    EXPECT_EQ(marks.left(0), 0U);
    marks.give(1, 0);
    auto selections = std::move(marks).selections();
    ASSERT_TRUE(selections);
    EXPECT_EQ(selections->reveal()[0][7], 3);
    EXPECT_EQ(selections->reveal()[0][8], 2);
}

TEST(Marks, OfAnInvalidVoteStandAlone) {
    Marks marks(layout());
    marks.give(0, 1);
    marks.make_invalid(0);
    EXPECT_EQ(marks.given(0, 1), 0U);
    EXPECT_EQ(marks.give(0, 1), Refusal::set_aside);
    EXPECT_EQ(marks.give_list(0, "red"), Refusal::set_aside);
    marks.make_blank(1);
    EXPECT_TRUE(marks.is_blank(1));
    EXPECT_TRUE(std::move(marks).selections());
}

TEST(Marks, OfAListGoToItsPeopleInOrderAndAgainFromTheTop) {
    Marks marks(layout());
    EXPECT_EQ(marks.give_list(0, "green"), Refusal::none);
    for (std::size_t i = 20; i < 25; ++i) EXPECT_EQ(marks.given(0, i), 1U);
    EXPECT_EQ(marks.given(0, 25), 0U);
    EXPECT_EQ(marks.give_list(0, "green"), Refusal::no_votes_left);
}

TEST(Marks, ThatAreEmptyMakeNoBallot) {
    auto selections = Marks(layout()).selections();
    ASSERT_FALSE(selections);
    EXPECT_EQ(selections.error().code, "nothing-selected");
}

}  // namespace
}  // namespace stimme::booth
