#include "core/ballot/tracking_code.h"

#include "core/crypto/transcript.h"

namespace stimme::ballot {

Hash tracking_code(const Context& context, ByteView body) {
    return crypto::hash(crypto::Tag::ballot,
                        {context.election, as_bytes(context.station.str()), context.t, body});
}

std::string write_tracking_code(const Hash& code) {
    return in_groups(to_base32(code));
}

Result<Hash> parse_tracking_code(std::string_view text) {
    const auto bytes = from_base32(text, Hash{}.size());
    if (!bytes) return invalid("tracking-code-invalid", "not a tracking code: " + bytes.error().message);
    return to_array<32>(*bytes);
}

}  // namespace stimme::ballot
