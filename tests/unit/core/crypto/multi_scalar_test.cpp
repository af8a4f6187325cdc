// Sums of products against adding them up one by one: core/crypto/multi_scalar.
#include "core/crypto/multi_scalar.h"

#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

namespace stimme::crypto {
namespace {

Point one_by_one(const std::vector<Term>& terms) {
    Point sum;
    for (const Term& term : terms) sum = sum + multiply_var(term.point, term.scalar);
    return sum;
}

// `count` random terms; every third has a 128-bit scalar.
std::vector<Term> random_terms(std::size_t count, Random& random) {
    std::vector<Term> terms;
    for (std::size_t i = 0; i < count; ++i) {
        const Scalar scalar =
            i % 3 == 0 ? Scalar::from_bytes16(random.bytes<16>()) : Scalar::from_wide(random.bytes<48>());
        terms.push_back({scalar, multiply_generator(SecretScalar::random(random))});
    }
    return terms;
}

TEST(MultiScalar, AnyNumberOfTermsAddsUp) {
    SeededRandom random(1);
    for (const std::size_t count : {0u, 1u, 2u, 3u, 7u, 32u, 599u, 600u, 1000u}) {
        const std::vector<Term> terms = random_terms(count, random);
        EXPECT_EQ(multi_scalar_var(terms), one_by_one(terms)) << count;
    }
}

TEST(MultiScalar, EdgeScalarsAndRepeatedOppositeAndInfinitePointsAddUp) {
    SeededRandom random(2);
    std::vector<Term> terms = random_terms(100, random);
    const std::vector<Scalar> edges{Scalar(0), Scalar(1), Scalar(2), -Scalar(1), Scalar(~std::uint64_t{0})};
    for (std::size_t i = 0; i < 300; ++i) {
        const Point point = i % 4 == 0 ? Point() : terms[i % 3].point;
        terms.push_back({edges[i % 5], i % 2 == 0 ? point : -point});
        terms.push_back({terms[0].scalar, i % 2 == 0 ? -point : point});
    }
    EXPECT_EQ(multi_scalar_var(terms), one_by_one(terms));
}

TEST(MultiScalar, TermsThatCancelGiveInfinity) {
    SeededRandom random(3);
    for (const std::size_t count : {1u, 50u, 400u}) {
        std::vector<Term> terms = random_terms(count, random);
        for (std::size_t i = 0; i < count; ++i) terms.push_back({-terms[i].scalar, terms[i].point});
        EXPECT_TRUE(multi_scalar_var(terms).is_infinity());
    }
}

TEST(MultiScalar, EveryKernelFindsTheSameSum) {
    SeededRandom random(4);
    const std::vector<Term> terms = random_terms(150, random);
    for (const Kernel kernel : kernels()) {
        EXPECT_EQ(multi_scalar_var(terms, kernel), one_by_one(terms)) << name(kernel);
    }
}

TEST(MultiScalar, ManyTermsAreSeveralSums) {
    SeededRandom random(5);
    const std::vector<Term> some = random_terms(100, random);
    std::vector<Term> many;
    while (many.size() < 70'000) many.insert(many.end(), some.begin(), some.end());
    EXPECT_EQ(multi_scalar_var(many), multiply_var(one_by_one(some), Scalar(700)));
}

TEST(MultiScalarDeathTest, SumThatOpensslFindsDifferentEndsTheProgram) {
    SeededRandom random(6);
    const std::vector<Term> terms = random_terms(20, random);
    recheck::require_agreement(terms, one_by_one(terms));
    EXPECT_DEATH(recheck::require_agreement(terms, one_by_one(terms) + generator()), "no verdict");
    EXPECT_DEATH(recheck::require_agreement(terms, Point()), "no verdict");
}

constexpr auto times_generator = [](const Scalar& s) { return multi_scalar_var({{s, generator()}}); };

TEST(MultiScalar, RefusesSecretsAtCompileTime) {
    static_assert(!std::is_constructible_v<Scalar, SecretScalar>);
    static_assert(!std::is_invocable_v<decltype(times_generator), SecretScalar>);
    static_assert(std::is_invocable_v<decltype(times_generator), Scalar>);
}

}  // namespace
}  // namespace stimme::crypto
