#include "core/crypto/aead.h"

#include <cassert>

#include <openssl/evp.h>

#include "core/crypto/declassify.h"
#include "core/crypto/openssl_group.h"

namespace stimme::crypto {
namespace {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, openssl::Free<EVP_CIPHER_CTX_free>>;
using openssl::require;

CipherContext begin(ByteView key, const ByteArray<12>& nonce, ByteView aad, bool sealing) {
    assert(key.size() == 16 || key.size() == 32);
    CipherContext context(EVP_CIPHER_CTX_new());
    const EVP_CIPHER* cipher = key.size() == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm();
    int size = 0;
    require(context &&
            EVP_CipherInit_ex(context.get(), cipher, nullptr, key.data(), nonce.data(), sealing) == 1 &&
            (aad.empty() ||
             EVP_CipherUpdate(context.get(), nullptr, &size, aad.data(), static_cast<int>(aad.size())) == 1));
    return context;
}

}  // namespace

Bytes aead_seal(ByteView key, const ByteArray<12>& nonce, ByteView aad, ByteView plaintext) {
    const CipherContext context = begin(key, nonce, aad, true);
    Bytes result(plaintext.size() + aead_tag_size);
    int size = 0;
    require(plaintext.empty() || EVP_CipherUpdate(context.get(), result.data(), &size, plaintext.data(),
                                                  static_cast<int>(plaintext.size())) == 1);
    require(EVP_CipherFinal_ex(context.get(), result.data() + plaintext.size(), &size) == 1 &&
            EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, aead_tag_size,
                                result.data() + plaintext.size()) == 1);
    return result;
}

Result<SecretBuffer> aead_open(ByteView key, const ByteArray<12>& nonce, ByteView aad, ByteView ciphertext) {
    const Error wrong = invalid("ciphertext-wrong", "the ciphertext wasn't made for this key and context");
    if (ciphertext.size() < aead_tag_size) return wrong;
    const CipherContext context = begin(key, nonce, aad, false);
    const ByteView body = ciphertext.first(ciphertext.size() - aead_tag_size);
    Bytes tag = to_bytes(ciphertext.last(aead_tag_size));
    SecretBuffer result(body.size());
    int size = 0;
    require(body.empty() || EVP_CipherUpdate(context.get(), result.writable().data(), &size, body.data(),
                                             static_cast<int>(body.size())) == 1);
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, aead_tag_size, tag.data()) == 1);
    std::uint8_t unused[16];
    if (declassified(EVP_CipherFinal_ex(context.get(), unused, &size)) != 1) return wrong;
    return result;
}

}  // namespace stimme::crypto
