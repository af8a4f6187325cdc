// Σ scalar_i·point_i over public data: what checking many proofs at once comes down to. Takes Scalar, which
// no SecretScalar turns into.
//
// Thread rule: pure functions.
#pragma once

#include <initializer_list>
#include <span>

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

}  // namespace stimme::crypto
