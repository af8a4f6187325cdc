// From untrusted bytes to a ballot that is well formed: exact length, every point and scalar canonical, no
// sum at infinity, challenges that add up (docs/protocol.md, sections 4.2 to 4.6). What then remains are the
// equations (4.5) and (4.6), one at a time here or many together (check.h).
//
// Thread rule: values and pure functions.
#pragma once

#include <vector>

#include "core/ballot/context.h"
#include "core/ballot/layout.h"
#include "core/base/result.h"
#include "core/crypto/elgamal.h"
#include "core/crypto/range_proof.h"

namespace stimme::ballot {

struct DecodedBallot {
    std::vector<crypto::Ciphertext> ciphertexts;  // contest by contest, one for each position
    std::vector<crypto::RangeProof> proofs;       // of each statement, in the layout's order
    Hash y;
};

// Errors, naming contest and option: ballot-length, ballot-point, ballot-scalar, ballot-sum-infinite,
// ballot-challenge-sum (4.7).
Result<DecodedBallot> decode(const Layout& layout, const Context& context, ByteView body);

// Every equation by itself. Errors, naming contest, option and branch: ballot-equation-g (4.5),
// ballot-equation-k (4.6).
Status check_equations(const Layout& layout, const crypto::Point& k, const DecodedBallot& ballot);

}  // namespace stimme::ballot
