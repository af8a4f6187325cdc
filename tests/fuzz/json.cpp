// Any text through the strict JSON reader: what it accepts, it accepts again in canonical form, unchanged,
// and the canonical form is the only one of its kind.
#include "core/base/json.h"

#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(json) {
    const auto value = json::parse(as_text(data));
    const bool canonical = json::parse_canonical(as_text(data)).ok();
    require(value.ok() || !canonical, "what is canonical is JSON");
    if (!value) return;
    const std::string text = json::canonical(*value);
    require(canonical == (text == as_text(data)), "canonical is what the writer writes");
    const auto again = json::parse_canonical(text);
    require(again && *again == *value, "the canonical form says the same");
}

}  // namespace stimme::fuzz
