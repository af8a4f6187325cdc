// A small secret under a passphrase: scrypt, then AES-256-GCM. The container is
//     "stimme-secret/1\n" ‖ u8 log2 N ‖ u8 r ‖ u8 p ‖ salt (16) ‖ nonce (12) ‖ ciphertext and tag
// and everything before the ciphertext is authenticated with it. New ones use N = 2^15, r = 8, p = 1 (32
// MiB).
//
// Thread rule: pure functions.
#pragma once

#include <string_view>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace stimme::crypto {

// Whether these bytes start like a container (a key file may also be unencrypted).
bool is_passphrase_container(ByteView bytes);

Bytes seal_with_passphrase(std::string_view passphrase, ByteView secret, Random& random);

// Errors: passphrase-wrong (or the container was changed); container-invalid (no such container, or its cost
// is beyond N = 2^20, r = 16, p = 4).
Result<SecretBuffer> open_with_passphrase(std::string_view passphrase, ByteView container);

}  // namespace stimme::crypto
