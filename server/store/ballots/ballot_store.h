// The rows of ballots.db: the log, the ballots, acts that wait for signatures, the messages of the ceremony.
// What may be written when is decided by the fold over the log (core/events/state.h); the schema refuses what
// must never be on the disk whatever the program does (schema/ballots_1.sql).
//
// Invariants: entries are dense and never change; a pass has at most one open and one cast submission; bodies
// exist for open and cast ballots only; no row holds a time.
//
// Thread rule: BallotRows belongs to the thread that has its connection. Writing members need the connection
// of the database's Writer, inside an operation; the others take any. All give the errors of guarded().
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/events/files.h"
#include "core/events/values.h"
#include "server/store/connection.h"
#include "server/store/database.h"

namespace stimme::store {

Schema ballots_schema();

enum class SubmissionStatus { open, cast, challenged, failed, expired };

struct Submission {
    Hash tracking_code;
    events::PassNumber t;
    StationId station;
    StyleId style;
    events::PassTag tag;
    Hash y;
    SubmissionStatus status = SubmissionStatus::open;
    std::uint64_t submitted = 0;         // index of the ballot-submitted entry
    std::optional<std::uint64_t> ended;  // index of the entry that ended it
};

struct BoothRow {
    unsigned wrong_tags = 0;
    bool closed = false;
};

struct ActRow {
    std::string content;
    std::vector<events::ActSignature> signatures;  // sorted by signer
};

class BallotRows {
  public:
    explicit BallotRows(Connection& connection) : connection_(connection) {}

    // The log.
    Status append_entry(std::uint64_t index, std::string_view bytes);
    // Calls `read` for up to `count` entries from `first` on, in order, until it gives an error.
    using ReadEntry = std::function<Status(std::uint64_t index, std::string_view bytes)>;
    Status each_entry(std::uint64_t first, std::uint64_t count, const ReadEntry& read) const;
    Status add_checkpoint(std::uint64_t size, const Hash& root);
    using Root = std::pair<std::uint64_t, Hash>;
    Result<std::vector<Root>> checkpoints() const;
    // Size of the smallest checkpoint that covers entry `index`. Errors: not-published (not-found).
    Result<std::uint64_t> checkpoint_covering(std::uint64_t index) const;
    // A witness that signs again keeps its first line.
    Status add_cosignature(std::uint64_t size, std::string_view witness, std::string_view line);
    Result<std::vector<std::string>> cosignatures(std::uint64_t size) const;

    // Ballots.
    Status add_submission(const Submission& submission, ByteView body);
    Result<std::optional<Submission>> submission(const Hash& tracking_code) const;
    // Deletes the body unless the ballot was cast.
    Status end_submission(const Hash& tracking_code, SubmissionStatus status, std::uint64_t index);
    Status add_cast(const DistrictId& district, const StyleId& style, const Hash& tracking_code);
    using ReadBody = std::function<Status(const Submission& submission, ByteView body)>;
    // The cast ballots of a group, in the order of the log.
    Status each_cast(const DistrictId& district, const StyleId& style, const ReadBody& read) const;
    Status add_voided(const events::PassNumber& t);
    // Each pass with which a ballot was submitted, in order of t.
    Result<std::vector<events::TagRow>> tags() const;

    // Booths.
    Result<BoothRow> booth(const SignerId& id) const;
    Status set_booth(const SignerId& id, const BoothRow& row);

    // Acts that wait for signatures.
    Status add_signature(std::string_view content, const events::ActSignature& signature);
    Result<std::vector<ActRow>> acts() const;
    Result<std::vector<events::ActSignature>> signatures(std::string_view content) const;
    Status drop_act(std::string_view content);
    // The act is in the log: its signatures are no longer kept here. `entry` is written already.
    Status move_act_to_log(std::string_view content, std::uint64_t entry);
    // The newest entry of that content.
    Result<std::optional<std::uint64_t>> logged_act(std::string_view content) const;

    // Messages of the ceremony.
    Status add_ceremony_message(std::uint64_t number, std::string_view message);
    Result<std::vector<std::string>> ceremony_messages() const;

    // Notes that a write with this key has this digest, and says whether it came before. Errors:
    // idempotency-key-reused (conflict): the key came with another request before.
    Result<bool> note_once(std::string_view key, const Hash& digest, std::string_view station);
    Status drop_once(const StationId& station);

  private:
    Connection& connection_;
};

}  // namespace stimme::store
