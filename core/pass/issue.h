// Giving a pass to a voter who is checked in, so that nobody can say later which pass it was
// (docs/protocol.md, section 5). The desk draws t and blinds it; the server evaluates what it can't read; the
// desk checks the proof and unblinds. The desk repeats exactly the same request until it is answered, so it
// stores the request before it asks.
//
// Thread rule: values; a PassRequest belongs to one owner, a PassKey's const functions may run in several
// threads at once.
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/voprf.h"
#include "core/election/definition.h"
#include "core/pass/pass_text.h"

namespace stimme::pass {

// The server's answer, as it travels and as it is stored with the check-in.
struct Answer {
    election::PublicKey evaluated;
    ByteArray<32> proof_challenge;  // DLEQ proof of RFC 9497
    ByteArray<32> proof_response;
    bool operator==(const Answer&) const = default;
};

// The desk's secret while it waits for the answer: t and the blind.
class PassRequest {
  public:
    static constexpr std::size_t size = 42;  // stored as t ‖ blind

    // Fresh t, fresh blind.
    static PassRequest random(Random& random);
    // Errors: pass-request-invalid.
    static Result<PassRequest> from_bytes(ByteView bytes);

    crypto::SecretBytes<size> bytes() const;
    // What the server gets; always the same for this request.
    election::PublicKey blinded() const { return *blinded_.to_sec1(); }

    // Checks the proof under the key of station and style, and unblinds: (5.1).
    // Errors: point-not-canonical, point-not-on-curve, scalar-not-canonical (answer or key can't be read),
    // evaluation-proof-wrong.
    Result<Pass> finish(const Answer& answer, const election::PublicKey& key) const;

  private:
    PassRequest(const events::PassNumber& t, crypto::SecretScalar blind);

    crypto::SecretBytes<10> t_;
    crypto::SecretScalar blind_;
    crypto::Point blinded_;
};

// The server's secret for one station and one ballot style; published after the close.
class PassKey {
  public:
    static PassKey random(Random& random);
    // Errors: scalar-not-canonical, key-invalid (zero).
    static Result<PassKey> from_bytes(ByteView bytes);

    crypto::SecretBytes<32> bytes() const { return key_.bytes(); }
    election::PublicKey public_key() const { return *key_.public_key().to_sec1(); }

    // Errors: point-not-canonical, point-not-on-curve.
    Result<Answer> evaluate(const election::PublicKey& blinded, Random& random) const;

    // (5.1)
    events::PassTag tag_of(const events::PassNumber& t) const;
    // In constant time.
    bool tag_matches(const Pass& pass) const;

  private:
    explicit PassKey(crypto::voprf::ServerKey key) : key_(std::move(key)) {}

    crypto::voprf::ServerKey key_;
};

}  // namespace stimme::pass
