// The proof that a ciphertext (A, B) = (r·G, (m + r)·K) holds some m of lo..hi, and not which: a disjunctive
// Chaum–Pedersen proof in commitment form, so that many can be checked at once.
//
// For every branch j from lo to hi: {a_j, b_j, c_j, v_j} with
//     Σ c_j = challenge                                  (1)
//     v_j·G = a_j + c_j·A                                (2)
//     v_j·K = b_j + c_j·(B - j·K)                        (3)
// The prover chooses u_j, and c_j for j != m, and computes
//     a_j = u_j·G,  b_j = (u_j + (j - m)·c_j)·K,  c_m = challenge - Σ_{j != m} c_j,  v_j = u_j + c_j·r.
// That is two fixed-base multiplications a branch, and neither a branch of the program nor a memory access
// depends on m. See docs/protocol.md, section 4.4.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/crypto/elgamal.h"
#include "core/crypto/point.h"
#include "core/crypto/scalar.h"

namespace stimme::crypto {

// lo..hi, both included. REQUIRES: lo <= hi.
struct Range {
    std::uint32_t lo = 0, hi = 0;

    std::size_t branches() const { return std::size_t{hi} - lo + 1; }
    bool operator==(const Range&) const = default;
};

struct RangeCommitment {
    Point a, b;
};

struct RangeBranch {
    Point a, b;
    Scalar c, v;

    bool operator==(const RangeBranch&) const = default;
};
using RangeProof = std::vector<RangeBranch>;  // branch i belongs to j = lo + i

// Fresh and never used before; c goes unused in the branch of m.
struct BranchSecrets {
    SecretScalar u, c;
};
// Gives the secrets of branch i (0 is lo); called once for each, in order.
using BranchRandomness = std::function<BranchSecrets(std::size_t i)>;
// Gives the challenge, which must cover the statement and all commitments.
using RangeChallenge = std::function<Scalar(std::span<const RangeCommitment>)>;

// REQUIRES: lo <= m <= hi; r is that of the ciphertext.
RangeProof prove_range(const ElectionKey& key, Range range, std::uint32_t m, const SecretScalar& r,
                       const BranchRandomness& randomness, const RangeChallenge& challenge);

// The number of branches and (1). What remains are (2) and (3), one at a time or in a batch.
// Errors: range-branch-count, range-challenge-sum.
Status check_range_form(Range range, std::span<const RangeBranch> proof, const Scalar& challenge);

// One equation of one branch. Errors: range-equation-g (2), range-equation-k (3), naming the branch.
Status check_range_equation_g(const Ciphertext& ciphertext, Range range, std::size_t i,
                              const RangeBranch& branch);
Status check_range_equation_k(const Point& k, const Ciphertext& ciphertext, Range range, std::size_t i,
                              const RangeBranch& branch);

// All of it, one equation at a time. `challenge` is what the verifier computed from the commitments.
// Errors: those above.
Status verify_range(const Point& k, const Ciphertext& ciphertext, Range range,
                    std::span<const RangeBranch> proof, const Scalar& challenge);

}  // namespace stimme::crypto
