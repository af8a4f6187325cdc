// Checkpoints: what the log commits to, signed by the log and by those who watch it. C2SP tlog-checkpoint and
// tlog-cosignature (docs/protocol.md, section 6.1).
//
// The text is the origin, the number of entries and the root, a line each, without extension lines: nothing
// is signed that an auditor couldn't recompute. The name of the log's key is the origin.
//
// A log may sign two checkpoints only if the later continues the earlier; two signed roots of one size
// convict it.
//
// Thread rule: pure functions and values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/signature.h"
#include "core/log/note.h"

namespace stimme::log {

struct Checkpoint {
    std::string origin;  // REQUIRES: is_key_name(origin)
    std::uint64_t size = 0;
    Hash root{};

    bool operator==(const Checkpoint&) const = default;
};

// "origin\nsize\nbase64(root)\n": what the log signs.
std::string checkpoint_body(const Checkpoint& checkpoint);
// Accepts exactly what checkpoint_body writes. Errors: checkpoint-syntax (lines missing or without end),
// checkpoint-extension (a fourth line), checkpoint-origin, checkpoint-size (not a decimal number, or written
// in another way), checkpoint-root.
Result<Checkpoint> parse_checkpoint_body(std::string_view text);

// That a witness saw the checkpoint as the newest of a log that never went back, at that time.
struct Cosignature {
    std::string witness;
    TimePoint time;

    bool operator==(const Cosignature&) const = default;
};

// A checkpoint whose signatures were verified (or just made).
struct SignedCheckpoint {
    Checkpoint checkpoint;
    std::string text;                       // the whole note, as it is published
    std::vector<Cosignature> cosignatures;  // of the witnesses asked for, in their order; at most one each
};

SignedCheckpoint sign_checkpoint(const Checkpoint& checkpoint, const crypto::LogKey& key);

// The signature line of a witness, to be appended to the checkpoint's text. The caller has verified that the
// checkpoint continues the newest one that this witness ever signed, and keeps that in mind durably.
// REQUIRES: is_key_name(witness); time not before 1970.
std::string cosign(const Checkpoint& checkpoint, std::string_view witness, const crypto::LogKey& key,
                   TimePoint time);

// Reads a checkpoint and verifies the log's signature and at least `quorum` of the witnesses'. Signatures of
// unknown keys are skipped; one that names a known key and doesn't verify refuses the whole.
// REQUIRES: no two witnesses with the same name or key.
// Errors: those of parse_note and parse_checkpoint_body, checkpoint-wrong-origin (another log's),
// checkpoint-unsigned (no signature of the log), checkpoint-signature (the log's or a witness's doesn't
// verify), witness-quorum.
Result<SignedCheckpoint> open_checkpoint(std::string_view text, const LogVerifier& log,
                                         std::span<const WitnessVerifier> witnesses, std::size_t quorum);

}  // namespace stimme::log
