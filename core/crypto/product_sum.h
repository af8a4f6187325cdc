// Σ weight·scalar mod q for 128-bit weights: the scalars of a batch check. Whole products are added up, and
// reduced once.
//
// Thread rule: belongs to one thread.
#pragma once

#include <array>
#include <cstdint>

#include "core/crypto/scalar.h"

namespace stimme::crypto {

class ProductSum {
  public:
    // REQUIRES: weight.is_short(); fewer than 2^64 products in all.
    void add(const Scalar& weight, const Scalar& scalar);
    Scalar value() const;

  private:
    std::array<std::uint64_t, 7> digits_{};  // least significant first
};

}  // namespace stimme::crypto
