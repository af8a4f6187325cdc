// Encrypting a ballot (docs/protocol.md, sections 4.2 to 4.6). The booth then holds a SealedBallot: it
// submits body and tracking code, and when the voter has decided takes exactly one thing out of it, the cast
// secret or the opening. Either way, and when it is dropped, the seed is gone.
//
// Thread rule: encrypt is a pure function; a SealedBallot belongs to one owner.
#pragma once

#include "core/ballot/context.h"
#include "core/ballot/layout.h"
#include "core/ballot/randomness.h"
#include "core/ballot/selections.h"
#include "core/crypto/elgamal.h"

namespace stimme::ballot {

class SealedBallot {
  public:
    const Bytes& body() const { return body_; }
    const Hash& tracking_code() const { return tracking_code_; }

    // The voter casts: x, to be revealed in `ballot-cast`. The seed is wiped.
    CastSecret for_cast() &&;
    // The voter tests: seed and selections, for everyone to see. The cast secret is wiped.
    events::Opening open() &&;

  private:
    friend SealedBallot encrypt(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
                                ValidSelections selections, Seed&& seed);
    SealedBallot(Bytes body, const Hash& tracking_code, CastSecret x, Seed seed, ValidSelections selections)
        : body_(std::move(body)),
          tracking_code_(tracking_code),
          x_(std::move(x)),
          seed_(std::move(seed)),
          selections_(std::move(selections)) {}

    Bytes body_;
    Hash tracking_code_;
    CastSecret x_;
    Seed seed_;
    ValidSelections selections_;
};

// The ballot that follows from these; consumes the seed. Neither a branch nor a memory access depends on the
// selections. REQUIRES: selections and context are of the layout's style; the seed is fresh.
SealedBallot encrypt(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
                     ValidSelections selections, Seed&& seed);

}  // namespace stimme::ballot
