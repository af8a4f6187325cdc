// The field of P-256 eight times at once, for processors with AVX-512 IFMA: five digits of 52 bits, digit i
// of all eight numbers in one register, and products of digits by VPMADD52, as S. Gueron and V. Krasnov do it
// ("Accelerating big integer arithmetic using Intel IFMA extensions", 2016). Montgomery products with R =
// 2^260: -1/p mod 2^52 is 1, so the factor m of a step is the lowest digit itself.
//
// Digits of a Lanes are below 2^52 after carry(), and may be anything (also negative) before; multiply wants
// them carried. Values needn't be below p: each function says what it takes and gives.
//
// For p256_ifma.cpp and p256_curve_ifma.cpp alone. The functions are compiled for the wider processor,
// whatever the program is compiled for; nobody may call them before looking whether the processor is one.
//
// Thread rule: pure functions.
#pragma once

#ifdef __x86_64__

#if defined(__GNUC__) && !defined(__clang__)  // g++ 12 warns at its own intrinsics (GCC bug 105593)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <immintrin.h>

#include "core/crypto/modular.h"

#define STIMME_IFMA __attribute__((target("avx512f,avx512dq,avx512vl,avx512ifma")))
#define STIMME_IFMA_INLINE STIMME_IFMA __attribute__((always_inline)) inline

namespace stimme::crypto::p256 {

struct Lanes {
    __m512i digit[5];
};

constexpr int digit_bits = 52;
constexpr long long digit_mask = (1LL << digit_bits) - 1;

// p in digits of 52 bits, and what m·p adds to the digits 1 to 5 above m: (p + 1)/2^52, whose digits are
// 2^44, 0, 2^36, 2^48 - 2^16.
constexpr long long p_digits[5] = {digit_mask, (1LL << 44) - 1, 0, 1LL << 36, (1LL << 48) - (1LL << 16)};

STIMME_IFMA_INLINE __m512i every(long long value) {
    return _mm512_set1_epi64(value);
}

// The number in all eight lanes.
STIMME_IFMA_INLINE Lanes every(const Limbs& n) {
    const auto digit = [&](std::uint64_t value) { return static_cast<long long>(value) & digit_mask; };
    const long long digits[5] = {digit(n[0]), digit(n[0] >> 52 | n[1] << 12), digit(n[1] >> 40 | n[2] << 24),
                                 digit(n[2] >> 28 | n[3] << 36), digit(n[3] >> 16)};
    Lanes result;
    for (int i = 0; i < 5; ++i) result.digit[i] = every(digits[i]);
    return result;
}

STIMME_IFMA_INLINE Lanes add(const Lanes& a, const Lanes& b) {
    Lanes sum;
    for (int i = 0; i < 5; ++i) sum.digit[i] = _mm512_add_epi64(a.digit[i], b.digit[i]);
    return sum;
}

STIMME_IFMA_INLINE Lanes sub(const Lanes& a, const Lanes& b) {
    Lanes difference;
    for (int i = 0; i < 5; ++i) difference.digit[i] = _mm512_sub_epi64(a.digit[i], b.digit[i]);
    return difference;
}

// a + times·p
STIMME_IFMA_INLINE Lanes add_p(const Lanes& a, int times) {
    Lanes sum;
    for (int i = 0; i < 5; ++i) sum.digit[i] = _mm512_add_epi64(a.digit[i], every(times * p_digits[i]));
    return sum;
}

// b where the mask has a 1.
STIMME_IFMA_INLINE Lanes blend(__mmask8 mask, const Lanes& a, const Lanes& b) {
    Lanes result;
    for (int i = 0; i < 5; ++i) result.digit[i] = _mm512_mask_mov_epi64(a.digit[i], mask, b.digit[i]);
    return result;
}

// The same value with digits 0 to 3 from 0 to 2^52 - 1; so is digit 4, if the value is from 0 to 2^260 - 1.
STIMME_IFMA_INLINE Lanes carry(Lanes a) {
    const __m512i mask = every(digit_mask);
    for (int i = 0; i < 4; ++i) {
        a.digit[i + 1] = _mm512_add_epi64(a.digit[i + 1], _mm512_srai_epi64(a.digit[i], digit_bits));
        a.digit[i] = _mm512_and_si512(a.digit[i], mask);
    }
    return a;
}

// t[0…5] += a·digit
STIMME_IFMA_INLINE void add_product(__m512i* t, const Lanes& a, __m512i digit) {
    for (int i = 0; i < 5; ++i) t[i] = _mm512_madd52lo_epu64(t[i], a.digit[i], digit);
    for (int i = 0; i < 5; ++i) t[i + 1] = _mm512_madd52hi_epu64(t[i + 1], a.digit[i], digit);
}

// Adds m·p, m the lower 52 bits of t[0]; what is left of t[0] goes into t[1].
STIMME_IFMA_INLINE void reduce_digit(__m512i* t) {
    const __m512i m = t[0], one = every(1LL << 44), three = every(1LL << 36), four = every(p_digits[4]);
    t[1] = _mm512_add_epi64(t[1], _mm512_srli_epi64(m, digit_bits));
    t[1] = _mm512_madd52lo_epu64(t[1], m, one);
    t[2] = _mm512_madd52hi_epu64(t[2], m, one);
    t[3] = _mm512_madd52lo_epu64(t[3], m, three);
    t[4] = _mm512_madd52hi_epu64(t[4], m, three);
    t[4] = _mm512_madd52lo_epu64(t[4], m, four);
    t[5] = _mm512_madd52hi_epu64(t[5], m, four);
}

// a·b/2^260 mod p, below 2p and carried. REQUIRES: both carried, a·b below 16p^2.
STIMME_IFMA_INLINE Lanes multiply(const Lanes& a, const Lanes& b) {
    __m512i t[10];
    for (auto& digit : t) digit = _mm512_setzero_si512();
    for (int i = 0; i < 5; ++i) add_product(t + i, a, b.digit[i]);
    for (int i = 0; i < 5; ++i) reduce_digit(t + i);
    return carry({{t[5], t[6], t[7], t[8], t[9]}});
}

// The number below p. REQUIRES: from 0 to 4p, carried or not.
STIMME_IFMA_INLINE Lanes canonical(const Lanes& value) {
    Lanes a = carry(value);
    // With n = value/2^256, rounded down, value - n·p is below p + 4·2^224.
    const __m512i n = _mm512_srli_epi64(a.digit[4], 48);
    a.digit[0] = _mm512_add_epi64(a.digit[0], n);
    a.digit[1] = _mm512_sub_epi64(a.digit[1], _mm512_slli_epi64(n, 44));
    a.digit[3] = _mm512_sub_epi64(a.digit[3], _mm512_slli_epi64(n, 36));
    a.digit[4] =
        _mm512_add_epi64(_mm512_and_si512(a.digit[4], every((1LL << 48) - 1)), _mm512_slli_epi64(n, 16));
    const Lanes less = carry(add_p(a, -1));
    return blend(_mm512_movepi64_mask(less.digit[4]), less, carry(a));
}

// Eight rows of eight words, rows and columns exchanged.
STIMME_IFMA_INLINE void transpose(__m512i* rows) {
    __m512i pairs[8], fours[8];
    for (int i = 0; i < 8; i += 2) {
        pairs[i] = _mm512_unpacklo_epi64(rows[i], rows[i + 1]);
        pairs[i + 1] = _mm512_unpackhi_epi64(rows[i], rows[i + 1]);
    }
    for (int i = 0; i < 8; i += 4) {
        for (int j = 0; j < 2; ++j) {
            fours[i + j] = _mm512_shuffle_i64x2(pairs[i + j], pairs[i + j + 2], 0x88);
            fours[i + j + 2] = _mm512_shuffle_i64x2(pairs[i + j], pairs[i + j + 2], 0xdd);
        }
    }
    for (int i = 0; i < 4; ++i) {
        // fours[i] holds columns i and i + 4 of rows 0 to 3, fours[i + 4] those of rows 4 to 7.
        rows[i] = _mm512_shuffle_i64x2(fours[i], fours[i + 4], 0x88);
        rows[i + 4] = _mm512_shuffle_i64x2(fours[i], fours[i + 4], 0xdd);
    }
}

// Four words of 64 bits, and back. REQUIRES of the way back: canonical.
STIMME_IFMA_INLINE Lanes to_lanes(const __m512i* w) {
    const __m512i mask = every(digit_mask);
    const auto join = [&](__m512i low, __m512i high)
                          STIMME_IFMA { return _mm512_and_si512(_mm512_or_si512(low, high), mask); };
    return {{_mm512_and_si512(w[0], mask), join(_mm512_srli_epi64(w[0], 52), _mm512_slli_epi64(w[1], 12)),
             join(_mm512_srli_epi64(w[1], 40), _mm512_slli_epi64(w[2], 24)),
             join(_mm512_srli_epi64(w[2], 28), _mm512_slli_epi64(w[3], 36)), _mm512_srli_epi64(w[3], 16)}};
}

STIMME_IFMA_INLINE void to_words(const Lanes& a, __m512i* w) {
    const __m512i* d = a.digit;
    w[0] = _mm512_or_si512(d[0], _mm512_slli_epi64(d[1], 52));
    w[1] = _mm512_or_si512(_mm512_srli_epi64(d[1], 12), _mm512_slli_epi64(d[2], 40));
    w[2] = _mm512_or_si512(_mm512_srli_epi64(d[2], 24), _mm512_slli_epi64(d[3], 28));
    w[3] = _mm512_or_si512(_mm512_srli_epi64(d[3], 36), _mm512_slli_epi64(d[4], 16));
}

}  // namespace stimme::crypto::p256

#endif
