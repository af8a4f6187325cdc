// The door to OpenSSL's P-256, for the .cpp files of this folder: one group for the whole program and one set
// of scratch objects a thread, so that no operation allocates.
//
// Thread rule: group() is shared and constant; scratch() belongs to the calling thread.
#pragma once

#include <memory>

#include <openssl/bn.h>
#include <openssl/ec.h>

#include "core/crypto/point.h"

namespace stimme::crypto::openssl {

template <auto free>
struct Free {
    template <class T>
    void operator()(T* object) const {
        free(object);
    }
};
using BigNum = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using Context = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using Group = std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>>;
using CurvePoint = std::unique_ptr<EC_POINT, Free<EC_POINT_clear_free>>;

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
