// The rows of roll.db that a polling day needs: voters, who was checked in and with what answer, corrections
// and voids that are under way, and the journal. The office's part is people_store.h. Who may do what is
// decided above (server/service/roll/roll_service.h); the schema refuses what must never be on the disk
// whatever the program does (schema/roll_1.sql).
//
// Invariants: a voter has at most one check-in, which never changes (a moved one is another row); who is
// checked in may vote; nobody is checked in at a station that is closed; no row holds a time, and none the
// order in which people came.
//
// Thread rule: RollRows belongs to the thread that has its connection. Writing members need the connection of
// the database's Writer, inside an operation; the others take any. All give the errors of guarded().
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/election/definition.h"
#include "core/events/files.h"
#include "core/events/values.h"
#include "server/store/connection.h"
#include "server/store/database.h"

namespace stimme::store {

Schema roll_schema();

enum class Standing {
    none,      // may not vote
    enrolled,  // on the roll since the import
    admitted,  // by a correction
};
std::string_view to_string(Standing standing);
// The first of them where the name is none of theirs.
Standing standing_named(std::string_view name);

// A person as a desk sees them.
struct PersonRow {
    std::string number;
    std::string family_name;
    std::string given_names;
    std::string birth_date;
    std::string address;  // empty with a register block
    std::string station;  // a name; empty where the area belongs to none
    StyleId style;
    Standing standing = Standing::none;
    std::vector<std::string> reasons;  // codes; empty if and only if the person may vote
    bool register_block = false;
    std::optional<events::Salt> salt;  // with leaf
    std::optional<Hash> leaf;

    bool may_vote() const { return standing != Standing::none; }
};

// A person, where they voted, and whether they have a polling card.
struct VoterRow {
    PersonRow person;
    std::optional<StationId> checked_in_at;
    std::optional<StationId> paper_at;
    bool polling_card = false;
};

// evaluated ‖ challenge ‖ response of the answer to a check-in.
using AnswerBytes = ByteArray<97>;

struct CheckInRow {
    std::string number;
    StationId station;
    SignerId desk;
    election::PublicKey blinded;
    AnswerBytes answer;
};

// What a desk was answered. Each figure only grows, so that a server with a smaller one has lost something.
struct DeskTally {
    std::uint64_t checked_in = 0, voided = 0, moved = 0;
    std::uint64_t paper = 0;      // voters who were entered as voting on paper
    std::uint64_t withdrawn = 0;  // and of these taken out again
};

struct OnceRow {
    std::string key;
    Hash digest;
    StationId station;
    StyleId style;
    AnswerBytes answer;
};

struct VoidIntent {
    events::PassNumber t;
    std::string number;
    SignerId desk;
};

struct CorrectionIntent {
    Hash leaf;
    bool struck;  // else admitted
};

struct JournalRow {
    std::string act;
    Hash head;
};

class RollRows {
  public:
    explicit RollRows(Connection& connection) : connection_(connection) {}

    // People.
    Result<std::optional<VoterRow>> voter(std::string_view number) const;
    Result<std::optional<PersonRow>> person_of(const Hash& leaf) const;
    // From the sealing on people are looked for by their leaves. May be repeated.
    Status index_leaves();
    Status set_leaf(std::string_view number, const events::Salt& salt, const Hash& leaf);
    Status admit(const Hash& leaf);
    Status strike(const Hash& leaf, std::string_view reason);
    // Calls `read` for each person who may vote, by number, until it gives an error.
    Status each_voter(const std::function<Status(const PersonRow&)>& read) const;
    // Leaves of all who may vote, sorted, each with the station where they were checked in or voted on paper.
    Result<std::vector<events::ParticipationRow>> participation() const;
    // Leaves of those who were checked in at a station, sorted.
    Result<std::vector<Hash>> leaves_checked_in(const StationId& station) const;

    // Check-ins.
    Result<std::map<StationId, std::uint64_t>> check_ins_at_stations() const;
    Result<std::optional<CheckInRow>> check_in(std::string_view number) const;
    Status add_check_in(const CheckInRow& row);
    Status remove_check_in(std::string_view number);
    Result<std::optional<OnceRow>> once(std::string_view key) const;
    // Does nothing when the key is there already.
    Status add_once(const OnceRow& row);
    Status drop_once(const StationId& station);

    // Counts of desks; a desk without a row has zeros.
    Status count_check_in(const SignerId& desk);
    Status count_void(const SignerId& desk);
    Status count_move(const SignerId& desk);
    Status count_paper(const SignerId& desk, std::uint64_t count);
    Status count_withdrawn(const SignerId& desk, std::uint64_t count);
    Result<DeskTally> desk_tally(const SignerId& desk) const;

    // Voids that are under way.
    Status add_void(const VoidIntent& intent);
    Status drop_void(const events::PassNumber& t);
    Result<std::optional<VoidIntent>> void_of(const events::PassNumber& t) const;
    Result<std::vector<VoidIntent>> voids() const;

    // Corrections that are under way; adding one twice is as once.
    Status add_correction(const CorrectionIntent& intent);
    Status drop_correction(const Hash& leaf);
    Result<std::vector<CorrectionIntent>> corrections() const;

    // Stations whose close has begun.
    Status add_closed(const StationId& station);
    Status drop_closed(const StationId& station);
    Result<std::vector<StationId>> closed() const;
    Result<bool> is_closed(const StationId& station) const;

    // The journal.
    Result<std::vector<JournalRow>> journal() const;
    Result<std::optional<JournalRow>> last_of_journal() const;
    Status add_to_journal(const JournalRow& row);

  private:
    Connection& connection_;
};

}  // namespace stimme::store
