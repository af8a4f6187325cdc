#include "core/events/ceremony.h"

#include <cassert>

#include <fmt/format.h>

#include "core/events/sealed_share.h"

namespace stimme::events {
namespace {

Error repeated(std::string message) {
    return conflict("message-repeated", std::move(message));
}

Error too_early(std::string message) {
    return conflict("ceremony-order", std::move(message));
}

crypto::Point encryption_key(const election::Trustee& trustee) {
    auto point = crypto::Point::from_sec1(trustee.encryption_key);
    assert(point.ok());  // rule D2
    return *point;
}

}  // namespace

Ceremony::Ceremony(election::ValidDefinition definition) : definition_(std::move(definition)) {
    assert(definition_->trustees);
}

const TrusteeCommitments* Ceremony::commitments(unsigned i) const {
    const auto found = commitments_.find(i);
    return found == commitments_.end() ? nullptr : &found->second;
}

const TrusteeShare* Ceremony::share(unsigned from, unsigned to) const {
    const auto found = shares_.find({from, to});
    return found == shares_.end() ? nullptr : &found->second;
}

bool Ceremony::has_all_shares_for(unsigned to) const {
    for (unsigned from = 1; from <= trustees(); ++from) {
        if (from != to && share(from, to) == nullptr) return false;
    }
    return true;
}

bool Ceremony::complete() const {
    return confirmations_.size() == trustees();
}

std::vector<MissingMessage> Ceremony::missing() const {
    std::vector<MissingMessage> result;
    for (unsigned i = 1; i <= trustees(); ++i) {
        if (!commitments_.contains(i)) result.push_back({"trustee-commitments", trustee(i).id, {}});
    }
    if (!keys_) return result;
    for (unsigned from = 1; from <= trustees(); ++from) {
        for (unsigned to = 1; to <= trustees(); ++to) {
            if (from == to || share(from, to) != nullptr) continue;
            result.push_back({"trustee-share", trustee(from).id, trustee(to).id});
        }
    }
    if (!result.empty()) return result;
    for (unsigned i = 1; i <= trustees(); ++i) {
        if (!confirmations_.contains(i)) result.push_back({"trustee-confirmation", trustee(i).id, {}});
    }
    return result;
}

std::vector<TrusteeKey> Ceremony::trustee_keys() const {
    assert(complete());
    std::vector<TrusteeKey> keys;
    for (const auto& [i, message] : commitments_) {
        keys.push_back({message.trustee, message.commitments, message.proofs, confirmations_.at(i)});
    }
    return keys;
}

Result<unsigned> Ceremony::index_of(const SignerId& trustee) const {
    const auto index = definition_.trustee_index(trustee);
    if (!index) return not_found("trustee-unknown", fmt::format("there is no trustee \"{}\"", trustee.str()));
    return *index;
}

Result<unsigned> Ceremony::index_of_other(const SignerId& trustee, const SignerId& other) const {
    if (trustee == other) return not_found("trustee-unknown", "nobody writes to themselves");
    return index_of(other);
}

Result<ElectionKeys> Ceremony::keys_with(unsigned i, const crypto::Commitments& commitments) const {
    std::map<unsigned, crypto::Commitments> all = committed_;
    all[i] = commitments;
    std::vector<crypto::Commitments> in_order;
    for (auto& [index, points] : all) in_order.push_back(std::move(points));
    return derive_keys(definition_, in_order);
}

Status Ceremony::check_signature(const CeremonyMessage& message) const {
    if (std::holds_alternative<TrusteeConfirmation>(message) && !keys_) {
        return too_early("h_E isn't known before all commitments are there");
    }
    const Hash digest = std::holds_alternative<TrusteeConfirmation>(message)
                            ? confirmation_digest(keys_->election, sender_of(message))
                            : ceremony_digest(definition_.hash(), message);
    STIMME_TRY(const unsigned index, index_of(sender_of(message)));
    STIMME_TRY(const auto key, crypto::VerifyKey::from_sec1(trustee(index).signing_key));
    if (auto status = key.verify(digest, signature_of(message)); !status) {
        Error error = std::move(status).error().at(
            fmt::format("{} of {}", type_name(message), trustee(index).id.str()));
        error.kind = ErrorKind::forbidden;
        return error;
    }
    return {};
}

// (3.1)
Status Ceremony::check_content(const TrusteeCommitments& message) const {
    STIMME_TRY(const unsigned i, index_of(message.trustee));
    if (commitments_.contains(i)) return repeated("this trustee's commitments are there already");
    STIMME_TRY(const auto points, verify_commitments(definition_, i, message.commitments, message.proofs));
    if (committed_.size() + 1 == trustees()) STIMME_CHECK(keys_with(i, points));
    return {};
}

Status Ceremony::check_content(const TrusteeShare& message) const {
    STIMME_TRY(const unsigned from, index_of(message.from));
    STIMME_TRY(const unsigned to, index_of_other(message.from, message.to));
    if (!keys_) return too_early("shares are sent when all commitments are there");
    if (share(from, to) != nullptr) return repeated("this share is there already");
    return check_sealed_share(message.ciphertext);
}

Status Ceremony::check_content(const TrusteeComplaint& message) const {
    STIMME_TRY(const unsigned accuser, index_of(message.from));
    STIMME_TRY(const unsigned accused, index_of_other(message.from, message.against));
    if (share(accused, accuser) == nullptr) return too_early("there is no share to complain about");
    return {};
}

Status Ceremony::check_content(const TrusteeConfirmation& message) const {
    STIMME_TRY(const unsigned l, index_of(message.trustee));
    if (!has_all_shares_for(l)) return too_early("a trustee confirms when all shares to them are there");
    if (confirmations_.contains(l)) return repeated("this trustee has confirmed already");
    return {};
}

Status Ceremony::check(const CeremonyMessage& message) const {
    if (complete()) return conflict("ceremony-complete", "all trustees have confirmed the key");
    STIMME_CHECK(index_of(sender_of(message)));
    if (round_of(message) != round_) {
        return conflict("ceremony-round",
                        fmt::format("it is of round {}, but this is round {}", round_of(message), round_));
    }
    STIMME_CHECK(check_signature(message));
    return std::visit([this](const auto& m) { return check_content(m); }, message);
}

Status Ceremony::apply(const CeremonyMessage& message) {
    STIMME_CHECK(check(message));
    std::visit([this](const auto& m) { take(m); }, message);
    return {};
}

// What each message changes. REQUIRES: it passed check().

void Ceremony::take(const TrusteeCommitments& message) {
    const unsigned i = *index_of(message.trustee);
    const auto points = *verify_commitments(definition_, i, message.commitments, message.proofs);
    if (committed_.size() + 1 == trustees()) keys_ = *keys_with(i, points);
    commitments_[i] = message;
    committed_[i] = points;
}

void Ceremony::take(const TrusteeShare& message) {
    shares_[{*index_of(message.from), *index_of(message.to)}] = message;
}

void Ceremony::take(const TrusteeComplaint& message) {
    const unsigned accuser = *index_of(message.from), accused = *index_of(message.against);
    const Verdict verdict =
        judge({definition_.hash(), accused, accuser}, encryption_key(trustee(accuser)),
              share(accused, accuser)->ciphertext, {message.opening, message.proof}, committed_.at(accused));
    const SignerId& culprit = verdict == Verdict::share_false ? message.against : message.from;
    findings_.push_back({round_, message.from, message.against, culprit, std::string(describe(verdict))});
    ++round_;
    commitments_.clear();
    committed_.clear();
    keys_.reset();
    shares_.clear();
    confirmations_.clear();
}

void Ceremony::take(const TrusteeConfirmation& message) {
    confirmations_[*index_of(message.trustee)] = message.signature;
}

}  // namespace stimme::events
