// Any text through the reader of log entries: what it accepts encodes to the same bytes; and as a draft.
#include "core/events/entry.h"

#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(entry) {
    const std::string_view text = as_text(data);
    const auto entry = events::decode(text);
    if (entry) require(events::encode(*entry) == text, "an entry has one form");
    const auto value = json::parse(text);
    if (!value) return;
    const auto content = events::content_from_json(*value);
    if (!content) return;
    const auto again = events::content_from_json(events::content_to_json(*content));
    require(again && *again == *content, "a draft reads back as it was written");
}

}  // namespace stimme::fuzz
