// Signatures of people and machines: ECDSA over P-256, raw r‖s, over a 32-byte digest (a TaggedHash says what
// it is a digest of); and Ed25519 for the log's checkpoints and its witnesses. Private keys are move-only and
// wiped. PEM is PKCS#8; writing it to a file with FileMode::private_file is up to the caller.
// See docs/protocol.md, sections 6.1 and 6.3.
//
// Thread rule: values; const functions may run in several threads at once.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/point.h"
#include "core/crypto/scalar.h"
#include "core/crypto/secret.h"

namespace stimme::crypto {

using Signature = ByteArray<64>;

// An ECDSA public key, on the curve by construction.
class VerifyKey {
  public:
    // REQUIRES: not infinity.
    explicit VerifyKey(const Point& point) : point_(point) {}
    // Errors: those of Point::from_sec1.
    static Result<VerifyKey> from_sec1(ByteView bytes);

    ByteArray<33> sec1() const;
    const Point& point() const { return point_; }
    // Errors: signature-not-canonical (not 64 bytes; r or s is 0 or not below q), signature-wrong.
    Status verify(const Hash& digest, ByteView signature) const;

    bool operator==(const VerifyKey&) const = default;

  private:
    Point point_;
};

class SigningKey {
  public:
    static SigningKey random(Random& random);
    // Errors: key-invalid (zero).
    static Result<SigningKey> from_scalar(SecretScalar scalar);
    // Errors: key-invalid (no unencrypted PKCS#8 key of P-256).
    static Result<SigningKey> from_pem(std::string_view pem);

    SecretBuffer to_pem() const;
    const SecretScalar& scalar() const { return scalar_; }
    const VerifyKey& verify_key() const { return verify_key_; }
    Signature sign(const Hash& digest) const;

  private:
    explicit SigningKey(SecretScalar scalar);
    SecretScalar scalar_;
    VerifyKey verify_key_;
};

// An Ed25519 public key, 32 bytes.
using LogVerifyKey = ByteArray<32>;

// Errors: signature-not-canonical (not 64 bytes), signature-wrong.
Status verify_ed25519(const LogVerifyKey& key, ByteView message, ByteView signature);

class LogKey {
  public:
    static LogKey random(Random& random);
    // The 32-byte private key of RFC 8032.
    static LogKey from_seed(SecretBytes<32> seed);
    // Errors: key-invalid.
    static Result<LogKey> from_pem(std::string_view pem);

    SecretBuffer to_pem() const;
    const LogVerifyKey& verify_key() const { return verify_key_; }
    Signature sign(ByteView message) const;

  private:
    explicit LogKey(SecretBytes<32> seed);
    SecretBytes<32> seed_;
    LogVerifyKey verify_key_;
};

}  // namespace stimme::crypto
