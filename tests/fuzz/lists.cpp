// Any text through the readers of the participation and tag files: what they accept is written again byte for
// byte.
#include "core/events/files.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(lists) {
    const std::string_view text = as_text(data);
    if (const auto rows = events::read_participation(text))
        require(events::write_participation(*rows) == text, "a list of participation has one form");
    if (const auto rows = events::read_tags(text))
        require(events::write_tags(*rows) == text, "a list of tags has one form");
}

}  // namespace stimme::fuzz
