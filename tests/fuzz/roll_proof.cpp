// Any text through the reader of voters' proofs: what is accepted is read again as the same, and nothing is
// proven by an entry that doesn't stand in the log.
#include "core/events/roll_proof.h"

#include "tests/fuzz/samples.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(roll_proof) {
    const auto proof = events::parse_roll_proof(as_text(data));
    if (!proof) return;
    const std::string written = json::canonical(events::to_json(*proof));
    const auto again = events::parse_roll_proof(written);
    require(again && json::canonical(events::to_json(*again)) == written,
            "a proof is read as it was written");
    const auto& log = sample_election().definition->log;
    const auto found = events::verify_roll_proof(*proof, {log.origin, log.key}, {});
    if (!found) return;
    const auto receipt = log::parse_receipt(proof->receipt);
    const auto& entries = sample_log().entries;
    require(found->entry < entries.size() && as_text(receipt->entry) == entries[found->entry],
            "only what stands in the log proves anything");
}

}  // namespace stimme::fuzz
