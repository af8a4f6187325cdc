// Sums of products by buckets against OpenSSL's, with every width of windows: core/crypto/p256_buckets.
#include "core/crypto/p256_buckets.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/core/crypto/p256_edges.h"

namespace stimme::crypto::p256 {
namespace {

using edges::rounds;

std::vector<const Adder*> all_adders() {
    std::vector<const Adder*> list{&portable_adder};
    for (const Adder* adder : {mulx_adder(), ifma_adder()}) {
        if (adder != nullptr) list.push_back(adder);
    }
    return list;
}

Point own(const Adder& adder, const std::vector<Term>& terms, Widths widths) {
    return to_point(sum_of_products(adder, terms, widths));
}

// Zero, one, two, numbers with a run of ones up to any digit, and those just below the order.
Scalar edge_scalar(Random& random) {
    const auto choice = random.bytes<2>();
    const Scalar small(choice[0] % 4);
    switch (choice[1] % 6) {
        case 0:
            return small;
        case 1:
            return -small;
        case 2:
            return Scalar::from_bytes16(random.bytes<16>());
        case 3: {  // 2^k - small
            Scalar power(1);
            for (unsigned i = 0; i < choice[0]; ++i) power += power;
            return power - small;
        }
        default:
            return Scalar::from_wide(random.bytes<48>());
    }
}

// A few points again and again, their opposites, and infinity in the middle.
std::vector<Term> edge_terms(std::size_t count, Random& random) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < 1 + count / 3; ++i) {
        points.push_back(multiply_generator(SecretScalar::random(random)));
    }
    std::vector<Term> terms;
    for (std::size_t i = 0; i < count; ++i) {
        const auto choice = random.bytes<4>();
        const Point& point = points[(choice[1] + 256u * choice[2]) % points.size()];
        const Scalar scalar = choice[3] % 8 == 0 && i > 0 ? terms[i - 1].scalar : edge_scalar(random);
        terms.push_back({scalar, choice[0] % 16 == 0 ? Point() : choice[0] % 2 == 0 ? point : -point});
    }
    return terms;
}

TEST(P256Buckets, EdgeSumsAgreeWithOpenssl) {
    SeededRandom random(51);
    for (std::size_t round = 0; round < rounds(60, 300); ++round) {
        const std::vector<Term> terms = edge_terms(1 + round % 60, random);
        const Point expected = multi_scalar_var(terms, Kernel::openssl);
        for (const Adder* adder : all_adders()) {
            ASSERT_EQ(own(*adder, terms, best_widths(terms)), expected) << round;
        }
    }
}

TEST(P256Buckets, LargeSumsAgreeWithOpenssl) {
    SeededRandom random(52);
    for (const std::size_t count : std::vector<std::size_t>(rounds(1, 50), 3000)) {
        const std::vector<Term> terms = edge_terms(count, random);
        const Point expected = multi_scalar_var(terms, Kernel::openssl);
        for (const Adder* adder : all_adders()) ASSERT_EQ(own(*adder, terms, best_widths(terms)), expected);
    }
}

TEST(P256Buckets, EveryPairOfWidthsAgreesWithOpenssl) {
    SeededRandom random(53);
    const std::vector<Term> terms = edge_terms(40, random);
    const Point expected = multi_scalar_var(terms, Kernel::openssl);
    for (const Adder* adder : all_adders()) {
        for (unsigned lower = min_width; lower <= max_width; ++lower) {
            const unsigned upper = min_width + (5 * lower) % (max_width - min_width + 1);
            ASSERT_EQ(own(*adder, terms, {lower, upper}), expected) << lower << " " << upper;
        }
    }
}

// Every two neighbouring digits, at the bottom of the scalar and across the border of its halves.
TEST(P256Buckets, EverySmallScalarIsRightInSmallWindows) {
    const unsigned widest = rounds(1, 2) == 1 ? 4 : 7;
    const Scalar border = Scalar::from_bytes16({1}) * Scalar(64);  // 2^126
    for (const Adder* adder : all_adders()) {
        for (unsigned width = min_width; width <= widest; ++width) {
            Point low, high;
            const Point step = multiply_var(generator(), border);
            for (std::uint64_t k = 0; k < std::uint64_t{1} << (2 * width); ++k) {
                ASSERT_EQ(own(*adder, {{Scalar(k), generator()}}, {width, width}), low) << width << " " << k;
                const Scalar scalar = border * Scalar(k);
                ASSERT_EQ(own(*adder, {{scalar, generator()}}, {width, width}), high) << width << " " << k;
                low = low + generator();
                high = high + step;
            }
        }
    }
}

TEST(P256Buckets, SumsThatCancelAreInfinity) {
    SeededRandom random(54);
    for (const Adder* adder : all_adders()) {
        for (const std::size_t count : {1u, 9u, 100u}) {
            std::vector<Term> terms = edge_terms(count, random);
            for (std::size_t i = 0; i < count; ++i) {
                terms.push_back(i % 2 == 0 ? Term{-terms[i].scalar, terms[i].point}
                                           : Term{terms[i].scalar, -terms[i].point});
            }
            EXPECT_TRUE(own(*adder, terms, best_widths(terms)).is_infinity());
        }
    }
}

TEST(P256Buckets, NoTermsAreInfinity) {
    for (const Adder* adder : all_adders()) {
        EXPECT_TRUE(own(*adder, {}, {4, 4}).is_infinity());
        EXPECT_TRUE(own(*adder, {{Scalar(0), generator()}, {Scalar(5), Point()}}, {4, 4}).is_infinity());
    }
}

}  // namespace
}  // namespace stimme::crypto::p256
