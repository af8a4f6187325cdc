// Points of P-256, always on the curve: parsing is the only door in. Infinity is an ordinary value of sums
// and products, and refused by every encoding. P-256 has prime order, so there is no subgroup to check.
// See docs/protocol.md, section 1.
//
// Functions ending in _var take a time that depends on their arguments: for public data only.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/crypto/scalar.h"

namespace stimme::crypto {

class Point {
  public:
    Point() = default;  // infinity

    // x‖y, 32 bytes big-endian each, as in bulk data. Under a microsecond.
    // Errors: point-not-canonical (not 64 bytes, a coordinate not below p), point-not-on-curve.
    static Result<Point> from_bytes64(ByteView bytes);
    // SEC1, compressed, 33 bytes, as in JSON. Errors: point-not-canonical (another form or length, infinity,
    // x not below p), point-not-on-curve.
    static Result<Point> from_sec1(ByteView bytes);
    // REQUIRES: the coordinates of a point on the curve, from our own arithmetic.
    static Point from_valid(const ByteArray<64>& raw) {
        Point point;
        point.raw_ = raw;
        return point;
    }

    // Errors: point-infinity.
    Result<ByteArray<64>> to_bytes64() const;
    Result<ByteArray<33>> to_sec1() const;

    // x‖y for hashing and for points known to be finite; infinity gives 64 zero bytes, which no decoder
    // accepts, so that a hash over it is well defined.
    const ByteArray<64>& raw() const { return raw_; }
    bool is_infinity() const { return raw_ == ByteArray<64>{}; }
    bool operator==(const Point&) const = default;

    // Public points; for more than a few use PointSum.
    friend Point operator+(const Point& a, const Point& b);
    friend Point operator-(const Point& a, const Point& b);
    friend Point operator-(const Point& a);

  private:
    ByteArray<64> raw_{};
};

const Point& generator();

// scalar·point, constant time with respect to the scalar.
Point multiply_secret(const Point& point, const SecretScalar& scalar);
// scalar·G, constant time, with OpenSSL's table for G.
Point multiply_generator(const SecretScalar& scalar);
Point multiply_var(const Point& point, const Scalar& scalar);

// A running sum of many public points, without a division for each.
// Thread rule: belongs to one thread; sums of several threads are added with add(sum.value()).
class PointSum {
  public:
    void add(const Point& point);
    // times·point
    void add(const Point& point, unsigned times);
    Point value() const;
    bool is_infinity() const { return sum_.z == std::array<std::uint64_t, 4>{}; }

  private:
    struct Coordinates {
        std::array<std::uint64_t, 4> x{}, y{}, z{};
    };
    Coordinates sum_;  // Jacobian, Montgomery form
};

}  // namespace stimme::crypto
