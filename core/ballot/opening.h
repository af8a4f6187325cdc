// Opened and cast ballots: a challenged ballot is recomputed from its seed and selections (docs/protocol.md,
// section 4.7), a cast one shows the secret behind its y (section 4.5).
//
// Thread rule: pure functions.
#pragma once

#include "core/ballot/context.h"
#include "core/ballot/layout.h"
#include "core/base/result.h"
#include "core/crypto/elgamal.h"

namespace stimme::ballot {

// The tracking code of the ballot that these make. Errors: those of ValidSelections::check.
// REQUIRES: the context is of the layout's style.
Result<Hash> recompute(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
                       const events::Opening& opening);

// Whether the opening reproduces the ballot of that tracking code. Errors: opening-differs.
// REQUIRES: the context is of the layout's style.
Status verify_opening(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
                      const events::Opening& opening, const Hash& tracking_code);

// Whether x is the secret behind the ballot's y.
bool cast_matches(const Hash& y, const ByteArray<32>& x);

}  // namespace stimme::ballot
