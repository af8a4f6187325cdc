// Multiplication in the field of P-256, twice: Portable, with the compiler's 128-bit products, and Mulx, for
// x86-64 processors with MULX, ADCX and ADOX, which keep two carries apart. Both are Montgomery products
// with R = 2^256 (P. L. Montgomery, "Modular multiplication without trial division", 1985), row by row as in
// the Handbook of Applied Cryptography, algorithm 14.36, and use the shape of
//     p = 2^256 - 2^224 + 2^192 + 2^96 - 1:
// -1/p mod 2^64 is 1, so the factor m of a row is the lowest digit itself, and adding m·p is a shift by 96
// bits and one product with the top digit of p (S. Gueron, V. Krasnov, "Fast prime field elliptic-curve
// cryptography with 256-bit primes", 2015). Inputs and outputs are below p.
//
// Neither branches on its arguments.
//
// Thread rule: pure functions.
#pragma once

#include "core/crypto/modular.h"

namespace stimme::crypto::p256 {

constexpr std::uint64_t top_digit = modular::p[3];

struct Portable {
    static Limbs multiply(const Limbs& a, const Limbs& b) {
        std::uint64_t t[6] = {};
        for (std::size_t row = 0; row < 4; ++row) {
            add_product(t, a, b[row]);
            reduce(t);
        }
        return modular::reduce_once(t[4], {t[0], t[1], t[2], t[3]}, modular::p);
    }

  private:
    // t += a·digit
    static void add_product(std::uint64_t* t, const Limbs& a, std::uint64_t digit) {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const modular::Wide sum = modular::Wide{a[i]} * digit + t[i] + carry;
            t[i] = modular::low(sum);
            carry = modular::high(sum);
        }
        const modular::Wide sum = modular::Wide{t[4]} + carry;
        t[4] = modular::low(sum);
        t[5] = modular::high(sum);
    }

    // t = (t + t[0]·p) / 2^64
    static void reduce(std::uint64_t* t) {
        const std::uint64_t m = t[0];
        const modular::Wide product = modular::Wide{m} * top_digit;
        std::uint64_t carry = 0;
        t[0] = modular::add_digit(t[1], m << 32, carry);
        t[1] = modular::add_digit(t[2], m >> 32, carry);
        t[2] = modular::add_digit(t[3], modular::low(product), carry);
        t[3] = modular::add_digit(t[4], modular::high(product), carry);
        t[4] = t[5] + carry;
    }
};

#ifdef __x86_64__

// One row of the product: the six digits t0…t5 take a·b[row]; then t = (t + t0·p)/2^64, so that t1…t5 are
// the next row's t0…t4 and t0 is free. CF and OF are two separate chains of carries.
// clang-format off
#define STIMME_P256_ROW(row, t0, t1, t2, t3, t4, t5)                                       \
    "movq 8*" #row "(%[b]), %%rdx\n\t"        "xorl %k[" #t5 "], %k[" #t5 "]\n\t"          \
    "mulxq 0(%[a]), %[low], %[high]\n\t"                                                   \
    "adcxq %[low], %[" #t0 "]\n\t"            "adoxq %[high], %[" #t1 "]\n\t"             \
    "mulxq 8(%[a]), %[low], %[high]\n\t"                                                   \
    "adcxq %[low], %[" #t1 "]\n\t"            "adoxq %[high], %[" #t2 "]\n\t"             \
    "mulxq 16(%[a]), %[low], %[high]\n\t"                                                  \
    "adcxq %[low], %[" #t2 "]\n\t"            "adoxq %[high], %[" #t3 "]\n\t"             \
    "mulxq 24(%[a]), %[low], %[high]\n\t"                                                  \
    "adcxq %[low], %[" #t3 "]\n\t"            "adoxq %[high], %[" #t4 "]\n\t"             \
    "movl $0, %k[low]\n\t"                                                                 \
    "adcxq %[low], %[" #t4 "]\n\t"            "adoxq %[low], %[" #t5 "]\n\t"              \
    "adcxq %[low], %[" #t5 "]\n\t"                                                         \
    "movq %[" #t0 "], %%rdx\n\t"              "mulxq %[top], %[low], %[high]\n\t"         \
    "shlq $32, %[" #t0 "]\n\t"                "shrq $32, %%rdx\n\t"                       \
    "addq %[" #t0 "], %[" #t1 "]\n\t"         "adcq %%rdx, %[" #t2 "]\n\t"                \
    "adcq %[low], %[" #t3 "]\n\t"             "adcq %[high], %[" #t4 "]\n\t"              \
    "adcq $0, %[" #t5 "]\n\t"
// clang-format on

struct Mulx {
    // REQUIRES: the processor has BMI2 and ADX.
    static Limbs multiply(const Limbs& a, const Limbs& b) {
        std::uint64_t t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, low, high;
        __asm__(STIMME_P256_ROW(0, t0, t1, t2, t3, t4, t5) STIMME_P256_ROW(1, t1, t2, t3, t4, t5, t0)
                    STIMME_P256_ROW(2, t2, t3, t4, t5, t0, t1) STIMME_P256_ROW(3, t3, t4, t5, t0, t1, t2)
                : [t0] "+&r"(t0), [t1] "+&r"(t1), [t2] "+&r"(t2), [t3] "+&r"(t3), [t4] "+&r"(t4),
                  [t5] "+&r"(t5), [low] "=&r"(low), [high] "=&r"(high)
                : [a] "r"(a.data()), [b] "r"(b.data()), [top] "m"(top_digit), "m"(a), "m"(b)
                : "rdx", "cc");
        return modular::reduce_once(t2, {t4, t5, t0, t1}, modular::p);
    }
};

#undef STIMME_P256_ROW

#endif

// Whether the processor has BMI2 and ADX. False until the statics of this library are initialised.
extern const bool has_mulx;

// By whichever the processor runs best.
struct Best {
    static Limbs multiply(const Limbs& a, const Limbs& b) {
#ifdef __x86_64__
        if (has_mulx) return Mulx::multiply(a, b);
#endif
        return Portable::multiply(a, b);
    }
};

// 1/a, and 0 of 0: a^(p-2) by Fermat. The powers a^(2^n - 1) for n = 1, 2, 4 … 32 build the runs of ones in
//     p - 2 = ffffffff 00000001 00000000 00000000 00000000 ffffffff ffffffff fffffffd.
template <class Arithmetic>
Limbs inverse(const Limbs& a) {
    const auto multiply = [](const Limbs& x, const Limbs& y) { return Arithmetic::multiply(x, y); };
    // x^(2^squarings)·y
    const auto shift = [&](Limbs x, int squarings, const Limbs& y) {
        for (int i = 0; i < squarings; ++i) x = multiply(x, x);
        return multiply(x, y);
    };
    const Limbs ones2 = shift(a, 1, a), ones4 = shift(ones2, 2, ones2), ones8 = shift(ones4, 4, ones4);
    const Limbs ones16 = shift(ones8, 8, ones8), ones32 = shift(ones16, 16, ones16);
    Limbs power = shift(shift(shift(ones32, 32, a), 128, ones32), 32, ones32);
    power = shift(shift(shift(shift(power, 16, ones16), 8, ones8), 4, ones4), 2, ones2);
    return shift(power, 2, a);
}

}  // namespace stimme::crypto::p256
