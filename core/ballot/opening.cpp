#include "core/ballot/opening.h"

#include "core/ballot/challenge.h"
#include "core/ballot/encrypt.h"

namespace stimme::ballot {

Result<Hash> recompute(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
                       const events::Opening& opening) {
    STIMME_TRY(ValidSelections selections, ValidSelections::check(layout, opening.selections));
    return encrypt(key, layout, context, std::move(selections), Seed(opening.seed)).tracking_code();
}

Status verify_opening(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
                      const events::Opening& opening, const Hash& tracking_code) {
    const auto code = recompute(key, layout, context, opening);
    if (!code) return invalid("opening-differs", "the opening makes no ballot: " + code.error().message);
    if (*code == tracking_code) return {};
    return invalid("opening-differs", "seed and selections make another ballot than the one submitted");
}

bool cast_matches(const Hash& y, const ByteArray<32>& x) {
    return cast_commitment(x) == y;
}

}  // namespace stimme::ballot
