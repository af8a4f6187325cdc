// Numbers modulo the order q of P-256: Scalar for public values, SecretScalar for those nobody may learn.
// Always below q, encoded as 32 bytes, big-endian. All arithmetic is our own and runs in constant time, for
// both. A Scalar turns into a SecretScalar by itself; the way back is the word reveal(). So whatever a secret
// takes part in is secret, and functions over public data refuse secrets at compile time.
// See docs/protocol.md, section 1.
//
// Thread rule: values.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace stimme::crypto {

class Scalar {
  public:
    Scalar() = default;  // 0
    explicit Scalar(std::uint64_t value) : limbs_{value, 0, 0, 0} {}

    // Errors: scalar-not-canonical (not 32 bytes, or not below q).
    static Result<Scalar> from_bytes(ByteView bytes);
    // A 128-bit big-endian number: the weights of a batch.
    static Scalar from_bytes16(const ByteArray<16>& bytes);
    // 384 bits, reduced modulo q: as good as uniform (RFC 9380 section 5).
    static Scalar from_wide(const ByteArray<48>& bytes);

    // REQUIRES: below q.
    static Scalar from_limbs(const std::array<std::uint64_t, 4>& limbs) {
        Scalar result;
        result.limbs_ = limbs;
        return result;
    }

    ByteArray<32> bytes() const;
    bool is_zero() const { return (limbs_[0] | limbs_[1] | limbs_[2] | limbs_[3]) == 0; }
    bool is_short() const { return (limbs_[2] | limbs_[3]) == 0; }        // below 2^128
    const std::array<std::uint64_t, 4>& limbs() const { return limbs_; }  // least significant first
    // 1/this. REQUIRES: not zero.
    Scalar inverse() const;

    friend Scalar operator+(const Scalar& a, const Scalar& b);
    friend Scalar operator-(const Scalar& a, const Scalar& b);
    friend Scalar operator*(const Scalar& a, const Scalar& b);
    friend Scalar operator-(const Scalar& a);
    Scalar& operator+=(const Scalar& b) { return *this = *this + b; }
    Scalar& operator*=(const Scalar& b) { return *this = *this * b; }
    bool operator==(const Scalar&) const = default;

  private:
    friend class SecretScalar;
    std::array<std::uint64_t, 4> limbs_{};  // least significant first
};

class SecretScalar {
  public:
    SecretScalar() = default;  // 0
    SecretScalar(const Scalar& value) : value_(value) {}
    explicit SecretScalar(std::uint64_t value) : value_(value) {}

    SecretScalar(const SecretScalar&) = delete;
    SecretScalar& operator=(const SecretScalar&) = delete;
    SecretScalar(SecretScalar&& other) noexcept;
    SecretScalar& operator=(SecretScalar&& other) noexcept;
    ~SecretScalar();

    // Uniform, from 48 bytes of `random`.
    static SecretScalar random(Random& random);
    // Errors: scalar-not-canonical.
    static Result<SecretScalar> from_bytes(ByteView bytes);
    static SecretScalar from_wide(const ByteArray<48>& bytes) { return Scalar::from_wide(bytes); }

    SecretScalar copy() const { return SecretScalar(value_); }
    SecretBytes<32> bytes() const;
    // The value may now be seen by everyone: a response of a proof, a key that is published.
    const Scalar& reveal() const { return value_; }
    // That it is zero may be seen; nothing else is.
    bool is_zero() const { return value_.is_zero(); }
    SecretScalar inverse() const;

    // `mask` is all ones (a) or zero (b); no branch.
    static SecretScalar select(std::uint64_t mask, const SecretScalar& a, const SecretScalar& b);

    friend SecretScalar operator+(const SecretScalar& a, const SecretScalar& b) {
        return a.value_ + b.value_;
    }
    friend SecretScalar operator-(const SecretScalar& a, const SecretScalar& b) {
        return a.value_ - b.value_;
    }
    friend SecretScalar operator*(const SecretScalar& a, const SecretScalar& b) {
        return a.value_ * b.value_;
    }
    friend SecretScalar operator-(const SecretScalar& a) { return -a.value_; }
    SecretScalar& operator+=(const SecretScalar& b) { return *this = *this + b; }
    // Constant time.
    friend bool equal(const SecretScalar& a, const SecretScalar& b) { return (a - b).is_zero(); }

  private:
    Scalar value_;
};

}  // namespace stimme::crypto
