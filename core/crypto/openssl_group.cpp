#include "core/crypto/openssl_group.h"

#include <cstdlib>

#include <openssl/obj_mac.h>

#include "core/crypto/declassify.h"

namespace stimme::crypto::openssl {

void require(bool done) {
    if (!declassified(done)) std::abort();
}

const EC_GROUP* group() {
    static const Group group = [] {
        Group made(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
        require(made != nullptr);
        return made;
    }();
    return group.get();
}

Scratch::Scratch()
    : context(BN_CTX_new()),
      x(BN_new()),
      y(BN_new()),
      scalar(BN_new()),
      in(EC_POINT_new(group())),
      out(EC_POINT_new(group())) {
    require(context && x && y && scalar && in && out);
    BN_set_flags(scalar.get(), BN_FLG_CONSTTIME);
}

Scratch& scratch() {
    thread_local Scratch scratch;
    return scratch;
}

void load(EC_POINT* to, const Point& point, Scratch& scratch) {
    if (declassified(constant_time_equal(point.raw(), Point().raw()))) {
        require(EC_POINT_set_to_infinity(group(), to) == 1);
        return;
    }
    BN_bin2bn(point.raw().data(), 32, scratch.x.get());
    BN_bin2bn(point.raw().data() + 32, 32, scratch.y.get());
    require(EC_POINT_set_affine_coordinates(group(), to, scratch.x.get(), scratch.y.get(),
                                            scratch.context.get()) == 1);
}

Point store(const EC_POINT* from, Scratch& scratch) {
    if (declassified(EC_POINT_is_at_infinity(group(), from)) != 0) return {};
    ByteArray<64> raw;
    require(EC_POINT_get_affine_coordinates(group(), from, scratch.x.get(), scratch.y.get(),
                                            scratch.context.get()) == 1);
    BN_bn2binpad(scratch.x.get(), raw.data(), 32);
    BN_bn2binpad(scratch.y.get(), raw.data() + 32, 32);
    return Point::from_valid(raw);
}

void load(BIGNUM* to, const ByteArray<32>& scalar) {
    BN_bin2bn(scalar.data(), 32, to);
}

Point multiply_base(const EC_GROUP* group, const SecretScalar& scalar) {
    Scratch& s = scratch();
    BN_bin2bn(scalar.bytes().reveal().data(), 32, s.scalar.get());
    require(EC_POINT_mul(group, s.out.get(), s.scalar.get(), nullptr, nullptr, s.context.get()) == 1);
    BN_clear(s.scalar.get());
    return declassified(store(s.out.get(), s));
}

}  // namespace stimme::crypto::openssl
