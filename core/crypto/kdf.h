// HMAC-SHA-256 and HKDF (RFC 5869), for HPKE. What they take and give may be secret.
//
// Thread rule: pure functions.
#pragma once

#include <initializer_list>

#include "core/base/bytes.h"
#include "core/crypto/secret.h"

namespace stimme::crypto {

// Over the pieces one after the other.
SecretBytes<32> hmac_sha256(ByteView key, std::initializer_list<ByteView> pieces);

SecretBytes<32> hkdf_extract(ByteView salt, std::initializer_list<ByteView> key_material);
// REQUIRES: size <= 255·32.
SecretBuffer hkdf_expand(const SecretBytes<32>& key, std::initializer_list<ByteView> info, std::size_t size);

}  // namespace stimme::crypto
