// Σ scalar_i·point_i over public data with buckets (N. Pippenger, "On the evaluation of powers and related
// problems", 1976; D. J. Bernstein et al., "Faster batch forgery identification", 2012, section 4): scalars
// are cut into windows of c bits, each a digit from -2^(c-1) to 2^(c-1); in a window, every point goes into
// the bucket of its digit (or, when the digit is negative, its opposite does), and the buckets are summed
// with their numbers as weights. All sums are affine and go through an Adder, in rounds of independent
// additions.
//
// Scalars are split at bit 128: the lower halves of all points are one set of windows, the upper halves of
// those points that have one are another, each with the width that suits its number of points. So a short
// scalar (a weight of 128 bits) costs half of a long one.
//
// Thread rule: pure functions.
#pragma once

#include <span>

#include "core/crypto/multi_scalar.h"
#include "core/crypto/p256_adder.h"

namespace stimme::crypto::p256 {

// Bits a window.
struct Widths {
    unsigned lower, upper;
};
constexpr unsigned min_width = 2, max_width = 14;

// Those with the fewest additions.
Widths best_widths(std::span<const Term> terms);

// REQUIRES: widths from min_width to max_width; at most 2^20 terms.
Jacobian sum_of_products(const Adder& adder, std::span<const Term> terms, Widths widths);

}  // namespace stimme::crypto::p256
