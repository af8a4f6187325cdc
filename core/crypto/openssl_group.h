// The door to OpenSSL's P-256, for the .cpp files of this folder: one group for the whole program and one set
// of scratch objects a thread, so that no operation allocates.
//
// Thread rule: group() is shared and constant; scratch() belongs to the calling thread.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>

#include "core/crypto/openssl_pointers.h"
#include "core/crypto/point.h"

namespace stimme::crypto::openssl {

using BigNum = Pointer<BIGNUM, BN_clear_free>;
using Context = Pointer<BN_CTX, BN_CTX_free>;
using Group = Pointer<EC_GROUP, EC_GROUP_free>;
using CurvePoint = Pointer<EC_POINT, EC_POINT_clear_free>;

const EC_GROUP* group();

struct Scratch {
    Scratch();
    Context context;
    BigNum x, y, scalar;
    CurvePoint in, out;
};
Scratch& scratch();

// Ends the program when OpenSSL fails where only lack of memory could be the reason.
void require(bool done);

void load(EC_POINT* to, const Point& point, Scratch& scratch);
Point store(const EC_POINT* from, Scratch& scratch);
void load(BIGNUM* to, const ByteArray<32>& scalar);

// scalar·(generator of `group`), in constant time, to be published; the copy of the scalar is wiped.
Point multiply_base(const EC_GROUP* group, const SecretScalar& scalar);

}  // namespace stimme::crypto::openssl
