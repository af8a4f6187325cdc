// A key ceremony in a test: every trustee's side, over one fold of the messages.
//
//     Trustees trustees(TestElection().build());
//     trustees.commit();
//     trustees.share();
//     trustees.confirm();
#pragma once

#include <gtest/gtest.h>

#include "core/events/sealed_share.h"
#include "core/events/trustee_secret.h"
#include "tests/support/elections.h"

namespace stimme::events::ceremonies {

using stimme::test::Election;
using stimme::test::TestElection;

inline std::string code(const Status& status) {
    return status ? "" : status.error().code;
}
template <class T>
std::string code(const Result<T>& result) {
    return result ? "" : result.error().code;
}

class Trustees {
  public:
    explicit Trustees(Election of, std::uint64_t seed = 1)
        : election(std::move(of)), ceremony(election.definition), random(seed) {}

    const crypto::SigningKey& key(unsigned i) const { return election.signing_key(id(i).str()); }
    const crypto::SecretScalar& encryption_key(unsigned i) const {
        return election.trustees[i - 1].encryption_key;
    }
    const SignerId& id(unsigned i) const { return election.trustees[i - 1].id; }
    Hash h_d() const { return election.definition.hash(); }

    Status send(const CeremonyMessage& message) {
        Status status = ceremony.apply(message);
        if (status) sent.push_back(message);
        return status;
    }

    // Trustee i's message of step 1.
    TrusteeCommitments commitments(unsigned i) {
        return *polynomial(i).make_commitments(ceremony, key(i), random);
    }
    const TrusteePolynomial& polynomial(unsigned i) {
        const auto place = std::pair(ceremony.round(), i);
        const auto found = polynomials.find(place);
        if (found != polynomials.end()) return found->second;
        return polynomials.emplace(place, *TrusteePolynomial::random(ceremony, id(i), random)).first->second;
    }
    // A share as trustee `from` could send it, whatever it holds.
    TrusteeShare share_of(unsigned from, unsigned to, const crypto::SecretScalar& value) {
        const crypto::Point recipient = crypto::multiply_generator(encryption_key(to));
        const SealedShare sealed = seal_share({h_d(), from, to}, recipient, value, random);
        return signed_message(TrusteeShare{ceremony.round(), id(from), id(to), sealed, {}}, h_d(), key(from));
    }
    // Trustee `from` complains about the share that is there, right or not.
    TrusteeComplaint complaint(unsigned from, unsigned against) {
        const ShareOpening opening = open_for_all({h_d(), against, from}, encryption_key(from),
                                                  ceremony.share(against, from)->ciphertext, random);
        return signed_message(
            TrusteeComplaint{ceremony.round(), id(from), id(against), opening.point, opening.proof, {}},
            h_d(), key(from));
    }
    Result<CombinedShares> combine(unsigned i) {
        return polynomial(i).combine(ceremony, key(i), encryption_key(i), random);
    }
    TrusteeSecret secret(unsigned i) { return std::get<TrusteeSecret>(*combine(i)); }

    // Everybody's messages of a step.
    void commit() {
        for (unsigned i = 1; i <= ceremony.trustees(); ++i) ASSERT_EQ(code(send(commitments(i))), "");
    }
    void share() {
        for (unsigned i = 1; i <= ceremony.trustees(); ++i) {
            const auto messages = *polynomial(i).make_shares(ceremony, key(i), random);
            for (const TrusteeShare& message : messages) {
                ASSERT_EQ(code(send(message)), "");
            }
        }
    }
    void confirm() {
        for (unsigned i = 1; i <= ceremony.trustees(); ++i) {
            ASSERT_EQ(code(send(events::confirm(ceremony, secret(i), key(i)))), "");
        }
    }

    Election election;
    Ceremony ceremony;
    SeededRandom random;
    std::map<std::pair<std::uint32_t, unsigned>, TrusteePolynomial> polynomials;
    std::vector<CeremonyMessage> sent;
};

}  // namespace stimme::events::ceremonies
