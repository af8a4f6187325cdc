// The messages of the key ceremony: what trustees tell each other through the server, which is not trusted
// (docs/protocol.md, section 3). Each is one JSON object, RFC 8785, signed by its sender's signing key and
// bound to the definition and to the round, so that nobody speaks for another and nothing counts twice.
//
// Thread rule: values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/json_fields.h"
#include "core/crypto/signature.h"
#include "core/election/definition.h"
#include "core/events/values.h"

namespace stimme::events {

// An HPKE ciphertext of a share: enc (65 bytes), then 32 bytes and their tag.
using SealedShare = ByteArray<113>;

// Step 1: C_i0 … C_i(k-1), each with a proof (3.1).
struct TrusteeCommitments {
    std::uint32_t round;
    SignerId trustee;
    std::vector<election::PublicKey> commitments;
    std::vector<SchnorrProof> proofs;
    Signature signature;
    bool operator==(const TrusteeCommitments&) const = default;
};

// Step 2: P_i(l), to l alone.
struct TrusteeShare {
    std::uint32_t round;
    SignerId from;
    SignerId to;
    SealedShare ciphertext;
    Signature signature;
    bool operator==(const TrusteeShare&) const = default;
};

// Step 3, where a share is false: Z = sk·enc with a proof (3.4), so that everybody can open the ciphertext.
struct TrusteeComplaint {
    std::uint32_t round;
    SignerId from;
    SignerId against;
    election::PublicKey opening;  // Z
    SchnorrProof proof;
    Signature signature;
    bool operator==(const TrusteeComplaint&) const = default;
};

// Step 4. Its signature is over confirmation_digest: it goes into entry 0 of the log.
struct TrusteeConfirmation {
    std::uint32_t round;
    SignerId trustee;
    Signature signature;
    bool operator==(const TrusteeConfirmation&) const = default;
};

using CeremonyMessage = std::variant<TrusteeCommitments, TrusteeShare, TrusteeComplaint, TrusteeConfirmation>;

constexpr std::uint32_t max_ceremony_rounds = 1000;

// "trustee-commitments", "trustee-share", "trustee-complaint", "trustee-confirmation".
std::string_view type_name(const CeremonyMessage& message);
const SignerId& sender_of(const CeremonyMessage& message);
std::uint32_t round_of(const CeremonyMessage& message);
const Signature& signature_of(const CeremonyMessage& message);

std::string encode(const CeremonyMessage& message);
json::Value to_json(const CeremonyMessage& message);
// Errors: those of json::parse_canonical, message-unknown (its type), message-invalid (naming each problem).
Result<CeremonyMessage> decode_ceremony_message(std::string_view text);
// From any JSON form, as messages travel inside others. Errors: message-unknown, message-invalid.
Result<CeremonyMessage> ceremony_message_from_json(const json::Value& value);

// H("ceremony", h_D, message without `signature`, its sender).
// REQUIRES: not a confirmation.
Hash ceremony_digest(const Hash& definition, const CeremonyMessage& message);
// H("election-key", h_E, trustee).
Hash confirmation_digest(const Hash& election, const SignerId& trustee);

// Signs a message of the steps 1 to 3.
template <class Message>
Message signed_message(Message message, const Hash& definition, const crypto::SigningKey& key) {
    message.signature = key.sign(ceremony_digest(definition, message));
    return message;
}

}  // namespace stimme::events
