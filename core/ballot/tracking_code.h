// The tracking code of a ballot, by which its voter finds it in the log (docs/protocol.md, section 4.6).
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/ballot/context.h"
#include "core/base/result.h"

namespace stimme::ballot {

// (4.9)
Hash tracking_code(const Context& context, ByteView body);

// 52 base32 characters in groups of four.
std::string write_tracking_code(const Hash& code);
// Reads what people type (see from_base32). Errors: tracking-code-invalid.
Result<Hash> parse_tracking_code(std::string_view text);

}  // namespace stimme::ballot
