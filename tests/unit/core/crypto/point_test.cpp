// Encodings and sums of points: core/crypto/point.
#include "core/crypto/point.h"

#include <gtest/gtest.h>

namespace stimme::crypto {
namespace {

constexpr const char* prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
constexpr const char* generator_hex =
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

Point times_g(std::uint64_t n) {
    return multiply_generator(SecretScalar(n));
}

std::string refusal64(const Bytes& bytes) {
    const auto point = Point::from_bytes64(bytes);
    return point ? "accepted" : point.error().code;
}
std::string refusal_sec1(const Bytes& bytes) {
    const auto point = Point::from_sec1(bytes);
    return point ? "accepted" : point.error().code;
}

TEST(Point, TheGeneratorIsThatOfTheStandard) {
    EXPECT_EQ(to_hex(generator().raw()), generator_hex);
}

TEST(Point, BothEncodingsReadBack) {
    SeededRandom random(1);
    for (int i = 0; i < 200; ++i) {
        const Point point = multiply_generator(SecretScalar::random(random));
        EXPECT_EQ(*Point::from_bytes64(*point.to_bytes64()), point);
        EXPECT_EQ(*Point::from_sec1(*point.to_sec1()), point);
        EXPECT_EQ(*Point::from_sec1(*(-point).to_sec1()), -point);
    }
}

TEST(Point, AnyFlippedBitLeavesTheCurve) {
    const Bytes valid = *from_hex(generator_hex);
    for (std::size_t bit = 0; bit < 512; ++bit) {
        Bytes changed = valid;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_NE(refusal64(changed), "accepted") << bit;
    }
}

TEST(Point, CoordinatesNotBelowPAreRefused) {
    const Bytes p = *from_hex(prime);
    const Bytes g = *from_hex(generator_hex);
    Bytes large_x = p;
    append(large_x, ByteView(g).last(32));
    EXPECT_EQ(refusal64(large_x), "point-not-canonical");
    Bytes large_y(g.begin(), g.begin() + 32);
    append(large_y, p);
    EXPECT_EQ(refusal64(large_y), "point-not-canonical");
    Bytes compressed{2};
    append(compressed, p);
    EXPECT_EQ(refusal_sec1(compressed), "point-not-canonical");
}

// x = 5 lies on the curve, so p + 5 < 2^256 would be its second encoding.
TEST(Point, TheSecondEncodingOfASmallCoordinateIsRefused) {
    Bytes small(33);
    small[0] = 2;
    small[32] = 5;
    ASSERT_EQ(refusal_sec1(small), "accepted");
    Bytes large{2};
    append(large, *from_hex("ffffffff00000001000000000000000000000001000000000000000000000004"));
    EXPECT_EQ(refusal_sec1(large), "point-not-canonical");
}

TEST(Point, InfinityHasNoEncoding) {
    EXPECT_EQ(refusal64(Bytes(64)), "point-not-on-curve");
    EXPECT_EQ(refusal_sec1(Bytes(1)), "point-not-canonical");
    EXPECT_EQ(Point().to_bytes64().error().code, "point-infinity");
    EXPECT_EQ(Point().to_sec1().error().code, "point-infinity");
}

TEST(Point, OtherFormsOfSec1AreRefused) {
    Bytes uncompressed{4};
    append(uncompressed, *from_hex(generator_hex));
    EXPECT_EQ(refusal_sec1(uncompressed), "point-not-canonical");
    for (const std::uint8_t first : Bytes{0, 1, 4, 5, 6, 7, 255}) {
        Bytes bytes(uncompressed.begin(), uncompressed.begin() + 33);
        bytes[0] = first;
        EXPECT_EQ(refusal_sec1(bytes), "point-not-canonical");
    }
    EXPECT_EQ(refusal64(uncompressed), "point-not-canonical");
}

TEST(Point, AnAbscissaOffTheCurveIsRefused) {
    int refused = 0;
    for (std::uint8_t x = 0; x < 32; ++x) {
        Bytes bytes(33);
        bytes[0] = 3;
        bytes[32] = x;
        const std::string outcome = refusal_sec1(bytes);
        if (outcome == "accepted") continue;
        EXPECT_EQ(outcome, "point-not-on-curve");
        ++refused;
    }
    EXPECT_GT(refused, 8);
}

TEST(Point, SumsOfSmallMultiplesAreMultiplesOfSums) {
    for (std::uint64_t a = 0; a < 12; ++a) {
        for (std::uint64_t b = 0; b < 12; ++b) {
            EXPECT_EQ(times_g(a) + times_g(b), times_g(a + b));
            EXPECT_EQ(times_g(a + b) - times_g(b), times_g(a));
        }
    }
}

TEST(Point, RandomSumsFollowTheirScalars) {
    SeededRandom random(2);
    for (int i = 0; i < 100; ++i) {
        const SecretScalar a = SecretScalar::random(random), b = SecretScalar::random(random);
        EXPECT_EQ(multiply_generator(a) + multiply_generator(b), multiply_generator(a + b));
    }
}

TEST(Point, InfinityIsAnOrdinaryTerm) {
    EXPECT_TRUE(times_g(0).is_infinity());
    EXPECT_TRUE((generator() - generator()).is_infinity());
    EXPECT_TRUE((-Point()).is_infinity());
    EXPECT_TRUE(multiply_var(Point(), Scalar(5)).is_infinity());
    EXPECT_EQ(generator() + Point(), generator());
}

TEST(Point, AllMultiplicationsAgree) {
    SeededRandom random(3);
    const SecretScalar a = SecretScalar::random(random), b = SecretScalar::random(random);
    const Point base = multiply_generator(a);
    EXPECT_EQ(multiply_secret(base, b), multiply_generator(a * b));
    EXPECT_EQ(multiply_var(base, b.reveal()), multiply_generator(a * b));
    EXPECT_EQ(multiply_var(base, -Scalar(1)), -base);
}

TEST(PointSum, EqualsTheSumOneByOneAlsoThroughInfinityAndDoubling) {
    PointSum sum;
    EXPECT_TRUE(sum.value().is_infinity());
    const std::vector<Point> terms{generator(), generator(), Point(), times_g(3), -times_g(5), times_g(9)};
    Point expected;
    for (const Point& term : terms) {
        sum.add(term);
        expected = expected + term;
        EXPECT_EQ(sum.value(), expected);
    }
}

}  // namespace
}  // namespace stimme::crypto
