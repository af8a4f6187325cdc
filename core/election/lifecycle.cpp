#include "core/election/lifecycle.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace stimme::election {
namespace {

constexpr unsigned draft = bit(Phase::draft);
constexpr unsigned sealed = bit(Phase::sealed);
constexpr unsigned open = bit(Phase::open);
constexpr unsigned closed = bit(Phase::closed);
constexpr unsigned tallied = bit(Phase::tallied);
constexpr unsigned after_draft =
    sealed | open | closed | tallied | bit(Phase::certified) | bit(Phase::cancelled);
constexpr auto stays = std::nullopt;

// In the order of EntryType.
constexpr std::array<Transition, 25> table{{
    {EntryType::election_sealed, "election-sealed", draft, Phase::sealed, SignedBy::two_officials},
    {EntryType::polls_opened, "polls-opened", sealed, Phase::open, SignedBy::two_officials},
    {EntryType::ballot_submitted, "ballot-submitted", open, stays, SignedBy::nobody},
    {EntryType::ballot_cast, "ballot-cast", open, stays, SignedBy::nobody},
    {EntryType::ballot_challenged, "ballot-challenged", open, stays, SignedBy::nobody},
    {EntryType::challenge_failed, "challenge-failed", open, stays, SignedBy::one_desk},
    {EntryType::ballot_expired, "ballot-expired", open, stays, SignedBy::nobody},
    {EntryType::pass_voided, "pass-voided", open, stays, SignedBy::one_desk},
    {EntryType::roll_corrected, "roll-corrected", sealed | open, stays, SignedBy::two_officials},
    {EntryType::key_replaced, "key-replaced", sealed | open, stays, SignedBy::two_officials},
    {EntryType::station_closed, "station-closed", open, stays, SignedBy::every_desk},
    {EntryType::polls_closed, "polls-closed", open, Phase::closed, SignedBy::two_officials},
    {EntryType::decryption_share, "decryption-share", closed, stays, SignedBy::its_trustee},
    {EntryType::paper_batches, "paper-batches", closed | tallied, stays, SignedBy::two_officials},
    {EntryType::paper_count, "paper-count", closed | tallied, stays, SignedBy::two_officials},
    {EntryType::tally, "tally", closed, Phase::tallied, SignedBy::two_officials},
    {EntryType::hand_count, "hand-count", tallied, stays, SignedBy::two_officials},
    {EntryType::lot_commitment, "lot-commitment", tallied, stays, SignedBy::its_official},
    {EntryType::lot_number, "lot-number", tallied, stays, SignedBy::its_official},
    {EntryType::lot_drawn, "lot-drawn", tallied, stays, SignedBy::two_officials},
    {EntryType::result, "result", tallied, stays, SignedBy::two_officials},
    {EntryType::audit_started, "audit-started", tallied, stays, SignedBy::two_officials},
    {EntryType::certified, "certified", tallied, Phase::certified, SignedBy::two_officials},
    {EntryType::cancelled, "cancelled", sealed | open | closed | tallied, Phase::cancelled,
     SignedBy::two_officials},
    {EntryType::incident, "incident", after_draft, stays, SignedBy::two_officials},
}};

constexpr std::array<std::string_view, 7> phase_names{"draft",   "sealed",    "open",     "closed",
                                                      "tallied", "certified", "cancelled"};

std::string phases_in(unsigned set) {
    std::string text;
    for (std::size_t i = 0; i < phase_names.size(); ++i) {
        if ((set >> i & 1) != 0) text += (text.empty() ? "" : " or ") + std::string(phase_names[i]);
    }
    return text;
}

}  // namespace

std::string_view to_string(Phase phase) {
    return phase_names[static_cast<std::size_t>(phase)];
}

const std::array<Transition, 25>& transitions() {
    return table;
}

const Transition& transition(EntryType type) {
    return table[static_cast<std::size_t>(type)];
}

std::string_view to_string(EntryType type) {
    return transition(type).name;
}

const Transition* transition_named(std::string_view name) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Transition& t) { return t.name == name; });
    return found == table.end() ? nullptr : &*found;
}

Result<Phase> next_phase(Phase phase, EntryType type) {
    const Transition& row = transition(type);
    if ((row.allowed & bit(phase)) == 0) {
        return conflict("entry-out-of-phase",
                        fmt::format("{} isn't possible while the election is {}; it must be {}", row.name,
                                    to_string(phase), phases_in(row.allowed)));
    }
    return row.next.value_or(phase);
}

}  // namespace stimme::election
