// Σ scalar_i·point_i over public data: what checking many proofs at once comes down to. Takes Scalar, which
// no SecretScalar turns into.
//
// A handful of products goes to OpenSSL, more to our own arithmetic (p256_buckets.h), in the fastest kind
// that the processor runs. In every run a share of the latter is computed a second time, by OpenSSL: the
// first sum, and from then on one term of 2048, in slices of up to 512 with the windows of their whole sum.
// Where the two differ, this machine can't be trusted with a verdict: the program says so and ends.
//
// Thread rule: pure functions; use_kernel is for the start of a test or benchmark.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "core/crypto/point.h"

namespace stimme::crypto {

struct Term {
    Scalar scalar;
    Point point;
};

// Short scalars (128-bit weights) cost half. No terms give infinity.
Point multi_scalar_var(std::span<const Term> terms);
inline Point multi_scalar_var(std::initializer_list<Term> terms) {
    return multi_scalar_var(std::span<const Term>(terms.begin(), terms.size()));
}

enum class Kernel { openssl, portable, mulx, ifma };
std::string_view name(Kernel kernel);
// Those that this processor runs, the fastest last.
const std::vector<Kernel>& kernels();
// All of it by that kernel, without a second computation. REQUIRES: one of kernels().
Point multi_scalar_var(std::span<const Term> terms, Kernel kernel);
// Lets multi_scalar_var(terms) use that kernel instead of the fastest, whatever the number of terms.
void use_kernel(Kernel kernel);

namespace recheck {

constexpr std::size_t slice = 512, one_of = 2048;

// Ends the program, with a message on standard error, unless OpenSSL finds the same sum of these terms.
void require_agreement(std::span<const Term> terms, const Point& own);
// The same end, for callers who found a contradiction.
[[noreturn]] void disagree();

}  // namespace recheck

}  // namespace stimme::crypto
