// Curve checks of many points against those of single points: core/crypto/p256_curve.
#include "core/crypto/p256_curve.h"

#include <vector>

#include <gtest/gtest.h>

#include "core/crypto/p256_adder.h"
#include "tests/unit/core/crypto/p256_edges.h"

namespace stimme::crypto {
namespace {

using Encoded = ByteArray<64>;

// Whether each way takes all of them; they must agree.
bool accepted(const std::vector<Encoded>& points) {
    std::vector<const std::uint8_t*> all;
    for (const Encoded& point : points) all.push_back(point.data());
    const bool result = all_on_curve(all);
    EXPECT_EQ(p256::all_on_curve_portable(all), result);
    if (p256::ifma_adder() != nullptr) {
        EXPECT_EQ(p256::all_on_curve_ifma(all), result);
    }
    return result;
}

std::vector<Encoded> valid_points(std::size_t count) {
    SeededRandom random(61);
    std::vector<Encoded> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back(multiply_generator(SecretScalar::random(random)).raw());
    }
    return points;
}

// (0, √b)
Encoded with_x_zero() {
    return Point::from_sec1(*from_hex("02" + std::string(64, '0')))->raw();
}

TEST(P256Curve, AnyNumberOfValidPointsIsAccepted) {
    const std::vector<Encoded> points = valid_points(30);
    for (std::size_t count = 0; count <= points.size(); ++count) {
        EXPECT_TRUE(accepted({points.begin(), points.begin() + static_cast<std::ptrdiff_t>(count)})) << count;
    }
    EXPECT_TRUE(accepted({with_x_zero()}));
}

TEST(P256Curve, OneBadPointAnywhereIsRefused) {
    const std::vector<Encoded> points = valid_points(19);
    for (std::size_t place = 0; place < points.size(); ++place) {
        for (const std::size_t byte : {0u, 31u, 32u, 63u}) {
            std::vector<Encoded> changed = points;
            changed[place][byte] ^= 1;
            EXPECT_FALSE(accepted(changed)) << place << " " << byte;
        }
    }
}

TEST(P256Curve, CoordinatesNotBelowPAreRefused) {
    Encoded zero = with_x_zero(), p_instead = zero;
    modular::store(modular::p, p_instead.data());
    EXPECT_FALSE(accepted({zero, p_instead}));
    Encoded all_ones;
    all_ones.fill(0xff);
    EXPECT_FALSE(accepted({all_ones}));
    EXPECT_FALSE(accepted({Encoded{}}));
    // Small x, written as x + p.
    for (std::uint64_t k = 0; k < 20; ++k) {
        const Limbs x{k, 0, 0, 0};
        const Field square = curve_equation(Field::from_plain(x)), root = square.root();
        if (root * root != square) continue;
        std::uint64_t carry = 0;
        Encoded point;
        modular::store(modular::add_carry(x, modular::p, carry), point.data());
        modular::store(root.plain(), point.data() + 32);
        EXPECT_FALSE(accepted({point})) << k;
    }
}

TEST(P256Curve, RandomCoordinatesAreJudgedLikeSinglePoints) {
    SeededRandom random(62);
    for (std::size_t i = 0; i < edges::rounds(3000, 50); ++i) {
        const Field x{ModP::from_montgomery(edges::edge_element(random))};
        const Field square = curve_equation(Field::from_plain(x.m)), root = square.root();
        Encoded point;
        modular::store(x.m, point.data());
        modular::store(root.plain(), point.data() + 32);
        ASSERT_EQ(accepted({point}), root * root == square) << i;
    }
}

}  // namespace
}  // namespace stimme::crypto
