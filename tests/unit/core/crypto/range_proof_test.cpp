// Encryption and range proofs, honest and forged: core/crypto/elgamal and core/crypto/range_proof.
#include "core/crypto/range_proof.h"

#include <gtest/gtest.h>

#include "core/crypto/transcript.h"
#include "tests/support/must.h"

namespace stimme::crypto {
namespace {

const ElectionKey& election_key() {
    static const ElectionKey key(multiply_generator(SecretScalar(Scalar(0x5eed))));
    return key;
}

Scalar challenge_of(std::span<const RangeCommitment> commitments) {
    std::vector<ByteView> parts;
    for (const auto& [a, b] : commitments) {
        parts.emplace_back(a.raw());
        parts.emplace_back(b.raw());
    }
    return hash_to_scalar(Purpose::range, parts);
}

// A ciphertext of `encrypted` with a proof made as if it held `claimed`.
struct Proven {
    Proven(Range of, std::uint32_t encrypted, std::uint32_t claimed) : range(of) {
        SeededRandom random(of.lo + 10 * of.hi + 100 * encrypted);
        const SecretScalar r = SecretScalar::random(random);
        const auto fresh = [&](std::size_t) {
            return BranchSecrets{SecretScalar::random(random), SecretScalar::random(random)};
        };
        ciphertext = encrypt(election_key(), encrypted, r);
        proof = prove_range(election_key(), range, claimed, r, fresh, challenge_of);
    }
    Proven(Range of, std::uint32_t m) : Proven(of, m, m) {}

    Scalar challenge() const {
        std::vector<RangeCommitment> commitments;
        for (const RangeBranch& branch : proof) commitments.push_back({branch.a, branch.b});
        return challenge_of(commitments);
    }
    std::string check() const { return check_with(challenge()); }
    std::string check_with(const Scalar& challenge) const {
        return test::code(verify_range(election_key().point(), ciphertext, range, proof, challenge));
    }

    Range range;
    Ciphertext ciphertext;
    RangeProof proof;
};

TEST(Encryption, IsWhatTheEquationsSay) {
    SeededRandom random(1);
    const SecretScalar r = SecretScalar::random(random);
    const Ciphertext c = encrypt(election_key(), 3, r);
    EXPECT_EQ(c.a, multiply_generator(r));
    EXPECT_EQ(c.b, multiply_var(election_key().point(), (r + SecretScalar(3)).reveal()));
}

TEST(Encryption, CiphertextsAddUp) {
    SeededRandom random(2);
    const SecretScalar r = SecretScalar::random(random), s = SecretScalar::random(random);
    const Ciphertext x = encrypt(election_key(), 2, r), y = encrypt(election_key(), 5, s);
    CiphertextSum sum;
    sum.add(x);
    sum.add(y);
    EXPECT_EQ(x + y, encrypt(election_key(), 7, r + s));
    EXPECT_EQ(sum.value(), x + y);
    EXPECT_EQ(x + y - y, x);
    EXPECT_EQ(multiply_var(x, Scalar(2)), x + x);
}

TEST(FixedBase, AgreesWithPlainMultiplicationAlsoAtTheEdges) {
    SeededRandom random(3);
    const Point& k = election_key().point();
    for (const Scalar& s :
         {Scalar(0), Scalar(1), Scalar(2), -Scalar(1), Scalar::from_wide(random.bytes<48>())}) {
        EXPECT_EQ(election_key().multiply(s), multiply_var(k, s));
    }
}

TEST(RangeProof, EveryValueOfEveryRangeIsAccepted) {
    for (std::uint32_t lo = 0; lo <= 1; ++lo) {
        for (std::uint32_t hi = lo; hi <= 3; ++hi) {
            for (std::uint32_t m = lo; m <= hi; ++m) EXPECT_EQ(Proven({lo, hi}, m).check(), "ok");
        }
    }
}

TEST(RangeProof, AValueOutsideIsRefused) {
    EXPECT_EQ(Proven({0, 1}, 2, 1).check(), "range-equation-k");
    EXPECT_EQ(Proven({0, 1}, 1000, 0).check(), "range-equation-k");
    EXPECT_EQ(Proven({1, 3}, 0, 1).check(), "range-equation-k");
}

TEST(RangeProof, AnAppendedBranchIsRefused) {
    Proven honest({0, 2}, 2);
    honest.range = {0, 1};
    EXPECT_EQ(honest.check(), "range-branch-count");
}

TEST(RangeProof, ARemovedBranchIsRefused) {
    Proven p({0, 1}, 0);
    p.proof.pop_back();
    EXPECT_EQ(p.check(), "range-branch-count");
    p.proof.clear();
    EXPECT_EQ(p.check(), "range-branch-count");
}

TEST(RangeProof, SwappedBranchesAreRefused) {
    Proven p({0, 1}, 0);
    const Scalar challenge = p.challenge();
    std::swap(p.proof[0], p.proof[1]);
    EXPECT_EQ(p.check_with(challenge), "range-equation-k");
}

TEST(RangeProof, AnotherChallengeIsRefused) {
    const Proven p({0, 1}, 1);
    EXPECT_EQ(p.check_with(p.challenge() + Scalar(1)), "range-challenge-sum");
}

// Without the sum, one could simulate every branch: the hole of a known verifier.
TEST(RangeProof, SimulatingEveryBranchIsRefused) {
    Proven p({0, 1}, 7, 0);
    SeededRandom random(4);
    const Ciphertext& x = p.ciphertext;
    for (std::size_t j = 0; j < 2; ++j) {
        RangeBranch& b = p.proof[j];
        b.c = Scalar::from_wide(random.bytes<48>());
        b.v = Scalar::from_wide(random.bytes<48>());
        b.a = multi_scalar_var({{b.v, generator()}, {-b.c, x.a}});
        b.b = multi_scalar_var({{b.v + b.c * Scalar(j), election_key().point()}, {-b.c, x.b}});
        EXPECT_TRUE(check_range_equation_g(x, p.range, j, b).ok());
        EXPECT_TRUE(check_range_equation_k(election_key().point(), x, p.range, j, b).ok());
    }
    EXPECT_EQ(p.check(), "range-challenge-sum");
}

TEST(RangeProof, AProofOfAnotherCiphertextIsRefused) {
    Proven p({0, 1}, 1);
    p.ciphertext = encrypt(election_key(), 1, SecretScalar(12345));
    EXPECT_EQ(p.check(), "range-equation-g");
}

TEST(RangeProof, AnotherKeyIsRefused) {
    const Proven p({0, 1}, 1);
    EXPECT_EQ(test::code(verify_range(generator(), p.ciphertext, p.range, p.proof, p.challenge())),
              "range-equation-k");
}

TEST(RangeProof, EachChangedFieldIsRefusedByItsEquation) {
    const Proven honest({0, 2}, 1);
    const Scalar challenge = honest.challenge();
    for (std::size_t i = 0; i < 3; ++i) {
        Proven p = honest;
        p.proof[i].a = p.proof[i].a + generator();
        EXPECT_EQ(p.check_with(challenge), "range-equation-g");
        p = honest;
        p.proof[i].b = p.proof[i].b + generator();
        EXPECT_EQ(p.check_with(challenge), "range-equation-k");
        p = honest;
        p.proof[i].v += Scalar(1);
        EXPECT_EQ(p.check_with(challenge), "range-equation-g");
        p = honest;
        p.proof[i].c += Scalar(1);
        EXPECT_EQ(p.check_with(challenge), "range-challenge-sum");
    }
}

TEST(RangeProof, ChallengesMovedBetweenBranchesAreRefused) {
    Proven p({0, 1}, 1);
    p.proof[0].c += Scalar(1);
    p.proof[1].c += -Scalar(1);
    EXPECT_EQ(p.check(), "range-equation-g");
}

TEST(RangeProof, TheErrorNamesTheBranch) {
    Proven p({1, 3}, 2);
    p.proof[2].v += Scalar(1);
    const Status status = verify_range(election_key().point(), p.ciphertext, p.range, p.proof, p.challenge());
    EXPECT_NE(status.error().message.find("branch 3"), std::string::npos);
}

}  // namespace
}  // namespace stimme::crypto
