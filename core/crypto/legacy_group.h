// The calls that OpenSSL 3 deprecates and offers nothing for: a table for a base of our own, and the sum of
// many products. They are used in legacy_group.cpp and nowhere else.
//
// Thread rule: pure functions.
#pragma once

#include <span>

#include "core/crypto/openssl_group.h"

namespace stimme::crypto::openssl {

// A group like P-256, whose generator is `base` and which holds a table for it (about 150 KB, 30 ms).
// REQUIRES: base is not infinity.
Group group_with_table(const Point& base);

// Σ scalars[i]·points[i], for public data. REQUIRES: as many scalars as points.
Point sum_of_products_var(std::span<const Scalar> scalars, std::span<const Point> points);

}  // namespace stimme::crypto::openssl
