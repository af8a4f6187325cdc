// The public keys of an election, as they follow from the trustees' commitments: h_E, K and S_1 … S_n
// (docs/protocol.md, section 3). Server, clients and verifier take them from entry 0 of the log through
// verify_sealed_keys, which trusts nobody.
//
// Thread rule: values and pure functions.
#pragma once

#include <span>
#include <vector>

#include "core/crypto/point.h"
#include "core/crypto/sharing.h"
#include "core/events/entry.h"

namespace stimme::events {

struct ElectionKeys {
    Hash election;                      // h_E
    crypto::Point key;                  // K; infinity in a paper-only election
    std::vector<crypto::Point> shares;  // S_l stands at l - 1; empty in a paper-only election

    bool paper_only() const { return shares.empty(); }
    bool operator==(const ElectionKeys&) const = default;
};

// h_E = H("election", h_D, C_10, C_11, …). No trustees: a paper-only election.
Hash election_hash(const Hash& definition, std::span<const crypto::Commitments> trustees);

// (3.1) for coefficient j of trustee i, counted from 1 and from 0.
SchnorrProof prove_commitment(const Hash& definition, unsigned i, unsigned j,
                              const crypto::SecretScalar& coefficient, Random& random);

// The commitments of trustee i, with (3.1) checked for each. Errors: commitments-wrong (not k of them, or not
// as many proofs), commitment-invalid (no point), knowledge-proof-wrong; both name the coefficient.
Result<crypto::Commitments> verify_commitments(const election::ValidDefinition& definition, unsigned i,
                                               std::span<const election::PublicKey> commitments,
                                               std::span<const SchnorrProof> proofs);

// (3.3). Errors: election-key-infinite (K or an S_l; nobody gets there by chance).
Result<ElectionKeys> derive_keys(const election::ValidDefinition& definition,
                                 std::span<const crypto::Commitments> trustees);

// Everything in entry 0 that has to do with the key. Errors: definition-differs, trustees-wrong (not those of
// the definition, in its order), those of verify_commitments and derive_keys, election-differs (h_E), and
// those of VerifyKey::verify for a confirmation; each names its trustee.
Result<ElectionKeys> verify_sealed_keys(const election::ValidDefinition& definition,
                                        const ElectionSealed& sealed);

}  // namespace stimme::events
