// The field of P-256, F_p, in Montgomery form, and the curve's formulas over it. Field arithmetic runs in
// constant time; the curve formulas branch on their values, so they are for public points only.
//
// Thread rule: values and pure functions.
#pragma once

#include <vector>

#include "core/crypto/p256_field.h"
#include "core/crypto/point.h"

namespace stimme::crypto {

struct Field {
    Limbs m{};  // Montgomery form

    static Field one() { return {ModP::r1}; }
    static Field from_plain(const Limbs& value) { return {ModP::to_montgomery(value)}; }
    Limbs plain() const { return ModP::from_montgomery(m); }

    bool is_zero() const { return (m[0] | m[1] | m[2] | m[3]) == 0; }
    bool is_odd() const { return (plain()[0] & 1) == 1; }  // sgn0 of RFC 9380
    Field inverse() const;                                 // of 0: 0
    Field root() const;                                    // of a square: one of its roots

    friend Field operator+(const Field& a, const Field& b) { return {ModP::add(a.m, b.m)}; }
    friend Field operator-(const Field& a, const Field& b) { return {ModP::sub(a.m, b.m)}; }
    friend Field operator*(const Field& a, const Field& b) { return {p256::Best::multiply(a.m, b.m)}; }
    friend Field operator-(const Field& a) { return {ModP::sub({}, a.m)}; }
    bool operator==(const Field&) const = default;
};

// Not infinity.
struct Affine {
    Field x, y;
};

// (X/Z^2, Y/Z^3); Z = 0 is infinity.
struct Jacobian {
    Field x = Field::one(), y = Field::one(), z;

    bool is_infinity() const { return z.is_zero(); }
};

// x^3 - 3x + b.
Field curve_equation(const Field& x);

Jacobian double_var(const Jacobian& a);
Jacobian add_var(const Jacobian& a, const Jacobian& b);
Jacobian add_var(const Jacobian& a, const Affine& b);

// REQUIRES: not infinity.
Affine to_affine(const Point& point);
Jacobian to_jacobian(const Point& point);
Point to_point(const Affine& affine);
Point to_point(const Jacobian& jacobian);
// One inversion for all of them.
std::vector<Point> to_points(const std::vector<Jacobian>& jacobians);

}  // namespace stimme::crypto
