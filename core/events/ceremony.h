// The key ceremony as its messages tell it: a fold, in the order in which they came (docs/protocol.md,
// section 3). The server asks it before it takes a message; each trustee's own program replays all messages,
// since the server isn't trusted.
//
// A complaint ends the round, whoever was right: what it opened is public. The finding says who lied, and
// everybody begins again with new polynomials.
//
// Thread rule: belongs to one thread; const functions may be shared while nobody applies.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/events/ceremony_message.h"
#include "core/events/election_keys.h"

namespace stimme::events {

// What a complaint proved.
struct CeremonyFinding {
    std::uint32_t round;
    SignerId accuser;
    SignerId accused;
    SignerId culprit;    // one of the two
    std::string reason;  // a sentence for people
};

// A message that is still to come; `to` with shares only.
struct MissingMessage {
    std::string_view type;
    SignerId from;
    std::optional<SignerId> to;
    bool operator==(const MissingMessage&) const = default;
};

class Ceremony {
  public:
    // REQUIRES: the definition has trustees.
    explicit Ceremony(election::ValidDefinition definition);

    // Whether `message` may come next. Errors: ceremony-complete, ceremony-round (of another round),
    // ceremony-order (something must come before), message-repeated (kind conflict); trustee-unknown
    // (not-found; also a trustee who writes to or accuses themselves); those of VerifyKey::verify
    // (forbidden); those of verify_commitments and derive_keys; share-invalid (enc is no point).
    Status check(const CeremonyMessage& message) const;
    // check, and then make it so.
    Status apply(const CeremonyMessage& message);

    const election::ValidDefinition& definition() const { return definition_; }
    std::uint32_t round() const { return round_; }
    // One for each round that a complaint ended.
    const std::vector<CeremonyFinding>& findings() const { return findings_; }

    // What this round waits for now: commitments first, then shares, then confirmations. Empty: complete.
    std::vector<MissingMessage> missing() const;
    bool complete() const;

    // h_E, K and S_l, as soon as all commitments of this round are there.
    const std::optional<ElectionKeys>& keys() const { return keys_; }
    // By index, 1 … n; nullptr: not there yet.
    const TrusteeCommitments* commitments(unsigned i) const;
    const TrusteeShare* share(unsigned from, unsigned to) const;
    bool has_all_shares_for(unsigned to) const;
    // C_i0 … C_i(k-1). REQUIRES: commitments(i) is there.
    const crypto::Commitments& committed(unsigned i) const { return committed_.at(i); }
    const election::Trustee& trustee(unsigned i) const { return definition_->trustees->members[i - 1]; }
    unsigned trustees() const { return static_cast<unsigned>(definition_->trustees->members.size()); }

    // For entry 0. REQUIRES: complete().
    std::vector<TrusteeKey> trustee_keys() const;

  private:
    Status check_content(const TrusteeCommitments& message) const;
    Status check_content(const TrusteeShare& message) const;
    Status check_content(const TrusteeComplaint& message) const;
    Status check_content(const TrusteeConfirmation& message) const;
    Status check_signature(const CeremonyMessage& message) const;
    Result<unsigned> index_of(const SignerId& trustee) const;
    Result<unsigned> index_of_other(const SignerId& trustee, const SignerId& other) const;
    // With one more set of commitments.
    Result<ElectionKeys> keys_with(unsigned i, const crypto::Commitments& commitments) const;

    void take(const TrusteeCommitments& message);
    void take(const TrusteeShare& message);
    void take(const TrusteeComplaint& message);
    void take(const TrusteeConfirmation& message);

    election::ValidDefinition definition_;
    std::uint32_t round_ = 1;
    std::map<unsigned, TrusteeCommitments> commitments_;
    std::map<unsigned, crypto::Commitments> committed_;
    std::optional<ElectionKeys> keys_;
    std::map<std::pair<unsigned, unsigned>, TrusteeShare> shares_;
    std::map<unsigned, Signature> confirmations_;
    std::vector<CeremonyFinding> findings_;
};

}  // namespace stimme::events
