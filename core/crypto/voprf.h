// The oblivious function behind the voting pass: RFC 9497, P256-SHA256, verifiable mode, one element at a
// time. The client blinds an input, the server evaluates it under its key and proves that it used that key,
// the client checks the proof and unblinds. The server learns neither input nor output; the client can't
// compute an output alone. See docs/protocol.md, section 5.
//
// Thread rule: values and pure functions.
#pragma once

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/point.h"
#include "core/crypto/proofs.h"
#include "core/crypto/scalar.h"

namespace stimme::crypto::voprf {

using Output = ByteArray<32>;

class ServerKey {
  public:
    static ServerKey random(Random& random);
    // RFC 9497 section 3.2.1. REQUIRES: info shorter than 2^16 bytes.
    static ServerKey derive(const SecretBytes<32>& seed, ByteView info);
    // As it is stored, and published after the close. Errors: scalar-not-canonical, key-invalid (zero).
    static Result<ServerKey> from_bytes(ByteView bytes);

    const SecretScalar& scalar() const { return scalar_; }
    SecretBytes<32> bytes() const { return scalar_.bytes(); }
    const Point& public_key() const { return public_key_; }

  private:
    explicit ServerKey(SecretScalar scalar);
    SecretScalar scalar_;
    Point public_key_;
};

// REQUIRES: input shorter than 2^16 bytes; blind not zero.
Point blind(ByteView input, const SecretScalar& blind);

struct Evaluation {
    Point element;
    Proof proof;  // that element = key·blinded; bytes() is the proof of RFC 9497

    bool operator==(const Evaluation&) const = default;
};
// `blinded` was parsed, so it is on the curve and not infinity.
Evaluation blind_evaluate(const ServerKey& key, const Point& blinded, Random& random);

// Checks the proof, unblinds and hashes. Errors: evaluation-proof-wrong.
Result<Output> finalize(ByteView input, const SecretScalar& blind, const Point& blinded,
                        const Evaluation& evaluation, const Point& public_key);

// The same output, by whoever has the key.
Output evaluate(const ServerKey& key, ByteView input);

}  // namespace stimme::crypto::voprf
