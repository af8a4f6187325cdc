// A key shared among n trustees so that any k can use it (Feldman's verifiable sharing, run by each trustee,
// sums to Pedersen's): trustee i has a polynomial P_i of degree k-1, publishes C_ij = a_ij·G and hands P_i(l)
// to trustee l = 1..n. The election key is K = Σ_i C_i0, trustee l's share of its secret is s_l = Σ_i P_i(l),
// and S_l = s_l·G follows from the commitments. See docs/protocol.md, section 3.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/point.h"
#include "core/crypto/scalar.h"

namespace stimme::crypto {

using Commitments = std::vector<Point>;  // C_i0 .. C_i(k-1) of one trustee

class Polynomial {
  public:
    // k random coefficients. REQUIRES: k >= 1.
    static Polynomial random(std::size_t k, Random& random);
    explicit Polynomial(std::vector<SecretScalar> coefficients) : coefficients_(std::move(coefficients)) {}

    std::span<const SecretScalar> coefficients() const { return coefficients_; }
    Commitments commitments() const;
    // P(l). REQUIRES: l >= 1 (P(0) is the secret).
    SecretScalar share_for(std::uint32_t l) const;

  private:
    std::vector<SecretScalar> coefficients_;
};

// Σ_j l^j·C_j, which is P(l)·G.
Point committed_share(const Commitments& commitments, std::uint32_t l);

// Errors: share-mismatch: P(l)·G isn't what the commitments say.
Status check_share(const SecretScalar& share, std::uint32_t l, const Commitments& commitments);

// K, and S_l, from the commitments of all trustees.
Point joint_key(std::span<const Commitments> trustees);
Point public_share(std::span<const Commitments> trustees, std::uint32_t l);

// λ_l for each index, such that Σ λ_l·P(l) = P(0). Errors: indices-invalid (none, 0, or one twice).
Result<std::vector<Scalar>> lagrange_at_zero(std::span<const std::uint32_t> indices);

// Σ λ_l·D_l over the indices. REQUIRES: as many points as indices. Errors: indices-invalid.
Result<Point> interpolate_at_zero(std::span<const std::uint32_t> indices, std::span<const Point> points);

}  // namespace stimme::crypto
