// The roll of one election on polling day: fingerprint, search, check-in, voids, corrections, the
// close of stations, the participation file and the journal (docs/protocol.md, sections 5 to 7). It has
// roll.db and knows nothing of ballots or of the log. What concerns both is done in steps: begin (here,
// durable), the entry of the log (elsewhere), then finish here, or abandon when the log refused; pending…()
// tells at start-up what was begun, so that whoever has the log can finish or abandon it.
//
// Phases, roles and signatures are the caller's matter.
//
// Invariants: a voter has at most one check-in, whatever happens at the same time or in between; nothing is
// answered before it is on the disk.
//
// Thread rule: all members may be called from any thread. Members with `done` call it once, on the writer's
// thread or at once on this one; the others with "waits" wait for the writer and must not be called from a
// `done`.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.h"
#include "core/election/definition.h"
#include "core/election/lifecycle.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "server/service/report.h"
#include "server/service/roll/check_in.h"
#include "server/service/roll/journal_filter.h"
#include "server/service/roll/pass_keys.h"
#include "server/service/roll/roll_office.h"
#include "server/service/roll/roll_stations.h"
#include "server/store/writer.h"

namespace stimme::service {

struct RollFingerprint {
    Hash root;
    std::uint64_t count;
    bool operator==(const RollFingerprint&) const = default;
};

class RollService {
  public:
    template <class T>
    using Done = std::function<void(Result<T>)>;

    // Opens or makes roll.db in that folder, which the caller has locked. `random` must be one that threads
    // may share; both it and the clock outlive this. Errors: those of store::Database::open, journal-damaged
    // (also when the journal is of another definition).
    static Result<std::unique_ptr<RollService>> open(const std::filesystem::path& folder,
                                                     election::ValidDefinition definition, Random& random,
                                                     const Clock& clock, Report report = {});
    ~RollService();

    // Runs what was submitted, then takes nothing more.
    void stop() { writer_->stop(); }

    // What the election office does with the roll until it is sealed.
    RollOffice& office() { return *office_; }
    const RollOffice& office() const { return *office_; }
    // Everyone's station, and statistics.
    RollStations& stations() { return *stations_; }
    const RollStations& stations() const { return *stations_; }

    // Over the leaves of all who may vote now; when the election is sealed that is the fingerprint of entry
    // 0.
    Result<RollFingerprint> fingerprint() const;
    // People who may vote and belong to no station, in an election with stations: 0 to seal.
    Result<std::uint64_t> without_station() const;
    // CSV with a header, UTF-8: number;family_name;given_names;station;style;code. For officials only.
    Result<std::string> notices() const;

    // What a voter's leaf is made of. Errors: voter-not-found (nobody has that number, or they may not vote).
    struct Leaf {
        events::Salt salt;
        StyleId style;
        Hash leaf;
    };
    Result<Leaf> leaf_of(std::string_view number) const;

    // Looking for people. A desk finds those of its own station, and where the definition allows check-in
    // anywhere all others without a register block; an official (no station) everyone who has a station.

    // Errors: voter-not-found, voter-other-station (forbidden), voter-without-station (not-found).
    Result<wire::VoterView> find(std::string_view number, const std::optional<StationId>& station) const;
    // Whose leaf it is, so that officials see whom a correction concerns. Errors: leaf-unknown (not-found).
    Result<wire::VoterView> find_leaf(const Hash& leaf) const;
    // The first 50 whom those words find (core/roll/search/people_index.h), or whose letter has that code. A
    // desk finds those of its station, and where the definition lets people vote anywhere also others, but of
    // these nobody with a register block. Takes seconds after a change of the roll, until the index is built.
    Result<std::vector<wire::VoterView>> search(std::string_view query,
                                                const std::optional<StationId>& station) const;

    // Check-in.

    // From the sealing draft on.
    void use_pass_keys(std::shared_ptr<const PassKeys> keys);
    std::shared_ptr<const PassKeys> pass_keys() const;  // nullptr before

    // Checks the voter in and evaluates the blinded element under the key of the desk's station and the
    // voter's style. The same request gets the same answer. Takes 200 µs here before it waits for the writer.
    // Errors: those of CheckIn::decide, pass-keys-missing (conflict), point-not-canonical,
    // point-not-on-curve.
    void check_in(CheckInCall call, Done<wire::CheckInAnswer> done);

    // Beside check-ins (station_records.h). The same request gets the same answer, and is done once.

    // Errors: those of StationRecords, idempotency-key-reused.
    void move_check_in(Desk desk, wire::MoveRequest request, Once once, Done<wire::MoveAnswer> done);
    void mark_paper(Desk desk, wire::PaperRequest request, Once once, Done<wire::PaperAnswer> done);
    // Answers with the entry as it then is.
    void set_card(SignerId official, wire::CardRequest request, Done<wire::VoterView> done);
    Result<wire::StationRecord> station_record(const StationId& station) const;

    // Voters who are checked in at each station, and what a desk has done.
    Result<std::map<StationId, std::uint64_t>> check_ins_at_stations() const;
    Result<store::DeskTally> desk_tally(const SignerId& desk) const;

    // Voids: the pass comes back, the check-in goes.

    // Notes that the pass t of this voter is being voided; noting it twice is as once. Errors:
    // voter-not-found, voter-not-checked-in (conflict), voter-other-station (conflict; checked in elsewhere),
    // void-pending (conflict; of this voter with another t, or of this t with another voter), station-closed.
    void begin_void(const Desk& desk, const std::string& voter, const events::PassNumber& t, Done<void> done);
    // The log has pass-voided: undoes the check-in and counts the void. Nothing when it was finished before.
    void finish_void(const events::PassNumber& t, Done<void> done);
    // The log refused.
    void abandon_void(const events::PassNumber& t, Done<void> done);
    Result<std::vector<events::PassNumber>> pending_voids() const;

    // Corrections of the sealed roll.

    // Makes looking for leaves quick; waits for the writer, seconds with a million people. May be repeated.
    Status index_leaves();

    // What to put into roll-corrected.struck. Errors: voter-not-found, voter-not-eligible (not on the roll),
    // already-checked-in, voter-admitted (conflict; who was admitted can't be struck again).
    Result<Hash> leaf_to_strike(std::string_view number) const;
    // What to put into roll-corrected.added; the person, who is in the register but may not vote, gets salt
    // and leaf, the same when asked again. Errors: voter-not-found, voter-eligible (conflict),
    // voter-without-station.
    void leaf_to_admit(const std::string& number, Done<Hash> done);
    // From now on nobody who is to be struck is checked in. Beginning twice is as once. Errors: leaf-unknown
    // (not-found), already-checked-in, voter-not-eligible, voter-eligible, voter-admitted.
    void begin_correction(const events::RollCorrected& correction, Done<void> done);
    // The log has it. Nothing when it was finished before.
    void finish_correction(const events::RollCorrected& correction, Done<void> done);
    void abandon_correction(const events::RollCorrected& correction, Done<void> done);
    // Leaves of corrections that were begun, sorted, of all of them together.
    Result<events::RollCorrected> pending_corrections() const;

    // The close.

    // Counts of each desk of the station, sorted by desk: what station-closed says.
    // Errors: station-unknown (not-found).
    Result<std::vector<events::DeskCount>> desk_counts(const StationId& station) const;
    // Nobody is checked in at this station any more, if these are its counts. Beginning twice is as once.
    // Errors: desk-counts-changed, void-pending (conflicts), station-unknown.
    void begin_close(const events::StationClosed& closed, Done<void> done);
    // The log has it: drops the idempotency rows and empties the write-ahead log. May be repeated.
    void finish_close(const StationId& station, Done<void> done);
    void abandon_close(const StationId& station, Done<void> done);
    // Stations whose close was begun, finished or not.
    Result<std::vector<StationId>> closing_stations() const;

    // A row for each leaf of the roll as corrected, sorted.
    Result<std::vector<events::ParticipationRow>> participation() const;

    // The journal.
    void journal(json::Object act, Done<void> done);
    Result<Hash> journal_head() const;
    Result<std::vector<store::JournalRow>> journal_rows() const;
    // Acts that the filter matches, one a line, exactly as they are chained.
    Result<std::string> journal_text(const JournalFilter& filter) const;

  private:
    RollService(election::ValidDefinition definition, Random& random, const Clock& clock,
                std::unique_ptr<store::Database> database)
        : definition_(std::move(definition)),
          random_(random),
          clock_(clock),
          database_(std::move(database)) {}
    Journal journal_on(store::Connection& connection) const {
        return {connection, definition_.hash(), clock_};
    }

    // `done`, after the write-ahead log was emptied.
    Done<void> emptying_wal(Done<void> done) const;

    Result<wire::VoterView> view_for(const store::VoterRow& voter,
                                     const std::optional<StationId>& station) const;
    Result<pass::Answer> evaluate(const CheckInCall& call, const CheckIn::Decision& decision) const;

    const election::ValidDefinition definition_;
    Random& random_;
    const Clock& clock_;
    const std::unique_ptr<store::Database> database_;
    std::unique_ptr<store::Writer> writer_;
    std::unique_ptr<RollOffice> office_;
    std::unique_ptr<RollStations> stations_;
    mutable std::mutex mutex_;
    std::shared_ptr<const PassKeys> pass_keys_;
};

}  // namespace stimme::service
