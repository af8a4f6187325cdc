#include "core/crypto/signature.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "core/crypto/declassify.h"
#include "core/crypto/openssl_group.h"

namespace stimme::crypto {
namespace {

using openssl::Free;
using openssl::require;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using RawSignature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;

Error key_error(const char* message) {
    return invalid("key-invalid", message);
}
Error not_canonical() {
    return invalid("signature-not-canonical", "a signature is 64 bytes, r and s between 1 and q-1");
}
Error wrong() {
    return invalid("signature-wrong", "the signature doesn't belong to this key and content");
}

// The EVP form of an ECDSA key; `secret` is null for a public key.
Key ec_key(const Point& point, const SecretScalar* secret) {
    ByteArray<65> encoded{4};
    std::memcpy(encoded.data() + 1, point.raw().data(), 64);
    openssl::BigNum number;
    const Builder builder(OSSL_PARAM_BLD_new());
    require(builder != nullptr);
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size());
    if (secret) {
        number.reset(BN_secure_new());
        BN_bin2bn(secret->bytes().reveal().data(), 32, number.get());
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get());
    }
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    require(params && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
            EVP_PKEY_fromdata(context.get(), &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                              params.get()) == 1);
    return Key(key);
}

Key ed25519_key(const SecretBytes<32>& seed) {
    return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.reveal().data(), 32));
}

SecretBuffer write_pem(const EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_secmem()));
    require(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return SecretBuffer(as_bytes({data, static_cast<std::size_t>(size)}));
}

Key read_pem(std::string_view pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const auto no_passphrase = [](char*, int, int, void*) { return -1; };
    return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
}

bool in_range(ByteView number) {
    const auto scalar = Scalar::from_bytes(number);
    return scalar && !scalar->is_zero();
}

// SEQUENCE { r, s }
Bytes to_der(ByteView signature) {
    const RawSignature raw(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(signature.data(), 32, nullptr);
    BIGNUM* s = BN_bin2bn(signature.data() + 32, 32, nullptr);
    require(raw && ECDSA_SIG_set0(raw.get(), r, s) == 1);
    std::uint8_t* encoded = nullptr;
    const int size = i2d_ECDSA_SIG(raw.get(), &encoded);
    require(size > 0);
    Bytes result(encoded, encoded + size);
    OPENSSL_free(encoded);
    return result;
}

Signature from_der(ByteView der) {
    const std::uint8_t* position = der.data();
    const RawSignature raw(d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(der.size())));
    require(raw != nullptr);
    Signature result;
    BN_bn2binpad(ECDSA_SIG_get0_r(raw.get()), result.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(raw.get()), result.data() + 32, 32);
    return result;
}

}  // namespace

Result<VerifyKey> VerifyKey::from_sec1(ByteView bytes) {
    STIMME_TRY(const Point point, Point::from_sec1(bytes));
    return VerifyKey(point);
}

ByteArray<33> VerifyKey::sec1() const {
    return *point_.to_sec1();
}

Status VerifyKey::verify(const Hash& digest, ByteView signature) const {
    if (signature.size() != 64) return not_canonical();
    if (!in_range(signature.first(32)) || !in_range(signature.last(32))) return not_canonical();
    const Bytes der = to_der(signature);
    const Key key = ec_key(point_, nullptr);
    const KeyContext context(EVP_PKEY_CTX_new(key.get(), nullptr));
    require(context && EVP_PKEY_verify_init(context.get()) == 1);
    if (EVP_PKEY_verify(context.get(), der.data(), der.size(), digest.data(), digest.size()) != 1)
        return wrong();
    return {};
}

SigningKey::SigningKey(SecretScalar scalar)
    : scalar_(std::move(scalar)), verify_key_(multiply_generator(scalar_)) {}

SigningKey SigningKey::random(Random& random) {
    return SigningKey(SecretScalar::random(random));
}

Result<SigningKey> SigningKey::from_scalar(SecretScalar scalar) {
    if (declassified(scalar.is_zero())) return key_error("a private key isn't zero");
    return SigningKey(std::move(scalar));
}

Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
    const Key key = read_pem(pem);
    char curve[32] = {};
    BIGNUM* number = nullptr;
    if (!key || EVP_PKEY_get_group_name(key.get(), curve, sizeof curve, nullptr) != 1 ||
        std::string_view(curve) != "prime256v1" ||
        EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1) {
        return key_error("this is no private key of P-256 in PEM form (PKCS#8, not encrypted)");
    }
    const openssl::BigNum owner(number);
    SecretBytes<32> bytes;
    if (BN_bn2binpad(number, bytes.writable().data(), 32) != 32) return key_error("the key is out of range");
    STIMME_TRY(SecretScalar scalar, SecretScalar::from_bytes(bytes.reveal()));
    return from_scalar(std::move(scalar));
}

SecretBuffer SigningKey::to_pem() const {
    return write_pem(ec_key(verify_key_.point(), &scalar_).get());
}

Signature SigningKey::sign(const Hash& digest) const {
    const Key key = ec_key(verify_key_.point(), &scalar_);
    const KeyContext context(EVP_PKEY_CTX_new(key.get(), nullptr));
    ByteArray<80> der;
    std::size_t size = der.size();
    require(context && EVP_PKEY_sign_init(context.get()) == 1 &&
            EVP_PKEY_sign(context.get(), der.data(), &size, digest.data(), digest.size()) == 1);
    return from_der(ByteView(der).first(size));
}

Status verify_ed25519(const LogVerifyKey& key, ByteView message, ByteView signature) {
    if (signature.size() != 64) return not_canonical();
    const Key evp(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const DigestContext context(EVP_MD_CTX_new());
    require(context != nullptr);
    if (!evp || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, evp.get()) != 1 ||
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) !=
            1) {
        return wrong();
    }
    return {};
}

LogKey::LogKey(SecretBytes<32> seed) : seed_(std::move(seed)) {
    std::size_t size = verify_key_.size();
    const Key key = ed25519_key(seed_);
    require(key && EVP_PKEY_get_raw_public_key(key.get(), verify_key_.data(), &size) == 1);
}

LogKey LogKey::random(Random& random) {
    return LogKey(SecretBytes<32>::random(random));
}

LogKey LogKey::from_seed(SecretBytes<32> seed) {
    return LogKey(std::move(seed));
}

Result<LogKey> LogKey::from_pem(std::string_view pem) {
    const Key key = read_pem(pem);
    SecretBytes<32> seed;
    std::size_t size = 32;
    if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519 ||
        EVP_PKEY_get_raw_private_key(key.get(), seed.writable().data(), &size) != 1) {
        return key_error("this is no private key of Ed25519 in PEM form (PKCS#8, not encrypted)");
    }
    return LogKey(std::move(seed));
}

SecretBuffer LogKey::to_pem() const {
    return write_pem(ed25519_key(seed_).get());
}

Signature LogKey::sign(ByteView message) const {
    const Key key = ed25519_key(seed_);
    const DigestContext context(EVP_MD_CTX_new());
    Signature signature;
    std::size_t size = signature.size();
    require(key && context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
            EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1);
    return signature;
}

}  // namespace stimme::crypto
