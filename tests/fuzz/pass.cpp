// Any text through the readers of what people type or scan: passes, tracking codes, voter codes. What is read
// is written in one way, which reads as the same.
#include "core/ballot/tracking_code.h"
#include "core/events/files.h"
#include "core/pass/pass_text.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(pass) {
    const std::string_view text = as_text(data);
    if (const auto pass = pass::parse_pass(text)) {
        const auto again = pass::parse_pass(pass::write_pass(*pass));
        require(again && *again == *pass, "a pass reads as it was written");
    }
    if (const auto code = ballot::parse_tracking_code(text)) {
        const auto again = ballot::parse_tracking_code(ballot::write_tracking_code(*code));
        require(again && *again == *code, "a tracking code reads as it was written");
    }
    if (const auto code = events::parse_voter_code(text)) {
        require(events::to_string(*code) == text, "a voter code has one form");
    }
}

}  // namespace stimme::fuzz
