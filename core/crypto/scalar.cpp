#include "core/crypto/scalar.h"

#include "core/crypto/declassify.h"
#include "core/crypto/modular.h"

namespace stimme::crypto {
namespace {

Error wrong_size() {
    return invalid("scalar-not-canonical", "a scalar has 32 bytes");
}
Error too_large() {
    return invalid("scalar-not-canonical", "a scalar is below the order of the group");
}

}  // namespace

Result<Scalar> Scalar::from_bytes(ByteView bytes) {
    if (bytes.size() != 32) return wrong_size();
    Scalar result;
    result.limbs_ = modular::load(bytes);
    if (!modular::below(result.limbs_, modular::q)) return too_large();
    return result;
}

Scalar Scalar::from_bytes16(const ByteArray<16>& bytes) {
    ByteArray<32> padded{};
    std::memcpy(padded.data() + 16, bytes.data(), 16);
    Scalar result;
    result.limbs_ = modular::load(padded);
    return result;
}

Scalar Scalar::from_wide(const ByteArray<48>& bytes) {
    Scalar result;
    result.limbs_ = ModQ::from_wide(bytes);
    return result;
}

ByteArray<32> Scalar::bytes() const {
    ByteArray<32> result;
    modular::store(limbs_, result.data());
    return result;
}

// Fermat: a^(q-2).
Scalar Scalar::inverse() const {
    const Limbs power = ModQ::power(ModQ::to_montgomery(limbs_), modular::minus(modular::q, 2));
    Scalar result;
    result.limbs_ = ModQ::from_montgomery(power);
    return result;
}

Scalar operator+(const Scalar& a, const Scalar& b) {
    Scalar result;
    result.limbs_ = ModQ::add(a.limbs_, b.limbs_);
    return result;
}

Scalar operator-(const Scalar& a, const Scalar& b) {
    Scalar result;
    result.limbs_ = ModQ::sub(a.limbs_, b.limbs_);
    return result;
}

Scalar operator*(const Scalar& a, const Scalar& b) {
    Scalar result;
    result.limbs_ = ModQ::montgomery(ModQ::to_montgomery(a.limbs_), b.limbs_);
    return result;
}

Scalar operator-(const Scalar& a) {
    return Scalar() - a;
}

SecretScalar::SecretScalar(SecretScalar&& other) noexcept : value_(other.value_) {
    wipe(&other.value_, sizeof other.value_);
}

SecretScalar& SecretScalar::operator=(SecretScalar&& other) noexcept {
    if (this == &other) return *this;
    value_ = other.value_;
    wipe(&other.value_, sizeof other.value_);
    return *this;
}

SecretScalar::~SecretScalar() {
    wipe(&value_, sizeof value_);
}

SecretScalar SecretScalar::random(Random& random) {
    ByteArray<48> wide = random.bytes<48>();
    SecretScalar result = from_wide(wide);
    wipe(wide);
    return result;
}

Result<SecretScalar> SecretScalar::from_bytes(ByteView bytes) {
    if (bytes.size() != 32) return wrong_size();
    SecretScalar result;
    result.value_.limbs_ = modular::load(bytes);
    if (!declassified(modular::below(result.value_.limbs_, modular::q))) return too_large();
    return result;
}

SecretBytes<32> SecretScalar::bytes() const {
    SecretBytes<32> result;
    modular::store(value_.limbs_, result.writable().data());
    return result;
}

SecretScalar SecretScalar::inverse() const {
    return value_.inverse();
}

SecretScalar SecretScalar::select(std::uint64_t mask, const SecretScalar& a, const SecretScalar& b) {
    SecretScalar result;
    result.value_.limbs_ = modular::select(opaque(mask), a.value_.limbs_, b.value_.limbs_);
    return result;
}

}  // namespace stimme::crypto
