// Hashing to scalars and points of P-256 (RFC 9380): expand_message_xmd with SHA-256, hash_to_field with
// L = 48, and the suite P256_XMD:SHA-256_SSWU_RO_. The message may come in pieces; they are hashed one after
// the other, with nothing between them. The domains of Stimme's own protocol stand in transcript.h.
//
// REQUIRES everywhere: 1 to 255 bytes of dst. Time doesn't depend on the message, but on its length.
//
// Thread rule: pure functions.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "core/base/bytes.h"
#include "core/crypto/point.h"
#include "core/crypto/scalar.h"

namespace stimme::crypto {

using Pieces = std::span<const ByteView>;

// RFC 9380 section 5.3.1. REQUIRES: out.size() <= 255·32.
void expand_message_xmd(std::span<std::uint8_t> out, Pieces message, std::string_view dst);

// hash_to_field over the scalars, count 1 (RFC 9497 HashToScalar, and Stimme's challenges).
Scalar hash_to_scalar(std::string_view dst, ByteView message);
Scalar hash_to_scalar(std::string_view dst, Pieces message);
SecretScalar hash_to_secret_scalar(std::string_view dst, Pieces message);

// hash_to_curve: infinity only with negligible probability.
Point hash_to_curve(std::string_view dst, ByteView message);

}  // namespace stimme::crypto
