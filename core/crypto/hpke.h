// Encryption to a trustee's key: HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
// AES-128-GCM, one message a key (sequence number 0).
//
// A recipient who complains about a message opens it for everybody: they publish the shared point d·E (E is
// the sender's ephemeral key `enc`) with an equality proof, and anyone can decrypt with open_with.
// See docs/protocol.md, section 3.
//
// Thread rule: pure functions.
#pragma once

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/point.h"
#include "core/crypto/scalar.h"
#include "core/crypto/secret.h"

namespace stimme::crypto::hpke {

using Encapsulated = ByteArray<65>;  // an uncompressed point, as RFC 9180 wants it

struct Sealed {
    Encapsulated enc;
    Bytes ciphertext;  // 16 bytes longer than the plaintext

    bool operator==(const Sealed&) const = default;
};

// REQUIRES: recipient isn't infinity.
Sealed seal(const Point& recipient, ByteView info, ByteView aad, ByteView plaintext, Random& random);

// Errors: those of encapsulated_point, ciphertext-wrong.
Result<SecretBuffer> open(const SecretScalar& key, const Sealed& sealed, ByteView info, ByteView aad);

// E. Errors: point-not-canonical, point-not-on-curve.
Result<Point> encapsulated_point(const Encapsulated& enc);
// As open, from the published shared point d·E of `recipient`. Errors: also shared-point-invalid (infinity).
Result<SecretBuffer> open_with(const Point& shared, const Point& recipient, const Sealed& sealed,
                               ByteView info, ByteView aad);

}  // namespace stimme::crypto::hpke
