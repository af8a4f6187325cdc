// All randomness of a ballot, from one seed of 32 bytes (docs/protocol.md, section 4.3). So a ballot is a
// function of its context, its selections and its seed, and whoever knows these can recompute it.
//
// Thread rule: const functions may run in several threads at once.
#pragma once

#include "core/ballot/context.h"
#include "core/ballot/selections.h"
#include "core/crypto/scalar.h"
#include "core/crypto/secret.h"

namespace stimme::ballot {

using Seed = crypto::SecretBytes<32>;
using CastSecret = crypto::SecretBytes<32>;  // x

class BallotRandomness {
  public:
    BallotRandomness(const Seed& seed, const Context& context, const ValidSelections& selections);

    // (4.3). Labels: 'r' of a ciphertext (branch 0), 'u' and 'c' of branch j.
    crypto::SecretScalar scalar(std::uint16_t contest, std::uint16_t position, std::uint16_t branch,
                                char label) const;
    // Section 4.5.
    CastSecret cast_secret() const;

  private:
    crypto::SecretBytes<32> kappa_;
};

}  // namespace stimme::ballot
