#include "core/crypto/point.h"

#include <bit>

#include "core/crypto/field.h"
#include "core/crypto/openssl_group.h"

namespace stimme::crypto {
namespace {

Error not_canonical(const char* message) {
    return invalid("point-not-canonical", message);
}
Error not_on_curve() {
    return invalid("point-not-on-curve", "the coordinates don't lie on the curve P-256");
}
Error infinity_error() {
    return invalid("point-infinity", "infinity has no encoding");
}

Point multiply(const Point& point, const SecretScalar& scalar) {
    openssl::Scratch& s = openssl::scratch();
    openssl::load(s.in.get(), point, s);
    BN_bin2bn(scalar.bytes().reveal().data(), 32, s.scalar.get());
    openssl::require(EC_POINT_mul(openssl::group(), s.out.get(), nullptr, s.in.get(), s.scalar.get(),
                                  s.context.get()) == 1);
    BN_clear(s.scalar.get());
    return openssl::store(s.out.get(), s);
}

// REQUIRES: times > 0.
Jacobian multiple(const Affine& point, unsigned times) {
    Jacobian result{point.x, point.y, Field::one()};
    for (unsigned bit = static_cast<unsigned>(std::bit_width(times)) - 1; bit-- > 0;) {
        result = double_var(result);
        if ((times >> bit & 1) == 1) result = add_var(result, point);
    }
    return result;
}

}  // namespace

Result<Point> Point::from_bytes64(ByteView bytes) {
    if (bytes.size() != 64) return not_canonical("a point has 64 bytes");
    const Limbs x = modular::load(bytes.first(32)), y = modular::load(bytes.last(32));
    if (!modular::below(x, modular::p) || !modular::below(y, modular::p)) {
        return not_canonical("the coordinates of a point are below p");
    }
    const Field root = Field::from_plain(y);
    if (root * root != curve_equation(Field::from_plain(x))) return not_on_curve();
    return from_valid(to_array<64>(bytes));
}

Result<Point> Point::from_sec1(ByteView bytes) {
    if (bytes.size() != 33 || (bytes[0] != 2 && bytes[0] != 3)) {
        return not_canonical("a point is 33 bytes that start with 02 or 03");
    }
    const Limbs plain = modular::load(bytes.subspan(1));
    if (!modular::below(plain, modular::p)) return not_canonical("the coordinates of a point are below p");
    const Field x = Field::from_plain(plain), square = curve_equation(x), root = square.root();
    if (root * root != square) return not_on_curve();
    return to_point(Affine{x, root.is_odd() == (bytes[0] == 3) ? root : -root});
}

Result<ByteArray<64>> Point::to_bytes64() const {
    if (is_infinity()) return infinity_error();
    return raw_;
}

Result<ByteArray<33>> Point::to_sec1() const {
    if (is_infinity()) return infinity_error();
    ByteArray<33> result;
    result[0] = static_cast<std::uint8_t>(2 + (raw_[63] & 1));
    std::memcpy(result.data() + 1, raw_.data(), 32);
    return result;
}

Point operator+(const Point& a, const Point& b) {
    if (a.is_infinity()) return b;
    if (b.is_infinity()) return a;
    return to_point(add_var(to_jacobian(a), to_affine(b)));
}

Point operator-(const Point& a, const Point& b) {
    return a + -b;
}

Point operator-(const Point& a) {
    if (a.is_infinity()) return a;
    Point result = a;
    const Limbs y = modular::load(ByteView(a.raw_).last(32));
    modular::store(ModP::sub({}, y), result.raw_.data() + 32);
    return result;
}

const Point& generator() {
    static const Point point = multiply_generator(SecretScalar(1));
    return point;
}

Point multiply_secret(const Point& point, const SecretScalar& scalar) {
    return multiply(point, scalar);
}

Point multiply_generator(const SecretScalar& scalar) {
    return openssl::multiply_base(openssl::group(), scalar);
}

Point multiply_var(const Point& point, const Scalar& scalar) {
    return multiply(point, scalar);
}

void PointSum::add(const Point& point) {
    add(point, 1);
}

void PointSum::add(const Point& point, unsigned times) {
    if (point.is_infinity() || times == 0) return;
    const Affine affine = to_affine(point);
    Jacobian sum{{sum_.x}, {sum_.y}, {sum_.z}};
    if (times == 1) {
        sum = add_var(sum, affine);
    } else {
        sum = add_var(sum, multiple(affine, times));
    }
    sum_ = {sum.x.m, sum.y.m, sum.z.m};
}

Point PointSum::value() const {
    return to_point(Jacobian{{sum_.x}, {sum_.y}, {sum_.z}});
}

}  // namespace stimme::crypto
