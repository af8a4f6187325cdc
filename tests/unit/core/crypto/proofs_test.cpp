// Knowledge and equality proofs: core/crypto/proofs.
#include "core/crypto/proofs.h"

#include <gtest/gtest.h>

#include "tests/support/must.h"

namespace stimme::crypto {
namespace {

const ByteView here = as_bytes("here"), there = as_bytes("there");

// X = x·G, D = x·A.
struct Statement {
    explicit Statement(std::uint64_t seed) : random(seed) {}

    SeededRandom random;
    SecretScalar x = SecretScalar::random(random);
    Point a = multiply_generator(SecretScalar::random(random));
    Equality points{multiply_generator(x), a, multiply_secret(a, x)};

    Proof knowledge() { return prove_knowledge(x, points.x, {here, points.x.raw()}, random); }
    std::string check_knowledge(const Proof& proof, ByteView place = here) const {
        return test::code(verify_knowledge(points.x, {place, points.x.raw()}, proof));
    }
    Proof equality() {
        return prove_equality(Purpose::share, x, points,
                              {here, points.x.raw(), points.a.raw(), points.d.raw()}, random);
    }
    std::string check_equality(const Proof& proof, ByteView place = here,
                               Purpose purpose = Purpose::share) const {
        return test::code(
            verify_equality(purpose, points, {place, points.x.raw(), points.a.raw(), points.d.raw()}, proof));
    }
};

TEST(KnowledgeProof, IsAcceptedForItsPointAndPlaceAlone) {
    Statement s(1), other(2);
    const Proof proof = s.knowledge();
    EXPECT_EQ(s.check_knowledge(proof), "ok");
    EXPECT_EQ(s.check_knowledge(proof, there), "knowledge-proof-wrong");
    EXPECT_EQ(other.check_knowledge(proof), "knowledge-proof-wrong");
}

TEST(KnowledgeProof, AChangedNumberIsRefused) {
    Statement s(3);
    const Proof proof = s.knowledge();
    EXPECT_EQ(s.check_knowledge({proof.c + Scalar(1), proof.s}), "knowledge-proof-wrong");
    EXPECT_EQ(s.check_knowledge({proof.c, proof.s + Scalar(1)}), "knowledge-proof-wrong");
}

TEST(EqualityProof, IsAccepted) {
    Statement s(4);
    EXPECT_EQ(s.check_equality(s.equality()), "ok");
}

TEST(EqualityProof, AnotherImageBaseOrKeyIsRefused) {
    Statement s(5);
    const Proof proof = s.equality();
    for (Point Equality::*point : {&Equality::d, &Equality::a, &Equality::x}) {
        Statement changed(5);
        changed.points.*point = changed.points.*point + generator();
        EXPECT_EQ(changed.check_equality(proof), "equality-proof-wrong");
    }
}

TEST(EqualityProof, AWrongSecretCannotProve) {
    Statement s(6);
    s.points.d = s.points.d + generator();
    EXPECT_EQ(s.check_equality(s.equality()), "equality-proof-wrong");
}

TEST(EqualityProof, AnotherPurposeOrPlaceIsRefused) {
    Statement s(7);
    const Proof proof = s.equality();
    EXPECT_EQ(s.check_equality(proof, here, Purpose::hpke_opening), "equality-proof-wrong");
    EXPECT_EQ(s.check_equality(proof, there), "equality-proof-wrong");
}

TEST(EqualityProof, InfinityAsBaseIsRefused) {
    Statement s(8);
    const Proof proof = s.equality();
    s.points.a = s.points.d = Point();
    EXPECT_EQ(s.check_equality(proof), "equality-base-infinity");
}

TEST(EqualityProof, AChallengeThatLeavesOutTheStatementEndsTheProgram) {
    Statement s(10);
    EXPECT_DEATH((void)prove_equality(Purpose::share, s.x, s.points, {here}, s.random), "");
}

TEST(Proof, ReadsBackAndHasOneEncoding) {
    const Proof proof = Statement(9).equality();
    const ByteArray<64> bytes = proof.bytes();
    EXPECT_EQ(*Proof::from_bytes(bytes), proof);
    EXPECT_EQ(Proof::from_bytes(ByteView(bytes).first(63)).error().code, "scalar-not-canonical");
    EXPECT_EQ(Proof::from_bytes(Bytes(64, 0xff)).error().code, "scalar-not-canonical");
}

}  // namespace
}  // namespace stimme::crypto
