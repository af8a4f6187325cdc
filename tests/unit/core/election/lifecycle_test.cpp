// The life of an election, every phase with every entry: core/election/lifecycle against section 6.4 of
// docs/protocol.md.
#include "core/election/lifecycle.h"

#include <string>

#include <gtest/gtest.h>

namespace stimme::election {
namespace {

constexpr Phase phases[] = {Phase::draft,   Phase::sealed,    Phase::open,     Phase::closed,
                            Phase::tallied, Phase::certified, Phase::cancelled};

struct Row {
    EntryType type;
    std::string name;
    std::string allowed;  // a letter for each phase, as in `letters`
    char next;            // '-': stays
    SignedBy signers;
};
constexpr std::string_view letters = "dsoctex";  // draft sealed open closed tallied certified cancelled

const Row rows[] = {
    {EntryType::election_sealed, "election-sealed", "d", 's', SignedBy::two_officials},
    {EntryType::polls_opened, "polls-opened", "s", 'o', SignedBy::two_officials},
    {EntryType::ballot_submitted, "ballot-submitted", "o", '-', SignedBy::nobody},
    {EntryType::ballot_cast, "ballot-cast", "o", '-', SignedBy::nobody},
    {EntryType::ballot_challenged, "ballot-challenged", "o", '-', SignedBy::nobody},
    {EntryType::challenge_failed, "challenge-failed", "o", '-', SignedBy::one_desk},
    {EntryType::ballot_expired, "ballot-expired", "o", '-', SignedBy::nobody},
    {EntryType::pass_voided, "pass-voided", "o", '-', SignedBy::one_desk},
    {EntryType::roll_corrected, "roll-corrected", "so", '-', SignedBy::two_officials},
    {EntryType::key_replaced, "key-replaced", "so", '-', SignedBy::two_officials},
    {EntryType::station_closed, "station-closed", "o", '-', SignedBy::every_desk},
    {EntryType::polls_closed, "polls-closed", "o", 'c', SignedBy::two_officials},
    {EntryType::decryption_share, "decryption-share", "c", '-', SignedBy::its_trustee},
    {EntryType::paper_batches, "paper-batches", "ct", '-', SignedBy::two_officials},
    {EntryType::paper_count, "paper-count", "ct", '-', SignedBy::two_officials},
    {EntryType::tally, "tally", "c", 't', SignedBy::two_officials},
    {EntryType::hand_count, "hand-count", "t", '-', SignedBy::two_officials},
    {EntryType::lot_commitment, "lot-commitment", "t", '-', SignedBy::its_official},
    {EntryType::lot_number, "lot-number", "t", '-', SignedBy::its_official},
    {EntryType::lot_drawn, "lot-drawn", "t", '-', SignedBy::two_officials},
    {EntryType::result, "result", "t", '-', SignedBy::two_officials},
    {EntryType::audit_started, "audit-started", "t", '-', SignedBy::two_officials},
    {EntryType::certified, "certified", "t", 'e', SignedBy::two_officials},
    {EntryType::cancelled, "cancelled", "soct", 'x', SignedBy::two_officials},
    {EntryType::incident, "incident", "soctex", '-', SignedBy::two_officials},
};

TEST(Lifecycle, EveryEntryInEveryPhaseDoesWhatTheProtocolSays) {
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < letters.size(); ++i) {
            const auto next = next_phase(phases[i], row.type);
            if (row.allowed.find(letters[i]) == std::string::npos) {
                ASSERT_FALSE(next) << row.name << " while " << to_string(phases[i]);
                EXPECT_EQ(next.error().code, "entry-out-of-phase");
                continue;
            }
            ASSERT_TRUE(next) << row.name << " while " << to_string(phases[i]);
            EXPECT_EQ(*next, row.next == '-' ? phases[i] : phases[letters.find(row.next)]) << row.name;
        }
    }
}

TEST(Lifecycle, EveryEntryHasItsNameAndItsSigners) {
    ASSERT_EQ(std::size(rows), transitions().size());
    for (const Row& row : rows) {
        EXPECT_EQ(to_string(row.type), row.name);
        EXPECT_EQ(transition_named(row.name)->type, row.type);
        EXPECT_EQ(transition(row.type).signers, row.signers) << row.name;
    }
    EXPECT_EQ(transition_named("party"), nullptr);
}

TEST(Lifecycle, RefusalNamesThePhasesThatAreRight) {
    const auto refused = next_phase(Phase::draft, EntryType::paper_count);
    EXPECT_NE(refused.error().message.find("closed or tallied"), std::string::npos)
        << refused.error().message;
}

}  // namespace
}  // namespace stimme::election
