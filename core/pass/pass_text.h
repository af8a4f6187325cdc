// A voting pass on paper: t, its tag and a check character, 25 characters of base32 that people type or scan
// (docs/protocol.md, section 5). The check character notices every single wrong character and every two that
// were exchanged, before anything is sent.
//
// Thread rule: values and pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/events/values.h"

namespace stimme::pass {

constexpr std::size_t pass_characters = 25;

struct Pass {
    events::PassNumber t;
    events::PassTag tag;
    bool operator==(const Pass&) const = default;
};

// The 25 characters in groups of five: "ABCDE-FGHJK-MNPQR-STVWX-YZ012".
std::string write_pass(const Pass& pass);

// Reads what people type: lower case is taken as upper case, I and L as 1, O as 0; blanks and hyphens are
// skipped. Errors: pass-character (naming the first that can't be in a pass, and its position from 1),
// pass-length (not 25 characters), pass-typo (the check character doesn't fit).
Result<Pass> parse_pass(std::string_view text);

}  // namespace stimme::pass
