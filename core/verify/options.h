// What the caller of the verifier brings, and what it gets.
//
// Thread rule: values.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/events/files.h"
#include "core/log/checkpoint.h"
#include "core/tally/shares.h"
#include "core/verify/report.h"
#include "core/verify/work.h"

namespace stimme::verify {

// done of total, in units that differ with `what`. Called by several threads, never by two at once.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total, std::string_view what)>;

struct Options {
    std::optional<Hash> election{};            // h_E as announced
    std::optional<std::string> receipt{};      // text of a receipt
    std::optional<events::VoterCode> voter{};  // whose row is looked for
    std::optional<std::string> seen{};         // a checkpoint seen earlier, as published
    unsigned threads = 0;                      // 0: all cores
    bool reference = false;                    // each equation of a ballot by itself, instead of in batches
    Shard shard{};                             // of the units of work; the rest isn't checkable
    PartsFile* parts = nullptr;                // what was checked before, and where it is kept
    Progress progress{};
};

// What a verified record says about its counted ballots: all that a trustee needs to make shares. It was
// recomputed from the ballots; nothing in it is the server's word.
struct ClosedElection {
    tally::ShareContext context;  // its `closing` is the log just after polls-closed
    tally::GroupSums sums;        // for tally::groups_to_open
};

struct Outcome {
    Report report;
    std::optional<Hash> election;               // h_E, as it follows from the record
    std::optional<log::Checkpoint> checkpoint;  // as it says; V1.4 tells whether it is signed
    // Only when every check of chapters 1 to 8 has passed and nothing that the caller brought contradicts it.
    std::optional<ClosedElection> closed;
};

}  // namespace stimme::verify
