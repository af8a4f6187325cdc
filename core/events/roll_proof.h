// A voter's private proof that they are on the roll: everything that it takes to check this offline, with
// nothing but the election's definition (docs/protocol.md, section 7.2).
//
//     {"format": "stimme-roll-proof/1", "code": "10000003:8f3a…", "style": "all",
//      "place": {"index": 17, "proof": ["<hex>", …]}, "receipt": "c2sp.org/tlog-proof@v1\n…"}
//
// It names the voter's number and salt, so whoever has it can look up whether they took part: it is theirs
// alone.
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/events/files.h"
#include "core/log/receipt.h"

namespace stimme::events {

struct RollPlace {
    std::uint64_t index = 0;  // among the sorted leaves
    log::Proof proof;
};

struct RollProof {
    VoterCode code;
    StyleId style;
    // In the roll as it was sealed; nothing of a voter who was admitted later.
    std::optional<RollPlace> place;
    // Of the election-sealed entry, or of the roll-corrected entry that admitted the voter.
    std::string receipt;
};

json::Value to_json(const RollProof& proof);
// Errors: roll-proof-invalid, naming each member that is wrong.
Result<RollProof> parse_roll_proof(std::string_view text);

// What a proof that holds says.
struct OnTheRoll {
    Hash leaf;             // the voter's row in the participation file
    std::uint64_t entry;   // of the log, that shows it
    std::uint64_t voters;  // of the whole roll, when it was sealed; 0 of a voter who was admitted later
    log::SignedCheckpoint checkpoint;
};

// Errors: those of parse_receipt and verify_receipt; roll-proof-entry (the receipt is of another kind of
// entry than the proof needs), roll-proof-leaf (the entry doesn't admit this voter), those of
// verify_inclusion (the voter isn't at that place of the roll).
Result<OnTheRoll> verify_roll_proof(const RollProof& proof, const log::LogVerifier& log,
                                    std::span<const log::WitnessVerifier> witnesses);

}  // namespace stimme::events
