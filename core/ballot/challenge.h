// What a ballot's challenges cover: first every ciphertext of the ballot with its context, then each
// statement with its commitments (docs/protocol.md, section 4.4). Prover and verifier compute them here.
//
// Thread rule: pure functions.
#pragma once

#include <span>

#include "core/ballot/context.h"
#include "core/ballot/layout.h"
#include "core/crypto/range_proof.h"

namespace stimme::ballot {

// h_B; `ciphertexts` are all of the ballot, as in its body.
Hash ciphertexts_hash(const Context& context, ByteView ciphertexts);

// (4.8)
crypto::Scalar range_challenge(const Hash& ciphertexts_hash, const Statement& statement,
                               std::span<const crypto::RangeCommitment> commitments);

// y = H("cast", x), section 4.5.
Hash cast_commitment(ByteView x);

}  // namespace stimme::ballot
