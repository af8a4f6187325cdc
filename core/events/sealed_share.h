// A share on its way from one trustee to another: sealed to the receiver's encryption key, and opened for
// everybody when the receiver complains (docs/protocol.md, section 3, steps 2 and 3).
//
// Thread rule: pure functions.
#pragma once

#include <string_view>

#include "core/crypto/sharing.h"
#include "core/events/ceremony_message.h"

namespace stimme::events {

// Whose share it is: from trustee i to trustee l, counted from 1, under this definition.
struct ShareRoute {
    Hash definition;  // h_D
    unsigned from;    // i
    unsigned to;      // l
};

// REQUIRES: recipient isn't infinity.
SealedShare seal_share(const ShareRoute& route, const crypto::Point& recipient,
                       const crypto::SecretScalar& share, Random& random);

// Errors: share-invalid: enc is no point, so nobody can open it.
Status check_sealed_share(const SealedShare& sealed);

// P_i(l), if it is the one that i committed to. Errors: share-false.
Result<crypto::SecretScalar> open_share(const ShareRoute& route, const crypto::SecretScalar& key,
                                        const SealedShare& sealed, const crypto::Commitments& sender);

// Z = sk·enc and its proof (3.4).
struct ShareOpening {
    election::PublicKey point;
    SchnorrProof proof;
};
// REQUIRES: check_sealed_share(sealed).
ShareOpening open_for_all(const ShareRoute& route, const crypto::SecretScalar& key, const SealedShare& sealed,
                          Random& random);

enum class Verdict {
    share_false,    // the sender lied
    share_right,    // the accuser lied: this share fits the commitments
    opening_false,  // the accuser lied: this is no opening of the share
};
std::string_view describe(Verdict verdict);

// What an opening shows. REQUIRES: check_sealed_share(sealed).
Verdict judge(const ShareRoute& route, const crypto::Point& recipient, const SealedShare& sealed,
              const ShareOpening& opening, const crypto::Commitments& sender);

}  // namespace stimme::events
