// What a record says about one tested ballot, and making it again (docs/protocol.md, section 4.7).
//
// Thread rule: pure functions over the file system.
#pragma once

#include <filesystem>
#include <optional>

#include "client/booth/opened_ballot.h"
#include "core/events/election_keys.h"

namespace stimme::audit {

struct TestInRecord {
    election::ValidDefinition definition;
    events::ElectionKeys keys;                  // verified
    std::optional<booth::OpenedBallot> ballot;  // as ballot-challenged has it
    std::uint64_t index = 0;                    // of that entry
};

// Reads the record's log to its end, verifies its root, its signature and the election's keys, and looks for
// the test of that tracking code. Errors: those of Record; log-root (corrupt), and as corrupt those of
// open_checkpoint, events::decode and verify_sealed_keys; not-sealed (conflict).
Result<TestInRecord> find_test(const std::filesystem::path& record, const Hash& tracking_code);

// Makes the ballot again. Errors: election-differs, paper-only, style-unknown, those of verify_opening.
Status verify_test(const TestInRecord& record, const booth::OpenedBallot& ballot);

}  // namespace stimme::audit
