// The entries of the log: what may be said in public about an election, each kind a type of its own
// (docs/protocol.md, section 6.2). An entry's bytes are its RFC 8785 form; decode() accepts nothing else, so
// a decoded entry encodes to the same bytes.
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/json_fields.h"
#include "core/election/definition.h"
#include "core/election/lifecycle.h"
#include "core/events/values.h"

namespace stimme::events {

struct TrusteeKey {
    SignerId trustee;
    std::vector<election::PublicKey> commitments;
    std::vector<SchnorrProof> proofs;
    Signature signature;  // over H("election-key", h_E, trustee)
    bool operator==(const TrusteeKey&) const = default;
};

struct PassKey {
    StationId station;
    StyleId style;
    election::PublicKey key;
    bool operator==(const PassKey&) const = default;
};

struct ElectionSealed {
    Hash definition;  // h_D
    Hash election;    // h_E
    std::vector<TrusteeKey> trustees;
    std::vector<PassKey> pass_keys;
    Hash roll_root;
    std::uint64_t roll_count;
    bool operator==(const ElectionSealed&) const = default;
};

struct PollsOpened {
    bool operator==(const PollsOpened&) const = default;
};

struct BallotSubmitted {
    StationId station;
    StyleId style;
    PassNumber t;
    Hash tracking_code;
    bool operator==(const BallotSubmitted&) const = default;
};

struct BallotCast {
    StationId station;
    PassNumber t;
    Hash tracking_code;
    ByteArray<32> x;
    bool operator==(const BallotCast&) const = default;
};

struct BallotChallenged {
    StationId station;
    PassNumber t;
    Hash tracking_code;
    Opening opening;
    bool operator==(const BallotChallenged&) const = default;
};

struct ChallengeFailed {
    StationId station;
    PassNumber t;
    Hash tracking_code;
    std::variant<Opening, std::string> cause;  // one that doesn't reproduce the body, or the desk's reason
    bool operator==(const ChallengeFailed&) const = default;
};

struct BallotExpired {
    StationId station;
    PassNumber t;
    Hash tracking_code;
    bool operator==(const BallotExpired&) const = default;
};

struct PassVoided {
    StationId station;
    PassNumber t;
    bool operator==(const PassVoided&) const = default;
};

struct RollCorrected {
    std::vector<Hash> added;
    std::vector<Hash> struck;
    std::string reason;
    bool operator==(const RollCorrected&) const = default;
};

struct KeyReplaced {
    SignerId signer;
    election::PublicKey key;
    std::string reason;
    bool operator==(const KeyReplaced&) const = default;
};

struct DeskCount {
    SignerId desk;
    std::uint64_t checked_in = 0;
    std::uint64_t voided = 0;
    std::uint64_t moved = 0;  // check-ins, from one voter to another
    std::uint64_t paper = 0;  // voters who voted on paper
    bool operator==(const DeskCount&) const = default;
};

struct StationClosed {
    StationId station;
    std::vector<DeskCount> desks;  // sorted by desk
    bool operator==(const StationClosed&) const = default;
};

struct PassSecret {
    StationId station;
    StyleId style;
    ByteArray<32> secret;
    bool operator==(const PassSecret&) const = default;
};

struct BallotFile {
    DistrictId district;
    StyleId style;
    std::uint64_t count;
    Hash hash;
    bool operator==(const BallotFile&) const = default;
};

struct PollsClosed {
    std::vector<PassSecret> pass_keys;
    Hash tags;
    Hash participation;
    std::vector<BallotFile> ballots;
    Hash journal;
    bool operator==(const PollsClosed&) const = default;
};

struct PositionShare {
    election::PublicKey share;  // D_l
    ByteArray<32> challenge;
    ByteArray<32> response;
    bool operator==(const PositionShare&) const = default;
};

struct DecryptionShare {
    SignerId trustee;
    ContestId contest;
    std::string group;
    std::vector<PositionShare> shares;  // one for each position
    bool operator==(const DecryptionShare&) const = default;
};

// Paper ballots of one urn, or those of a district that came by post.
struct PaperBatch {
    DistrictId district;
    std::optional<StationId> station;  // empty: by post
    std::uint64_t ballots = 0;
    std::string remark = {};  // why that isn't what the station's desks say; empty: it is
    bool operator==(const PaperBatch&) const = default;
};

// How many paper ballots there are of a contest, before anybody reads them.
struct PaperBatches {
    ContestId contest;
    std::vector<PaperBatch> batches;               // by district, then post before stations; none twice
    std::optional<std::uint64_t> supersedes = {};  // index of the entry that no longer stands
    std::string reason = {};                       // with supersedes only
    bool operator==(const PaperBatches&) const = default;
};

struct PaperCount {
    ContestId contest;
    std::string group;  // names of districts, in the order of the definition, joined with "+"
    std::uint64_t ballots = 0;
    std::vector<std::uint64_t> totals;  // one for each position
    std::optional<std::uint64_t> supersedes = {};
    std::string reason = {};
    bool operator==(const PaperCount&) const = default;
};

// What was read on the printed ballots of a counted group, beside its electronic totals.
struct HandCount {
    ContestId contest;
    std::string group;  // name of the counted group
    std::uint64_t ballots = 0;
    std::vector<std::uint64_t> totals;
    std::string explanation = {};  // of what differs; empty where nothing does
    std::optional<std::uint64_t> supersedes = {};
    std::string reason = {};
    bool operator==(const HandCount&) const = default;
};

// Printed ballots in the urns of a counted group, counted but not read.
struct UrnSheets {
    std::string group;
    std::uint64_t sheets = 0;
    bool operator==(const UrnSheets&) const = default;
};

// The seed of the sample of groups that are counted by hand.
struct AuditStarted {
    ContestId contest;
    std::string seed;  // as it was drawn in public, e.g. the digits of dice
    std::string how;
    std::string drawn_by;
    std::vector<std::string> witnesses;
    std::vector<UrnSheets> sheets = {};  // of the groups that have more of them than electronic ballots
    bool operator==(const AuditStarted&) const = default;
};

struct GroupTotals {
    ContestId contest;
    std::string members;  // the group's name
    std::uint64_t ballots;
    std::vector<std::uint64_t> totals;
    bool operator==(const GroupTotals&) const = default;
};

struct Tally {
    std::vector<SignerId> trustees;
    std::vector<GroupTotals> groups;
    bool operator==(const Tally&) const = default;
};

// What a tie is about: `seats` of those in `between` get one.
struct TieOf {
    ContestId contest;
    std::uint64_t seats = 0;
    std::vector<OptionId> between;  // options, or names of lists
    bool operator==(const TieOf&) const = default;
};

// An official takes part in a lot by numbers, with one that nobody knows yet.
struct LotCommitment {
    TieOf tie;
    SignerId official;
    Hash commitment{};  // docs/protocol.md, (8.4)
    bool operator==(const LotCommitment&) const = default;
};
struct LotNumber {
    ContestId contest;
    SignerId official;
    ByteArray<32> number{};
    bool operator==(const LotNumber&) const = default;
};

struct LotDrawn {
    ContestId contest;
    std::uint64_t seats;
    std::vector<OptionId> between;  // options, or names of lists
    std::vector<OptionId> drawn;
    std::string how;
    std::vector<std::string> witnesses;
    std::string drawn_by = {};
    bool operator==(const LotDrawn&) const = default;
};

struct ContestResult {
    ContestId contest;
    std::vector<std::uint64_t> totals;
    std::vector<OptionId> elected;
    bool operator==(const ContestResult&) const = default;
};

struct ElectionResult {
    std::vector<ContestResult> contests;
    std::optional<std::uint64_t> supersedes;
    std::string reason;
    bool operator==(const ElectionResult&) const = default;
};

struct Certified {
    bool operator==(const Certified&) const = default;
};

struct Cancelled {
    std::string reason;
    bool operator==(const Cancelled&) const = default;
};

struct Incident {
    std::string reason;
    bool operator==(const Incident&) const = default;
};

// In the order of election::EntryType. A class, so that what copies, destroys and compares so large a variant is
// compiled once and not in each file: as an alias it takes a tenth to a quarter more of the compiler's time.
class Content : public std::variant<ElectionSealed, PollsOpened, BallotSubmitted, BallotCast,
                                    BallotChallenged, ChallengeFailed, BallotExpired, PassVoided,
                                    RollCorrected, KeyReplaced, StationClosed, PollsClosed, DecryptionShare,
                                    PaperBatches, PaperCount, Tally, HandCount, LotCommitment, LotNumber,
                                    LotDrawn, ElectionResult, AuditStarted, Certified, Cancelled, Incident> {
  public:
    using variant::variant;
    Content(const Content&);
    Content(Content&&) noexcept;
    Content& operator=(const Content&);
    Content& operator=(Content&&) noexcept;
    ~Content();
    bool operator==(const Content&) const;
};

struct Entry {
    Content content;
    std::vector<ActSignature> signed_by;  // sorted by signer; empty where nobody signs
    bool operator==(const Entry&) const = default;
};

constexpr std::size_t max_entry_bytes = 65535;

election::EntryType type_of(const Content& content);

// RFC 8785 bytes of the entry without `signed`: what is signed.
std::string encode_content(const Content& content);
// REQUIRES: the result is at most max_entry_bytes long.
std::string encode(const Entry& entry);

// Errors: those of json::parse_canonical, entry-unknown (its type), entry-invalid (naming each problem).
Result<Entry> decode(std::string_view text);
// A content without signatures in any JSON form, as drafts travel. Errors as decode.
Result<Content> content_from_json(const json::Value& value);
json::Value content_to_json(const Content& content);

json::Value to_json(const SchnorrProof& proof);
SchnorrProof read_schnorr_proof(json::Fields& in);
// The members `commitments` and `proofs` of a trustee.
void write_commitments(json::Object& out, const std::vector<election::PublicKey>& commitments,
                       const std::vector<SchnorrProof>& proofs);
void read_commitments(json::Fields& in, std::vector<election::PublicKey>& commitments,
                      std::vector<SchnorrProof>& proofs);
json::Value to_json(const ActSignature& signature);
ActSignature read_act_signature(json::Fields& in);
json::Array to_json(const Selections& selections);
Selections read_selections(json::Fields& in, std::string_view key);

}  // namespace stimme::events
