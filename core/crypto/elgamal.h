// Exponential ElGamal under the election key K: a number m is encrypted as (A, B) = (r·G, (m + r)·K), so that
// ciphertexts add up to a ciphertext of the sum, and totals are logarithms to base K. All multiplications of
// an encryption have a fixed base. See docs/protocol.md, section 4.2.
//
// Thread rule: values; an ElectionKey is constant and may be shared freely.
#pragma once

#include <cstdint>

#include "core/crypto/fixed_base.h"
#include "core/crypto/multi_scalar.h"
#include "core/crypto/point.h"

namespace stimme::crypto {

struct Ciphertext {
    Point a, b;

    bool operator==(const Ciphertext&) const = default;
    friend Ciphertext operator+(const Ciphertext& x, const Ciphertext& y) { return {x.a + y.a, x.b + y.b}; }
    friend Ciphertext operator-(const Ciphertext& x, const Ciphertext& y) { return {x.a - y.a, x.b - y.b}; }
};

// weight·(A, B).
Ciphertext multiply_var(const Ciphertext& ciphertext, const Scalar& weight);

// A running sum of many ciphertexts.
class CiphertextSum {
  public:
    void add(const Ciphertext& ciphertext) {
        a_.add(ciphertext.a);
        b_.add(ciphertext.b);
    }
    Ciphertext value() const { return {a_.value(), b_.value()}; }

  private:
    PointSum a_, b_;
};

// K with its table (30 ms to build, cheap to copy).
class ElectionKey {
  public:
    // REQUIRES: not infinity.
    explicit ElectionKey(const Point& k) : table_(k) {}

    const Point& point() const { return table_.base(); }
    // scalar·K, constant time.
    Point multiply(const SecretScalar& scalar) const { return table_.multiply(scalar); }

  private:
    FixedBase table_;
};

// Constant time with respect to m and r.
Ciphertext encrypt(const ElectionKey& key, std::uint32_t m, const SecretScalar& r);

}  // namespace stimme::crypto
