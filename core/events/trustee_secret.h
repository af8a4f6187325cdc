// The trustee's side of the key ceremony (docs/protocol.md, section 3): first a polynomial, then the share of
// the election's secret. Runs in the trustee's own program, over a Ceremony that this program replayed.
//
// Both have a form of bytes for the trustee's file, which the caller seals under a passphrase
// (core/crypto/passphrase.h).
//
// Thread rule: values; a secret belongs to one owner.
#pragma once

#include <variant>
#include <vector>

#include "core/crypto/sharing.h"
#include "core/events/ceremony.h"

namespace stimme::events {

// Trustee l's part of the key: s_l, under one h_E.
class TrusteeSecret {
  public:
    TrusteeSecret(const Hash& election, unsigned index, crypto::SecretScalar share)
        : election_(election), index_(index), share_(std::move(share)) {}

    const Hash& election() const { return election_; }  // h_E
    unsigned index() const { return index_; }           // l
    const crypto::SecretScalar& share() const { return share_; }

    // Errors: trustee-secret-differs: it belongs to another election, or S_l isn't its public share.
    Status check(const ElectionKeys& keys) const;

    // "stimme-trustee-secret/1\n" ‖ h_E ‖ u16 l ‖ s_l.
    crypto::SecretBuffer to_bytes() const;
    // Errors: trustee-secret-invalid.
    static Result<TrusteeSecret> from_bytes(ByteView bytes);

  private:
    Hash election_;
    unsigned index_;
    crypto::SecretScalar share_;
};

// What combining comes to: the secret, or a complaint about the first false share.
using CombinedShares = std::variant<TrusteeSecret, TrusteeComplaint>;

// P_i of one round.
class TrusteePolynomial {
  public:
    // For the ceremony's current round. Errors: trustee-unknown.
    static Result<TrusteePolynomial> random(const Ceremony& ceremony, const SignerId& trustee,
                                            Random& random);

    std::uint32_t round() const { return round_; }
    unsigned index() const { return index_; }

    // Each function below: errors trustee-secret-differs (another definition or round, or, from the second
    // step on, the ceremony has other commitments under this trustee's name).

    // Step 1.
    Result<TrusteeCommitments> make_commitments(const Ceremony& ceremony, const crypto::SigningKey& key,
                                                Random& random) const;
    // Step 2: to every trustee for whom the ceremony has none yet. Errors: also ceremony-order.
    Result<std::vector<TrusteeShare>> make_shares(const Ceremony& ceremony, const crypto::SigningKey& key,
                                                  Random& random) const;
    // Step 3: opens and checks (3.2) every share to this trustee. Errors: also ceremony-order; it takes the
    // encryption key of the definition only, so that a wrong file never makes a false complaint.
    Result<CombinedShares> combine(const Ceremony& ceremony, const crypto::SigningKey& key,
                                   const crypto::SecretScalar& encryption_key, Random& random) const;

    // "stimme-trustee-polynomial/1\n" ‖ h_D ‖ u32 round ‖ u16 i ‖ u16 k ‖ a_i0 ‖ … ‖ a_i(k-1).
    crypto::SecretBuffer to_bytes() const;
    // Errors: trustee-secret-invalid.
    static Result<TrusteePolynomial> from_bytes(ByteView bytes);

  private:
    TrusteePolynomial(const Hash& definition, std::uint32_t round, unsigned index,
                      crypto::Polynomial polynomial)
        : definition_(definition), round_(round), index_(index), polynomial_(std::move(polynomial)) {}
    Status check_round(const Ceremony& ceremony) const;
    Status check_committed(const Ceremony& ceremony) const;

    Hash definition_;
    std::uint32_t round_;
    unsigned index_;
    crypto::Polynomial polynomial_;
};

// Step 4. REQUIRES: secret.check(*ceremony.keys()).
TrusteeConfirmation confirm(const Ceremony& ceremony, const TrusteeSecret& secret,
                            const crypto::SigningKey& key);

}  // namespace stimme::events
