// Any lines as messages of the key ceremony: what is read is written again byte for byte, and the ceremony
// takes each or refuses it. Nobody but the trustees can bring it to an end.
#include "core/events/ceremony.h"

#include "tests/fuzz/samples.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(ceremony) {
    events::Ceremony ceremony(sample_election().definition);
    std::string_view rest = as_text(data);
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const auto message = events::decode_ceremony_message(line);
        if (!message) continue;
        require(events::encode(*message) == line, "a message of the ceremony has one form");
        const bool right = ceremony.check(*message).ok();
        require(ceremony.apply(*message).ok() == right, "what is checked is what is applied");
    }
    require(ceremony.complete() == ceremony.missing().empty(), "a ceremony with nothing missing is complete");
    if (ceremony.complete()) require(ceremony.keys().has_value(), "a complete ceremony has a key");
}

}  // namespace stimme::fuzz
