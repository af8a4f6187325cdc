// The life of an election as one table: which entry of the log may come in which phase, where it leads, and
// whose signatures it needs (docs/protocol.md, sections 6.2 and 6.4). Server, clients and verifier all read
// this table.
//
// Thread rule: constants and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/base/result.h"

namespace stimme::election {

enum class Phase { draft, sealed, open, closed, tallied, certified, cancelled };
std::string_view to_string(Phase phase);

enum class EntryType {
    election_sealed,
    polls_opened,
    ballot_submitted,
    ballot_cast,
    ballot_challenged,
    challenge_failed,
    ballot_expired,
    pass_voided,
    roll_corrected,
    key_replaced,
    station_closed,
    polls_closed,
    decryption_share,
    paper_batches,
    paper_count,
    tally,
    hand_count,
    lot_commitment,
    lot_number,
    lot_drawn,
    result,
    audit_started,
    certified,
    cancelled,
    incident,
};

enum class SignedBy {
    nobody,         // the server alone; the entry has no `signed`
    two_officials,  // exactly two different ones
    its_official,   // the one the entry names
    one_desk,       // of the entry's station; challenge-failed with a seed needs none
    every_desk,     // of the entry's station
    its_trustee,    // the one the entry names
};

// Phases as a set of bits.
constexpr unsigned bit(Phase phase) {
    return 1U << static_cast<unsigned>(phase);
}

struct Transition {
    EntryType type;
    std::string_view name;
    unsigned allowed;           // set of phases
    std::optional<Phase> next;  // empty: the phase stays
    SignedBy signers;
};

const std::array<Transition, 25>& transitions();
const Transition& transition(EntryType type);
std::string_view to_string(EntryType type);
// nullptr when no entry has that name.
const Transition* transition_named(std::string_view name);

// The phase after an entry of that type. Errors: entry-out-of-phase, naming the entry, the phase, and the
// phases in which it may come.
Result<Phase> next_phase(Phase phase, EntryType type);

}  // namespace stimme::election
