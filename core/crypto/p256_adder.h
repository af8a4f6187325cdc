// Many additions of points of P-256 at once: what the buckets of p256_buckets.h come down to. In affine
// coordinates the sum of two points takes one division, and a single inversion serves thousands of
// independent sums (Montgomery's trick: S. P. Montgomery, "Speeding the Pollard and elliptic curve methods of
// factorization", 1987, section 10.3.1), so that a sum costs 6 products in the field instead of 11 to 16.
// Every case of the group law is right: equal points, opposite ones, infinity. Public data only.
//
// One Adder for each kind of processor; all give the same points.
//
// Thread rule: pure functions; a pool belongs to one thread.
#pragma once

#include <cstdint>
#include <span>

#include "core/crypto/field.h"

namespace stimme::crypto::p256 {

// A point in the Montgomery form of its adder, both coordinates below p. y = 0 stands for infinity: no point
// of P-256 has it, since the order is odd.
struct alignas(64) Packed {
    Limbs x{}, y{};

    bool is_infinity() const { return (y[0] | y[1] | y[2] | y[3]) == 0; }
    Packed negated() const { return {x, ModP::sub({}, y)}; }
};

// A point of the pool, or its negative.
struct Operand {
    std::uint32_t code = 0;

    Operand() = default;
    Operand(std::uint32_t place, bool negative = false) : code(2 * place + (negative ? 1 : 0)) {}
    std::uint32_t place() const { return code / 2; }
    bool negative() const { return (code & 1) == 1; }
};

// pool[out] = a + b
struct Addition {
    Operand a, b;
    std::uint32_t out;
};

struct Adder {
    // Into the adder's form, one after the other. REQUIRES: none is infinity.
    void (*pack)(std::span<const Point* const> points, Packed* pool);
    // REQUIRES: no addition reads what another one writes; its own operands it may overwrite.
    void (*add)(Packed* pool, std::span<const Addition> additions);
    // Out of the adder's form. REQUIRES: not infinity.
    Affine (*unpack)(const Packed& point);
};

// Runs on every processor.
extern const Adder portable_adder;
// Needs BMI2 and ADX, or AVX-512 with IFMA too: nullptr where the processor lacks them.
const Adder* mulx_adder();
const Adder* ifma_adder();

}  // namespace stimme::crypto::p256
