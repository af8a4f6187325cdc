#include "core/crypto/field.h"

namespace stimme::crypto {
namespace {

constexpr Limbs curve_b = {0x3bce3c3e27d2604b, 0x651d06b0cc53b0f6, 0xb3ebbd55769886bc, 0x5ac635d8aa3a93e7};

Field doubled(const Field& a) {
    return a + a;
}

// Jacobian sum when the differences h = x2 - x1 and r = y2 - y1 (over a common denominator) are known, h !=
// 0.
Jacobian chord(const Field& x1, const Field& y1, const Field& h, const Field& r, const Field& z) {
    const Field hh = h * h, hhh = h * hh, v = x1 * hh;
    const Field x3 = r * r - hhh - doubled(v);
    return {x3, r * (v - x3) - y1 * hhh, z * h};
}

}  // namespace

Field Field::inverse() const {
    return {p256::inverse<p256::Best>(m)};
}

// a^((p+1)/4), which is 2^254 - 2^222 + 2^190 + 2^94.
Field Field::root() const {
    const auto squared = [](Field a, int times) {
        for (int i = 0; i < times; ++i) a = a * a;
        return a;
    };
    Field ones = *this;  // a^(2^n - 1) for n = 1, 2, 4 … 32
    for (int n = 1; n < 32; n *= 2) ones = squared(ones, n) * ones;
    return squared(squared(squared(ones, 32) * *this, 96) * *this, 94);
}

Field curve_equation(const Field& x) {
    static const Field b = Field::from_plain(curve_b);
    return x * x * x - doubled(x) - x + b;
}

// dbl-2001-b
Jacobian double_var(const Jacobian& a) {
    const Field delta = a.z * a.z, gamma = a.y * a.y, beta = a.x * gamma;
    const Field slope = (a.x - delta) * (a.x + delta), alpha = doubled(slope) + slope;
    const Field beta4 = doubled(doubled(beta)), gamma2 = doubled(gamma * gamma);
    const Field x3 = alpha * alpha - doubled(beta4), sum = a.y + a.z;
    return {x3, alpha * (beta4 - x3) - doubled(doubled(gamma2)), sum * sum - gamma - delta};
}

Jacobian add_var(const Jacobian& a, const Jacobian& b) {
    if (a.is_infinity()) return b;
    if (b.is_infinity()) return a;
    const Field za2 = a.z * a.z, zb2 = b.z * b.z;
    const Field x1 = a.x * zb2, y1 = a.y * b.z * zb2;
    const Field h = b.x * za2 - x1, r = b.y * a.z * za2 - y1;
    if (h.is_zero()) return r.is_zero() ? double_var(a) : Jacobian{};
    return chord(x1, y1, h, r, a.z * b.z);
}

Jacobian add_var(const Jacobian& a, const Affine& b) {
    if (a.is_infinity()) return {b.x, b.y, Field::one()};
    const Field za2 = a.z * a.z;
    const Field h = b.x * za2 - a.x, r = b.y * a.z * za2 - a.y;
    if (h.is_zero()) return r.is_zero() ? double_var(a) : Jacobian{};
    return chord(a.x, a.y, h, r, a.z);
}

Affine to_affine(const Point& point) {
    const ByteView raw = point.raw();
    return {Field::from_plain(modular::load(raw.first(32))), Field::from_plain(modular::load(raw.last(32)))};
}

Jacobian to_jacobian(const Point& point) {
    if (point.is_infinity()) return {};
    const Affine affine = to_affine(point);
    return {affine.x, affine.y, Field::one()};
}

Point to_point(const Affine& affine) {
    ByteArray<64> raw;
    modular::store(affine.x.plain(), raw.data());
    modular::store(affine.y.plain(), raw.data() + 32);
    return Point::from_valid(raw);
}

Point to_point(const Jacobian& jacobian) {
    return to_points({jacobian}).front();
}

// Montgomery's trick: prefix products, one inversion, then backwards.
std::vector<Point> to_points(const std::vector<Jacobian>& jacobians) {
    std::vector<Field> prefix;
    Field product = Field::one();
    for (const Jacobian& jacobian : jacobians) {
        prefix.push_back(product);
        if (!jacobian.is_infinity()) product = product * jacobian.z;
    }
    Field inverse = product.inverse();
    std::vector<Point> points(jacobians.size());
    for (std::size_t i = jacobians.size(); i-- > 0;) {
        const Jacobian& jacobian = jacobians[i];
        if (jacobian.is_infinity()) continue;
        const Field z1 = inverse * prefix[i], z2 = z1 * z1;
        points[i] = to_point(Affine{jacobian.x * z2, jacobian.y * z1 * z2});
        inverse = inverse * jacobian.z;
    }
    return points;
}

}  // namespace stimme::crypto
