// The election as the log tells it: a fold over the entries, in order. Every rule of the order of events is
// here and nowhere else (docs/protocol.md, section 6.4): the server asks it before it appends, the verifier
// replays it.
//
// What it does not check: signatures (act.h), ballots, proofs and figures; those stand on what this fold
// allows.
//
// It holds some 60 bytes a ballot, however many entries the log has; with a FileMemory these lie in temporary
// files.
//
// Thread rule: belongs to one thread; const functions may be shared while nobody applies.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "core/base/file_memory.h"
#include "core/events/count_state.h"
#include "core/events/entry.h"

namespace stimme::events {

constexpr unsigned max_challenges = 5;  // per pass

// Tracking codes are told apart by so many of their first bytes: as hard to hit twice as SHA-256 allows, and
// half the memory.
constexpr std::size_t tracking_code_prefix = 16;

// For tables of t and of tracking codes. A log could hold any bytes, so their places in a table depend on a
// secret of this process: nobody can make them all meet in one.
struct KeyedHash {
    template <std::size_t N>
    std::size_t operator()(const ByteArray<N>& bytes) const {
        return of(bytes.data(), N);
    }
    static std::size_t of(const std::uint8_t* bytes, std::size_t size);
};

struct PassState {
    enum class Status : std::uint8_t { free, submitted, cast, voided };

    std::uint16_t station = 0;  // index in the definition
    std::uint16_t style = 0;
    Status status = Status::free;
    std::uint8_t challenges = 0;
};

class ElectionState {
  public:
    // `tables` holds the passes and tracking codes; without, ordinary memory does.
    explicit ElectionState(election::ValidDefinition definition, std::shared_ptr<FileMemory> tables = {});
    // Makes room for so many passes at once: tables that grow step by step are looked at as a whole.
    void reserve(std::size_t passes);

    // Whether `entry` may come next. Errors (kind conflict unless said otherwise): entry-out-of-phase; of
    // passes: pass-voided, pass-cast, submission-open, no-open-submission, tracking-code-differs,
    // tracking-code-repeated, challenges-exhausted, pass-of-other-station, pass-of-other-style,
    // pass-submitted; of stations: station-unknown (not-found), style-unknown (not-found), station-closed,
    // station-open, desk-counts-wrong; of signers: signers-wrong (forbidden), those of check_signature,
    // signer-unknown (not-found), key-invalid (invalid), key-in-use; of the roll: leaf-repeated; of
    // references: definition-differs, trustee-unknown, contest-unknown (both not-found), share-repeated,
    // supersedes-wrong; result-missing, result-outdated, audit-early; those of CountState::check.
    Status check(const Entry& entry) const;

    // What the order of events demands of one signature under `content`. Errors (forbidden): signature-view
    // (a share stands on the log just after polls-closed, a certification on one that has the result),
    // signature-repeated (it stands under an earlier entry already).
    Status check_signature(const Content& content, const ActSignature& signature) const;

    // check, and then make it so. `index` is its place in the log; REQUIRES: entries come in order without
    // gaps.
    Status apply(std::uint64_t index, const Entry& entry);

    const election::ValidDefinition& definition() const { return definition_; }
    election::Phase phase() const { return phase_; }
    std::uint64_t size() const { return size_; }  // entries applied

    // Entry 0 once sealed. REQUIRES: phase() is not draft.
    const ElectionSealed& sealed() const { return *sealed_; }
    // polls-closed, the size of the log just after it, once closed.
    const std::optional<PollsClosed>& polls_closed() const { return polls_closed_; }
    std::uint64_t closing_size() const { return closing_size_; }

    const PassState* pass(const PassNumber& t) const;  // nullptr: never seen
    // Whether a ballot may be submitted with this pass. Errors (conflict): submission-open, pass-cast,
    // pass-voided.
    Status usable(const PassNumber& t) const;
    // The tracking code of the ballot that waits for cast or test with this pass; nullptr when none does.
    const Hash* open_submission(const PassNumber& t) const;
    bool station_closed(const StationId& station) const;
    const std::map<StationId, StationClosed>& closed_stations() const { return closed_stations_; }
    // Passes with an open submission at that station.
    std::vector<PassNumber> open_submissions(const StationId& station) const;
    using Passes = boost::unordered_flat_map<PassNumber, PassState, KeyedHash, std::equal_to<>,
                                             FileAllocator<std::pair<const PassNumber, PassState>>>;
    const Passes& passes() const { return passes_; }  // every pass in the log, in no order

    // Ballots cast, by station and style index.
    std::uint64_t cast_at(std::size_t station, std::size_t style) const;
    std::uint64_t voided_at(std::size_t station) const;
    // Passes with which a ballot was submitted: all but those given back.
    std::uint64_t submitted_passes() const;

    // The key that counts now for a signer, after key-replaced. REQUIRES: the definition knows the signer.
    const election::PublicKey& key_of(const SignerId& signer) const;
    // Whose key that is now; nullptr: nobody's.
    const election::Holder* holder_of(const election::PublicKey& key) const;

    const std::set<Hash>& added_leaves() const { return added_; }
    const std::set<Hash>& struck_leaves() const { return struck_; }

    const std::vector<DecryptionShare>& shares() const { return shares_; }
    // The act signature of each share, beside shares().
    const std::vector<ActSignature>& share_signatures() const { return share_signatures_; }
    const std::optional<Tally>& tally() const { return tally_; }
    // Paper ballots, hand counts, lots, audits.
    const CountState& count() const { return count_; }
    // The result that stands.
    const std::optional<ElectionResult>& result() const { return result_; }
    std::uint64_t result_index() const { return result_index_; }
    // Paper ballots or a lot came after it.
    bool result_outdated() const { return figures_index_ > result_index_; }

  private:
    using CodePrefix = ByteArray<tracking_code_prefix>;
    static CodePrefix prefix_of(const Hash& code);
    Status check_signers(const Entry& entry) const;
    Hash signed_act(const Content& content, const ActSignature& signature) const;
    Result<std::size_t> open_station(const StationId& id) const;
    // The pass of a running submission, which the entry must name exactly.
    template <class AboutSubmission>
    Status check_submission(const AboutSubmission& entry) const;
    Status check_new_key(const election::PublicKey& key) const;
    Status check_content(const Content& content) const;

    election::ValidDefinition definition_;
    election::Phase phase_ = election::Phase::draft;
    std::uint64_t size_ = 0;
    std::optional<ElectionSealed> sealed_;
    Passes passes_;
    std::unordered_map<PassNumber, Hash, KeyedHash> open_submissions_;  // their tracking codes
    boost::unordered_flat_set<CodePrefix, KeyedHash, std::equal_to<>, FileAllocator<CodePrefix>>
        tracking_codes_;
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> cast_;
    std::map<std::size_t, std::uint64_t> voided_;
    std::map<StationId, StationClosed> closed_stations_;
    std::map<SignerId, election::PublicKey> replaced_keys_;
    std::map<election::PublicKey, SignerId> holders_;  // by the keys that count now
    std::set<Hash> added_;
    std::set<Hash> struck_;
    std::optional<PollsClosed> polls_closed_;
    std::uint64_t closing_size_ = 0;
    std::vector<DecryptionShare> shares_;
    std::vector<ActSignature> share_signatures_;
    std::optional<Tally> tally_;
    CountState count_;
    std::optional<ElectionResult> result_;
    std::uint64_t result_index_ = 0;
    std::uint64_t figures_index_ = 0;  // of the last that a result stands on: batches, paper count, lot
    std::set<Hash> signed_acts_;       // what each signature so far was made over

    friend struct StateUpdate;
};

}  // namespace stimme::events
