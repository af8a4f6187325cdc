#include "core/roll/register/seen_numbers.h"

#include <string>

#include <gtest/gtest.h>

namespace stimme::roll {
namespace {

TEST(SeenNumbers, TellsTheLineWhereANumberStoodFirst) {
    SeenNumbers numbers;
    EXPECT_EQ(numbers.note("10000042", 2), std::nullopt);
    EXPECT_EQ(numbers.note("A", 3), std::nullopt);
    EXPECT_EQ(numbers.note("10000042", 9), 2U);
    EXPECT_EQ(numbers.note("10000042", 10), 2U);
    EXPECT_FALSE(numbers.contains("1000004"));
    EXPECT_FALSE(numbers.contains("B"));
}

TEST(SeenNumbers, KeepsEachOfManyNumbers) {
    SeenNumbers numbers;
    constexpr std::uint32_t count = 50'000;
    const auto number = [](std::uint32_t i) { return "N-" + std::to_string(i * 7919); };
    for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(numbers.note(number(i), i), std::nullopt) << i;
    for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(numbers.note(number(i), 0), i);
    EXPECT_FALSE(numbers.contains(number(count)));
}

TEST(SeenNumbers, TellsApartNumbersOfAllLengths) {
    SeenNumbers numbers;
    std::string number;
    for (std::uint32_t length = 1; length <= 16; ++length) {
        number += '0';
        ASSERT_EQ(numbers.note(number, length), std::nullopt);
    }
    EXPECT_EQ(numbers.note("0000", 99), 4U);
    EXPECT_EQ(numbers.note(std::string(16, '0'), 99), 16U);
}

}  // namespace
}  // namespace stimme::roll
