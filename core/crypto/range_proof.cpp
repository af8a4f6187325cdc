#include "core/crypto/range_proof.h"

#include <cassert>

#include "core/crypto/declassify.h"
#include "core/crypto/multi_scalar.h"

namespace stimme::crypto {
namespace {

Error equation_error(const char* code, Range range, std::size_t i, const char* base) {
    return invalid(code, "branch " + std::to_string(range.lo + i) +
                             " of the range proof breaks the equation over " + base);
}

std::uint64_t value_of(Range range, std::size_t i) {
    return std::uint64_t{range.lo} + i;
}

}  // namespace

RangeProof prove_range(const ElectionKey& key, Range range, std::uint32_t m, const SecretScalar& r,
                       const BranchRandomness& randomness, const RangeChallenge& challenge) {
    assert(range.lo <= range.hi);
    std::vector<BranchSecrets> secrets;
    std::vector<RangeCommitment> commitments;
    SecretScalar others;  // Σ_{j != m} c_j
    for (std::size_t i = 0; i < range.branches(); ++i) {
        const std::uint64_t j = value_of(range, i);
        secrets.push_back(randomness(i));
        const auto& [u, c] = secrets.back();
        commitments.push_back(
            {multiply_generator(u), key.multiply(u + (SecretScalar(j) - SecretScalar(m)) * c)});
        others += SecretScalar::select(mask_if_equal(j, m), SecretScalar(), c);
    }
    const SecretScalar real = challenge(commitments) - others;
    RangeProof proof;
    for (std::size_t i = 0; i < range.branches(); ++i) {
        const SecretScalar c = SecretScalar::select(mask_if_equal(value_of(range, i), m), real, secrets[i].c);
        const SecretScalar v = secrets[i].u + c * r;
        proof.push_back(
            {commitments[i].a, commitments[i].b, declassified(c.reveal()), declassified(v.reveal())});
    }
    return proof;
}

Status check_range_form(Range range, std::span<const RangeBranch> proof, const Scalar& challenge) {
    if (proof.size() != range.branches()) {
        return invalid("range-branch-count", "the range proof has " + std::to_string(proof.size()) +
                                                 " branches instead of " + std::to_string(range.branches()));
    }
    Scalar sum;
    for (const RangeBranch& branch : proof) sum += branch.c;
    if (sum == challenge) return {};
    return invalid("range-challenge-sum", "the challenges of the branches don't add up to that of the proof");
}

// v·G - c·A = a
Status check_range_equation_g(const Ciphertext& ciphertext, Range range, std::size_t i,
                              const RangeBranch& branch) {
    if (multi_scalar_var({{branch.v, generator()}, {-branch.c, ciphertext.a}}) == branch.a) return {};
    return equation_error("range-equation-g", range, i, "G");
}

// (v + c·j)·K - c·B = b
Status check_range_equation_k(const Point& k, const Ciphertext& ciphertext, Range range, std::size_t i,
                              const RangeBranch& branch) {
    const Scalar of_k = branch.v + branch.c * Scalar(value_of(range, i));
    if (multi_scalar_var({{of_k, k}, {-branch.c, ciphertext.b}}) == branch.b) return {};
    return equation_error("range-equation-k", range, i, "K");
}

Status verify_range(const Point& k, const Ciphertext& ciphertext, Range range,
                    std::span<const RangeBranch> proof, const Scalar& challenge) {
    STIMME_CHECK(check_range_form(range, proof, challenge));
    for (std::size_t i = 0; i < proof.size(); ++i) {
        STIMME_CHECK(check_range_equation_g(ciphertext, range, i, proof[i]));
        STIMME_CHECK(check_range_equation_k(k, ciphertext, range, i, proof[i]));
    }
    return {};
}

}  // namespace stimme::crypto
