// Any text through the readers of what people type or scan: passes, tracking codes, voter codes.
#include <cstdlib>

#include "core/ballot/tracking_code.h"
#include "core/events/files.h"
#include "core/pass/pass_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const std::string_view text = as_text({data, size});
    if (const auto pass = pass::parse_pass(text)) {
        const auto again = pass::parse_pass(pass::write_pass(*pass));
        if (!again || again->t != pass->t || again->tag != pass->tag) std::abort();
    }
    if (const auto code = ballot::parse_tracking_code(text)) {
        if (*ballot::parse_tracking_code(ballot::write_tracking_code(*code)) != *code) std::abort();
    }
    if (const auto code = events::parse_voter_code(text)) static_cast<void>(events::to_string(*code));
    return 0;
}
