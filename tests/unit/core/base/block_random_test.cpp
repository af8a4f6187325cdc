#include "core/base/block_random.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace stimme {
namespace {

// What a generator gives, however it is asked.
std::vector<std::uint8_t> drawn(Random& random, std::size_t size, std::size_t piece) {
    std::vector<std::uint8_t> bytes(size);
    for (std::size_t at = 0; at < size; at += piece)
        random.fill(std::span(bytes).subspan(at, std::min(piece, size - at)));
    return bytes;
}

TEST(BlockRandom, GivesTheBytesOfTheOtherGeneratorEachOnce) {
    SeededRandom source(7), same(7);
    BlockRandom block(source);
    const auto expected = drawn(same, 3 * 4096, 4096);
    EXPECT_EQ(drawn(block, expected.size(), 48), expected);
}

TEST(BlockRandom, GivesMoreThanABlockAtOnce) {
    SeededRandom source(7), same(7);
    BlockRandom block(source);
    auto expected = drawn(same, 3 * 4096, 4096);
    expected.resize(10'000);
    EXPECT_EQ(drawn(block, 10'000, 10'000), expected);
}

}  // namespace
}  // namespace stimme
