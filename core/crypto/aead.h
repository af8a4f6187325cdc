// AES-GCM with 12-byte nonces and 16-byte tags at the end of the ciphertext. The key's length chooses AES-128
// (16 bytes) or AES-256 (32). REQUIRES: one of these lengths; no nonce twice under one key.
//
// Thread rule: pure functions.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace stimme::crypto {

constexpr std::size_t aead_tag_size = 16;

Bytes aead_seal(ByteView key, const ByteArray<12>& nonce, ByteView aad, ByteView plaintext);
// Errors: ciphertext-wrong: another key, nonce or aad, or it was changed.
Result<SecretBuffer> aead_open(ByteView key, const ByteArray<12>& nonce, ByteView aad, ByteView ciphertext);

}  // namespace stimme::crypto
