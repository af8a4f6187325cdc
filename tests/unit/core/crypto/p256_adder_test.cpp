// Additions of points in every case of the group law, by every adder that this processor runs:
// core/crypto/p256_adder.
#include "core/crypto/p256_adder.h"

#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/core/crypto/p256_edges.h"

namespace stimme::crypto::p256 {
namespace {

using edges::edge_element;
using edges::rounds;

std::map<std::string, const Adder*> adders() {
    std::map<std::string, const Adder*> list{{"portable", &portable_adder}};
    if (mulx_adder() != nullptr) list["mulx"] = mulx_adder();
    if (ifma_adder() != nullptr) list["ifma"] = ifma_adder();
    return list;
}

// A pool of points and their sums.
class Pool {
  public:
    Pool(const Adder& adder, const std::vector<Point>& points) : adder_(adder), packed(points.size()) {
        for (std::size_t i = 0; i < points.size(); ++i) {
            const Point* point = &points[i];
            if (!point->is_infinity()) adder.pack({&point, 1}, &packed[i]);
        }
    }
    void add(const std::vector<Addition>& additions) {
        for (const Addition& addition : additions) {
            if (addition.out >= packed.size()) packed.resize(addition.out + 1);
        }
        adder_.add(packed.data(), additions);
    }
    Point operator[](std::size_t place) const {
        return packed[place].is_infinity() ? Point() : to_point(adder_.unpack(packed[place]));
    }

    const Adder& adder_;
    std::vector<Packed> packed;
};

Point signed_point(const std::vector<Point>& points, Operand operand) {
    return operand.negative() ? -points[operand.place()] : points[operand.place()];
}

// Infinity, multiples of one point near each other, and points with extreme coordinates.
std::vector<Point> special_points() {
    std::vector<Point> points{Point(), Point()};
    for (const std::uint64_t k : {1u, 2u, 3u, 4u}) {
        points.push_back(multiply_generator(SecretScalar(k)));
        points.push_back(-points.back());
    }
    for (const char* x : {"0000000000000000000000000000000000000000000000000000000000000000",
                          "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
                          "00000000000000000000000000000000000000000000000fffffffffffffffff"}) {
        const auto point = Point::from_sec1(*from_hex("02" + std::string(x)));
        if (point) points.push_back(*point);
    }
    return points;
}

TEST(P256Adder, EverySumOfSpecialPointsIsRight) {
    const std::vector<Point> points = special_points();
    ASSERT_GE(points.size(), 11u);
    std::vector<Addition> additions;
    for (std::uint32_t pair = 0; pair < points.size() * points.size() * 4; ++pair) {
        const auto n = static_cast<std::uint32_t>(points.size());
        const Operand a(pair / 4 / n, pair % 2 == 1), b(pair / 4 % n, pair / 2 % 2 == 1);
        additions.push_back({a, b, n + pair});
    }
    for (const auto& [name, adder] : adders()) {
        Pool pool(*adder, points);
        pool.add(additions);
        for (const auto& [a, b, out] : additions) {
            ASSERT_EQ(pool[out], signed_point(points, a) + signed_point(points, b))
                << name << " " << a.code << " " << b.code;
        }
    }
}

TEST(P256Adder, AnyNumberOfAdditionsIsRight) {
    const std::vector<Point> points = special_points();
    const auto n = static_cast<std::uint32_t>(points.size());
    SeededRandom random(43);
    for (const auto& [name, adder] : adders()) {
        for (std::uint32_t count = 0; count < 70; ++count) {
            Pool pool(*adder, points);
            std::vector<Addition> additions;
            for (std::uint32_t i = 0; i < count; ++i) {
                const auto pick = random.bytes<3>();
                additions.push_back({Operand(pick[0] % n, pick[2] % 2 == 1), Operand(pick[1] % n), n + i});
            }
            pool.add(additions);
            for (const auto& [a, b, out] : additions) {
                ASSERT_EQ(pool[out], signed_point(points, a) + signed_point(points, b))
                    << name << " " << count;
            }
        }
    }
}

TEST(P256Adder, SumsMayReplaceTheirOperands) {
    for (const auto& [name, adder] : adders()) {
        std::vector<Point> points;
        for (std::uint64_t k = 1; k <= 4200; ++k) {
            points.push_back(k < 3 ? multiply_generator(SecretScalar(k)) : points.back() + points.front());
        }
        Pool pool(*adder, points);
        std::vector<Addition> additions;
        for (std::uint32_t i = 0; i < 1050; ++i) additions.push_back({2 * i, Operand(2 * i + 1), 2 * i});
        pool.add(additions);
        for (std::uint64_t i = 0; i < 1050; ++i) {
            ASSERT_EQ(pool[2 * i], points[0] + points[4 * i + 1]) << name << " " << i;
            ASSERT_EQ(pool[2 * i + 1], points[2 * i + 1]) << name << " " << i;
        }
    }
}

// The chord through two points needs no curve, so its formula can be tried with any coordinates: digits of
// the adder's own form that make carries run.
TEST(P256Adder, ChordsOfExtremeCoordinatesAgreeWithTheField) {
    constexpr std::uint32_t pairs = 500;
    for (const auto& [name, adder] : adders()) {
        SeededRandom random(44);
        for (std::size_t round = 0; round < rounds(6, 300); ++round) {
            std::vector<Packed> pool(3 * pairs);
            std::vector<Addition> additions;
            for (std::uint32_t i = 0; i < pairs; ++i) {
                pool[2 * i] = {edge_element(random), edge_element(random)};
                pool[2 * i + 1] = {edge_element(random), edge_element(random)};
                additions.push_back(
                    {Operand(2 * i, i % 3 == 0), Operand(2 * i + 1, i % 5 == 0), 2 * pairs + i});
            }
            const std::vector<Packed> before = pool;
            adder->add(pool.data(), additions);
            for (const auto& [a, b, out] : additions) {
                Affine p = adder->unpack(before[a.place()]), q = adder->unpack(before[b.place()]);
                if (a.negative()) p.y = -p.y;
                if (b.negative()) q.y = -q.y;
                if (p.y.is_zero() || q.y.is_zero() || p.x == q.x) continue;
                const Field slope = (q.y - p.y) * (q.x - p.x).inverse(), x = slope * slope - p.x - q.x;
                const Affine sum = adder->unpack(pool[out]);
                ASSERT_EQ(sum.x, x) << name << " " << round << " " << out;
                ASSERT_EQ(sum.y, slope * (p.x - x) - p.y) << name << " " << round << " " << out;
                ASSERT_TRUE(modular::below(pool[out].x, modular::p) &&
                            modular::below(pool[out].y, modular::p));
            }
        }
    }
}

TEST(P256Adder, PackedPointsComeOutAsTheyWere) {
    SeededRandom random(45);
    std::vector<Point> points;
    for (std::size_t i = 0; i < 101; ++i) points.push_back(multiply_generator(SecretScalar::random(random)));
    std::vector<const Point*> all;
    for (const Point& point : points) all.push_back(&point);
    for (const auto& [name, adder] : adders()) {
        for (const std::size_t count : {1u, 7u, 8u, 9u, 101u}) {
            std::vector<Packed> pool(count);
            adder->pack(std::span(all).first(count), pool.data());
            for (std::size_t i = 0; i < count; ++i) {
                ASSERT_EQ(to_point(adder->unpack(pool[i])), points[i]) << name << " " << i;
            }
        }
    }
}

}  // namespace
}  // namespace stimme::crypto::p256
