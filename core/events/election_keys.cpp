#include "core/events/election_keys.h"

#include <cassert>

#include <fmt/format.h>

#include "core/crypto/proofs.h"
#include "core/crypto/signature.h"
#include "core/crypto/transcript.h"
#include "core/events/ceremony_message.h"

namespace stimme::events {
namespace {

// (3.1)
Result<crypto::Point> read_commitment(const Hash& definition, unsigned i, unsigned j,
                                      const election::PublicKey& commitment, const SchnorrProof& proof) {
    const auto point = crypto::Point::from_sec1(commitment);
    if (!point) return invalid("commitment-invalid", point.error().message);
    const auto c = crypto::Scalar::from_bytes(proof.challenge);
    const auto s = crypto::Scalar::from_bytes(proof.response);
    if (!c || !s) return invalid("knowledge-proof-wrong", "a number of the proof isn't below q");
    STIMME_CHECK(
        crypto::verify_knowledge(*point, {definition, u16be_of(i), u16be_of(j), point->raw()}, {*c, *s}));
    return *point;
}

Status check_trustees(const election::ValidDefinition& definition, const std::vector<TrusteeKey>& found) {
    const Error wrong =
        invalid("trustees-wrong", "the trustees are not those of the definition, in its order");
    const std::size_t expected = definition->trustees ? definition->trustees->members.size() : 0;
    if (found.size() != expected) return wrong;
    for (std::size_t i = 0; i < expected; ++i) {
        if (found[i].trustee != definition->trustees->members[i].id) return wrong;
    }
    return {};
}

Result<std::vector<crypto::Commitments>> read_all(const election::ValidDefinition& definition,
                                                  const std::vector<TrusteeKey>& trustees) {
    std::vector<crypto::Commitments> all;
    for (const TrusteeKey& trustee : trustees) {
        const auto i = static_cast<unsigned>(all.size()) + 1;
        auto commitments = verify_commitments(definition, i, trustee.commitments, trustee.proofs);
        if (!commitments) return std::move(commitments).error().at(trustee.trustee.str());
        all.push_back(*std::move(commitments));
    }
    return all;
}

Status check_confirmation(const election::Trustee& trustee, const Hash& election,
                          const Signature& signature) {
    STIMME_TRY(const auto key, crypto::VerifyKey::from_sec1(trustee.signing_key));
    if (auto status = key.verify(confirmation_digest(election, trustee.id), signature); !status) {
        return std::move(status).error().at(fmt::format("confirmation of {}", trustee.id.str()));
    }
    return {};
}

}  // namespace

Hash election_hash(const Hash& definition, std::span<const crypto::Commitments> trustees) {
    crypto::TaggedHash hash(crypto::Tag::election);
    hash.part(definition);
    for (const crypto::Commitments& commitments : trustees) {
        for (const crypto::Point& commitment : commitments) hash.part(commitment.raw());
    }
    return hash.finish();
}

// (3.1)
SchnorrProof prove_commitment(const Hash& definition, unsigned i, unsigned j,
                              const crypto::SecretScalar& coefficient, Random& random) {
    const crypto::Point commitment = crypto::multiply_generator(coefficient);
    const crypto::Proof proof = crypto::prove_knowledge(
        coefficient, commitment, {definition, u16be_of(i), u16be_of(j), commitment.raw()}, random);
    return {proof.c.bytes(), proof.s.bytes()};
}

Result<crypto::Commitments> verify_commitments(const election::ValidDefinition& definition, unsigned i,
                                               std::span<const election::PublicKey> commitments,
                                               std::span<const SchnorrProof> proofs) {
    assert(definition->trustees);
    const std::size_t k = definition->trustees->threshold;
    if (commitments.size() != k || proofs.size() != k) {
        return invalid("commitments-wrong", fmt::format("{} commitments and {} proofs; right is {} of both",
                                                        commitments.size(), proofs.size(), k));
    }
    crypto::Commitments result;
    for (unsigned j = 0; j < k; ++j) {
        auto point = read_commitment(definition.hash(), i, j, commitments[j], proofs[j]);
        if (!point) return std::move(point).error().at(fmt::format("coefficient {}", j));
        result.push_back(*point);
    }
    return result;
}

// (3.3)
Result<ElectionKeys> derive_keys(const election::ValidDefinition& definition,
                                 std::span<const crypto::Commitments> trustees) {
    ElectionKeys keys{election_hash(definition.hash(), trustees), {}, {}};
    if (trustees.empty()) return keys;
    keys.key = crypto::joint_key(trustees);
    bool infinite = keys.key.is_infinity();
    for (std::uint32_t l = 1; l <= trustees.size(); ++l) {
        keys.shares.push_back(crypto::public_share(trustees, l));
        infinite = infinite || keys.shares.back().is_infinity();
    }
    if (infinite) return invalid("election-key-infinite", "the commitments cancel each other out");
    return keys;
}

Result<ElectionKeys> verify_sealed_keys(const election::ValidDefinition& definition,
                                        const ElectionSealed& sealed) {
    if (sealed.definition != definition.hash()) {
        return invalid("definition-differs", "the sealed definition is another one");
    }
    STIMME_CHECK(check_trustees(definition, sealed.trustees));
    STIMME_TRY(const std::vector<crypto::Commitments> commitments, read_all(definition, sealed.trustees));
    STIMME_TRY(ElectionKeys keys, derive_keys(definition, commitments));
    if (sealed.election != keys.election) {
        return invalid("election-differs", "the sealed h_E doesn't follow from definition and commitments");
    }
    for (std::size_t i = 0; i < sealed.trustees.size(); ++i) {
        STIMME_CHECK(check_confirmation(definition->trustees->members[i], keys.election,
                                        sealed.trustees[i].signature));
    }
    return keys;
}

}  // namespace stimme::events
