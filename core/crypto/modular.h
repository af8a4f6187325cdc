// Arithmetic modulo a 256-bit prime, in constant time: four 64-bit limbs, least significant first, Montgomery
// multiplication with R = 2^256 (CIOS), and masks instead of branches. Two moduli: the order q of P-256 and
// its field prime p. Every input and output is below the modulus.
//
// Thread rule: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "core/base/bytes.h"
#include "core/crypto/secret.h"

namespace stimme::crypto {

using Limbs = std::array<std::uint64_t, 4>;

namespace modular {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t low(Wide value) {
    return static_cast<std::uint64_t>(value);
}
constexpr std::uint64_t high(Wide value) {
    return static_cast<std::uint64_t>(value >> 64);
}

// a + b + carry, with the new carry (0 or 1) in `carry`.
constexpr std::uint64_t add_digit(std::uint64_t a, std::uint64_t b, std::uint64_t& carry) {
#ifdef __x86_64__
    if (!std::is_constant_evaluated()) {
        unsigned long long sum;
        carry = _addcarry_u64(static_cast<unsigned char>(carry), a, b, &sum);
        return sum;
    }
#endif
    const Wide digit = Wide{a} + b + carry;
    carry = high(digit);
    return low(digit);
}

// a - b - borrow, with the new borrow (0 or 1) in `borrow`.
constexpr std::uint64_t sub_digit(std::uint64_t a, std::uint64_t b, std::uint64_t& borrow) {
#ifdef __x86_64__
    if (!std::is_constant_evaluated()) {
        unsigned long long difference;
        borrow = _subborrow_u64(static_cast<unsigned char>(borrow), a, b, &difference);
        return difference;
    }
#endif
    const Wide digit = Wide{a} - b - borrow;
    borrow = high(digit) & 1;
    return low(digit);
}

// a + b with the carry in `carry`.
constexpr Limbs add_carry(const Limbs& a, const Limbs& b, std::uint64_t& carry) {
    Limbs sum{};
    carry = 0;
    for (std::size_t i = 0; i < 4; ++i) sum[i] = add_digit(a[i], b[i], carry);
    return sum;
}

// a - b with the borrow (0 or 1) in `borrow`.
constexpr Limbs sub_borrow(const Limbs& a, const Limbs& b, std::uint64_t& borrow) {
    Limbs difference{};
    borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) difference[i] = sub_digit(a[i], b[i], borrow);
    return difference;
}

// `mask` is all ones (a) or zero (b).
constexpr Limbs select(std::uint64_t mask, const Limbs& a, const Limbs& b) {
    Limbs result{};
    for (std::size_t i = 0; i < 4; ++i) result[i] = (a[i] & mask) | (b[i] & ~mask);
    return result;
}

// The number carry·2^256 + value, which is below 2m, reduced modulo m.
constexpr Limbs reduce_once(std::uint64_t carry, const Limbs& value, const Limbs& m) {
    std::uint64_t borrow = 0;
    const Limbs reduced = sub_borrow(value, m, borrow);
    return select(~(borrow & (carry ^ 1)) + 1, value, reduced);
}

constexpr std::uint64_t negated_inverse(std::uint64_t odd) {
    std::uint64_t inverse = 1;
    for (int i = 0; i < 6; ++i) inverse *= 2 - odd * inverse;
    return ~inverse + 1;
}

constexpr Limbs power_of_two(int exponent, const Limbs& m) {
    Limbs value{1, 0, 0, 0};
    for (int i = 0; i < exponent; ++i) {
        std::uint64_t carry = 0;
        const Limbs doubled = add_carry(value, value, carry);
        value = reduce_once(carry, doubled, m);
    }
    return value;
}

}  // namespace modular

template <const Limbs& m>
struct Modulus {
    static constexpr std::uint64_t n0 = modular::negated_inverse(m[0]);  // -1/m mod 2^64
    static constexpr Limbs r1 = modular::power_of_two(256, m);           // R mod m
    static constexpr Limbs r2 = modular::power_of_two(512, m);           // R^2 mod m

    static constexpr Limbs add(const Limbs& a, const Limbs& b) {
        std::uint64_t carry = 0;
        const Limbs sum = modular::add_carry(a, b, carry);
        return modular::reduce_once(carry, sum, m);
    }

    static constexpr Limbs sub(const Limbs& a, const Limbs& b) {
        std::uint64_t borrow = 0;
        const Limbs difference = modular::sub_borrow(a, b, borrow);
        const std::uint64_t mask = ~borrow + 1;
        std::uint64_t carry = 0;
        return modular::add_carry(difference, {m[0] & mask, m[1] & mask, m[2] & mask, m[3] & mask}, carry);
    }

    // a·b/R mod m. One of them may be any 256-bit number.
    static constexpr Limbs montgomery(const Limbs& a, const Limbs& b) {
        using modular::Wide;
        std::uint64_t t[5] = {};
        for (std::size_t i = 0; i < 4; ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < 4; ++j) {
                const Wide digit = Wide{a[j]} * b[i] + t[j] + carry;
                t[j] = modular::low(digit);
                carry = modular::high(digit);
            }
            const Wide top = Wide{t[4]} + carry;
            const std::uint64_t factor = t[0] * n0;
            carry = modular::high(Wide{factor} * m[0] + t[0]);
            for (std::size_t j = 1; j < 4; ++j) {
                const Wide digit = Wide{factor} * m[j] + t[j] + carry;
                t[j - 1] = modular::low(digit);
                carry = modular::high(digit);
            }
            const Wide last = top + carry;
            t[3] = modular::low(last);
            t[4] = modular::high(last);
        }
        return modular::reduce_once(t[4], {t[0], t[1], t[2], t[3]}, m);
    }

    static constexpr Limbs to_montgomery(const Limbs& a) { return montgomery(a, r2); }
    static constexpr Limbs from_montgomery(const Limbs& a) { return montgomery(a, {1, 0, 0, 0}); }

    // base^exponent in Montgomery form; the exponent is public.
    static constexpr Limbs power(const Limbs& base, const Limbs& exponent) {
        Limbs result = r1;
        for (std::size_t bit = 256; bit-- > 0;) {
            result = montgomery(result, result);
            if ((exponent[bit / 64] >> (bit % 64)) & 1) result = montgomery(result, base);
        }
        return result;
    }

    // The 48-byte big-endian number, reduced (RFC 9380 section 5.2 with L = 48).
    static Limbs from_wide(ByteView bytes48);
};

namespace modular {

constexpr Limbs p = {0xffffffffffffffff, 0x00000000ffffffff, 0x0000000000000000, 0xffffffff00000001};
constexpr Limbs q = {0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff, 0xffffffff00000000};

// Any 32 big-endian bytes; whether they are below a modulus is another question.
inline Limbs load(ByteView bytes32) {
    Limbs limbs;
    for (std::size_t i = 0; i < 4; ++i) {
        std::uint64_t digit;
        std::memcpy(&digit, bytes32.data() + 8 * (3 - i), 8);
        limbs[i] = __builtin_bswap64(digit);
    }
    return limbs;
}

inline void store(const Limbs& limbs, std::uint8_t* bytes32) {
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t digit = __builtin_bswap64(limbs[i]);
        std::memcpy(bytes32 + 8 * (3 - i), &digit, 8);
    }
}

constexpr bool below(const Limbs& a, const Limbs& m) {
    std::uint64_t borrow = 0;
    sub_borrow(a, m, borrow);
    return borrow == 1;
}

inline std::uint64_t zero_mask(const Limbs& a) {
    return mask_if_zero(a[0] | a[1] | a[2] | a[3]);
}

constexpr Limbs minus(const Limbs& a, std::uint64_t small) {
    std::uint64_t borrow = 0;
    return sub_borrow(a, {small, 0, 0, 0}, borrow);
}

}  // namespace modular

using ModP = Modulus<modular::p>;
using ModQ = Modulus<modular::q>;

// hi·2^256 + lo: the first through one Montgomery product with R^2, the second is below 2m.
template <const Limbs& m>
Limbs Modulus<m>::from_wide(ByteView bytes48) {
    ByteArray<32> padded{};
    std::memcpy(padded.data() + 16, bytes48.data(), 16);
    const Limbs high = montgomery(modular::load(padded), r2);
    const Limbs lower = modular::reduce_once(0, modular::load(bytes48.subspan(16)), m);
    wipe(padded);
    return add(high, lower);
}

}  // namespace stimme::crypto
