// Numbers and amounts for the tests of core/crypto/p256_*: field elements with carries at every digit, and
// how much to try. With STIMME_LONG set in the environment the comparisons run many times as long.
//
// Thread rule: pure functions.
#pragma once

#include <cstdlib>
#include <vector>

#include "core/base/random.h"
#include "core/crypto/modular.h"

namespace stimme::crypto::edges {

inline std::size_t rounds(std::size_t quick, std::size_t times_when_long) {
    return std::getenv("STIMME_LONG") == nullptr ? quick : quick * times_when_long;
}

inline std::uint64_t random_digit(Random& random) {
    const auto bytes = random.bytes<8>();
    std::uint64_t digit;
    std::memcpy(&digit, bytes.data(), 8);
    return digit;
}

// Below p, each digit 0, 1, all ones, one of p's own or next to it, or random.
inline Limbs edge_element(Random& random) {
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    const std::vector<std::uint64_t> digits{
        0,         1, 2, ones, ones - 1, modular::p[1], modular::p[1] + 1, modular::p[3], modular::p[3] - 1,
        1ull << 63};
    for (;;) {
        Limbs value;
        const auto choice = random.bytes<4>();
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t pick = choice[i] % (digits.size() + 3);
            value[i] = pick < digits.size() ? digits[pick] : random_digit(random);
        }
        if (modular::below(value, modular::p)) return value;
    }
}

}  // namespace stimme::crypto::edges
