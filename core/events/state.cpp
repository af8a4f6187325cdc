#include "core/events/state.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "core/base/random.h"
#include "core/crypto/point.h"
#include "core/events/act.h"

namespace stimme::events {
namespace {

using election::EntryType;
using election::Phase;
using election::Role;
using election::SignedBy;

template <class... Kinds>
struct Overloaded : Kinds... {
    using Kinds::operator()...;
};
template <class... Kinds>
Overloaded(Kinds...) -> Overloaded<Kinds...>;

// The station that an entry names, for those that a desk signs.
std::optional<StationId> station_of(const Content& content) {
    return std::visit(
        [](const auto& c) -> std::optional<StationId> {
            if constexpr (requires { c.station; }) return c.station;
            return std::nullopt;
        },
        content);
}

// The official that an entry names, for those that this one signs.
std::optional<SignerId> official_of(const Content& content) {
    return std::visit(
        [](const auto& c) -> std::optional<SignerId> {
            if constexpr (requires { c.official; }) return c.official;
            return std::nullopt;
        },
        content);
}

bool needs_desk(const Content& content) {
    const auto* failed = std::get_if<ChallengeFailed>(&content);
    return failed == nullptr || std::holds_alternative<std::string>(failed->cause);
}

Status check_leaves(const std::vector<Hash>& leaves, const std::set<Hash>& before, std::string_view done) {
    std::set<Hash> seen = before;
    for (const Hash& leaf : leaves) {
        if (!seen.insert(leaf).second) {
            return conflict("leaf-repeated", fmt::format("leaf {} was {} already", to_hex(leaf), done));
        }
    }
    return {};
}

Error wrong_signers(EntryType type, std::string_view expected) {
    return forbidden("signers-wrong", fmt::format("{} needs the signature of {}", to_string(type), expected));
}

}  // namespace

std::size_t KeyedHash::of(const std::uint8_t* bytes, std::size_t size) {
    static const std::uint64_t key = [] {
        std::uint64_t value;
        const auto drawn = SystemRandom().bytes<sizeof value>();
        std::memcpy(&value, drawn.data(), sizeof value);
        return value;
    }();
    std::uint64_t hash = key;
    for (std::size_t at = 0; at < size; at += sizeof hash) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + at, std::min(sizeof word, size - at));
        hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 32;
    }
    return hash;
}

ElectionState::ElectionState(election::ValidDefinition definition, std::shared_ptr<FileMemory> tables)
    : definition_(std::move(definition)),
      passes_(Passes::allocator_type(tables)),
      tracking_codes_(FileAllocator<CodePrefix>(tables)) {
    for (const election::Holder& holder : definition_.holders()) holders_.emplace(holder.key, holder.id);
}

void ElectionState::reserve(std::size_t passes) {
    passes_.reserve(passes);
    tracking_codes_.reserve(passes);
}

const PassState* ElectionState::pass(const PassNumber& t) const {
    const auto found = passes_.find(t);
    return found == passes_.end() ? nullptr : &found->second;
}

Status ElectionState::usable(const PassNumber& t) const {
    const PassState* found = pass(t);
    if (found == nullptr) return {};
    switch (found->status) {
        case PassState::Status::free:
            return {};
        case PassState::Status::submitted:
            return conflict("submission-open", "a ballot with this pass waits for cast or test");
        case PassState::Status::cast:
            return conflict("pass-cast", "a ballot was cast with this pass");
        case PassState::Status::voided:
            return conflict("pass-voided", "this pass was given back");
    }
    return {};
}

ElectionState::CodePrefix ElectionState::prefix_of(const Hash& code) {
    CodePrefix prefix;
    std::copy_n(code.begin(), prefix.size(), prefix.begin());
    return prefix;
}

const Hash* ElectionState::open_submission(const PassNumber& t) const {
    const auto found = open_submissions_.find(t);
    return found == open_submissions_.end() ? nullptr : &found->second;
}

bool ElectionState::station_closed(const StationId& station) const {
    return closed_stations_.contains(station);
}

std::vector<PassNumber> ElectionState::open_submissions(const StationId& station) const {
    std::vector<PassNumber> open;
    for (const auto& [t, code] : open_submissions_) {
        if (definition_->stations[pass(t)->station].id == station) open.push_back(t);
    }
    std::sort(open.begin(), open.end());
    return open;
}

std::uint64_t ElectionState::cast_at(std::size_t station, std::size_t style) const {
    const auto found = cast_.find({station, style});
    return found == cast_.end() ? 0 : found->second;
}

std::uint64_t ElectionState::voided_at(std::size_t station) const {
    const auto found = voided_.find(station);
    return found == voided_.end() ? 0 : found->second;
}

std::uint64_t ElectionState::submitted_passes() const {
    std::uint64_t submitted = passes_.size();
    for (const auto& [station, voided] : voided_) submitted -= voided;
    return submitted;
}

const election::PublicKey& ElectionState::key_of(const SignerId& signer) const {
    const auto replaced = replaced_keys_.find(signer);
    if (replaced != replaced_keys_.end()) return replaced->second;
    const election::Holder* holder = definition_.holder(signer);
    assert(holder != nullptr);
    return holder->key;
}

const election::Holder* ElectionState::holder_of(const election::PublicKey& key) const {
    const auto found = holders_.find(key);
    return found == holders_.end() ? nullptr : definition_.holder(found->second);
}

Status ElectionState::check_signers(const Entry& entry) const {
    const EntryType type = type_of(entry.content);
    const auto& signers = entry.signed_by;
    const auto not_before = [](const auto& a, const auto& b) { return a.signer >= b.signer; };
    if (std::adjacent_find(signers.begin(), signers.end(), not_before) != signers.end()) {
        return forbidden("signers-wrong",
                         fmt::format("{}: each signer once, sorted by name", to_string(type)));
    }
    const auto all_are = [&](Role role, const std::optional<StationId>& station) {
        return std::all_of(signers.begin(), signers.end(), [&](const ActSignature& s) {
            const election::Holder* holder = definition_.holder(s.signer);
            return holder != nullptr && holder->role == role && (!station || holder->station == station);
        });
    };
    switch (election::transition(type).signers) {
        case SignedBy::nobody:
            if (!signers.empty()) return wrong_signers(type, "nobody");
            return {};
        case SignedBy::two_officials:
            if (signers.size() != 2 || !all_are(Role::official, {}))
                return wrong_signers(type, "two officials");
            return {};
        case SignedBy::one_desk:
            if (!needs_desk(entry.content)) {
                if (!signers.empty()) return wrong_signers(type, "nobody");
                return {};
            }
            if (signers.size() != 1 || !all_are(Role::desk, station_of(entry.content))) {
                return wrong_signers(type, "one desk of its station");
            }
            return {};
        case SignedBy::every_desk: {
            const election::Station* station = definition_.station(*station_of(entry.content));
            if (station == nullptr || signers.size() != station->desks.size() ||
                !all_are(Role::desk, station->id)) {
                return wrong_signers(type, "every desk of its station");
            }
            return {};
        }
        case SignedBy::its_official:
            if (signers.size() != 1 || signers[0].signer != official_of(entry.content) ||
                !all_are(Role::official, {})) {
                return wrong_signers(type, "the official it names");
            }
            return {};
        case SignedBy::its_trustee:
            if (signers.size() != 1 ||
                signers[0].signer != std::get<DecryptionShare>(entry.content).trustee ||
                !all_are(Role::trustee, {})) {
                return wrong_signers(type, "the trustee it names");
            }
            return {};
    }
    return {};
}

// Told apart from each other only, so h_D does for h_E. A signature itself has a second form (r, q - s).
Hash ElectionState::signed_act(const Content& content, const ActSignature& signature) const {
    return act_digest(definition_.hash(), content, signature.signer, {signature.size, signature.root});
}

Status ElectionState::check_signature(const Content& content, const ActSignature& signature) const {
    if (std::holds_alternative<DecryptionShare>(content) && signature.size != closing_size_) {
        return forbidden(
            "signature-view",
            fmt::format("a share stands on the log just after polls-closed, of {} entries", closing_size_));
    }
    if (std::holds_alternative<Certified>(content) && signature.size <= result_index_) {
        return forbidden("signature-view",
                         fmt::format("{} certified on a log of {} entries, in which the result, entry {}, "
                                     "wasn't yet",
                                     signature.signer.str(), signature.size, result_index_));
    }
    if (signed_acts_.contains(signed_act(content, signature))) {
        return forbidden(
            "signature-repeated",
            fmt::format("this signature of {} stands under an earlier entry", signature.signer.str()));
    }
    return {};
}

Result<std::size_t> ElectionState::open_station(const StationId& id) const {
    const election::Station* station = definition_.station(id);
    if (station == nullptr)
        return not_found("station-unknown", fmt::format("there is no station \"{}\"", id.str()));
    if (station_closed(id))
        return conflict("station-closed", fmt::format("station \"{}\" is closed", id.str()));
    return static_cast<std::size_t>(station - definition_->stations.data());
}

template <class AboutSubmission>
Status ElectionState::check_submission(const AboutSubmission& entry) const {
    STIMME_TRY(const std::size_t station, open_station(entry.station));
    const PassState* found = pass(entry.t);
    if (found == nullptr || found->status != PassState::Status::submitted) {
        return conflict("no-open-submission", "this pass has no ballot that waits for cast or test");
    }
    if (found->station != station)
        return conflict("pass-of-other-station", "the ballot was submitted elsewhere");
    if (*open_submission(entry.t) != entry.tracking_code) {
        return conflict("tracking-code-differs", "the ballot that waits has another tracking code");
    }
    return {};
}

Status ElectionState::check_new_key(const election::PublicKey& key) const {
    if (!crypto::Point::from_sec1(key)) {
        return invalid("key-invalid", "a key is a point of P-256 in compressed form");
    }
    const auto& holders = definition_.holders();
    const bool used = std::any_of(holders.begin(), holders.end(), [&](const election::Holder& holder) {
        return holder.key == key || key_of(holder.id) == key;
    });
    if (used) return conflict("key-in-use", "somebody has this key, or had it");
    return {};
}

Status ElectionState::check_content(const Content& content) const {
    const auto contest_known = [&](const ContestId& id) -> Status {
        if (definition_.contest_index(id)) return {};
        return not_found("contest-unknown", fmt::format("there is no contest \"{}\"", id.str()));
    };
    return std::visit(
        Overloaded{
            [&](const ElectionSealed& c) -> Status {
                if (c.definition != definition_.hash()) {
                    return conflict("definition-differs", "the sealed definition is another one");
                }
                return {};
            },
            [&](const BallotSubmitted& c) -> Status {
                STIMME_TRY(const std::size_t station, open_station(c.station));
                if (definition_.style(c.style) == nullptr) {
                    return not_found("style-unknown",
                                     fmt::format("there is no ballot style \"{}\"", c.style.str()));
                }
                if (tracking_codes_.contains(prefix_of(c.tracking_code))) {
                    return conflict("tracking-code-repeated", "this ballot is in the log already");
                }
                const PassState* found = pass(c.t);
                if (found == nullptr) return {};
                if (found->station != station)
                    return conflict("pass-of-other-station", "the pass is of another station");
                STIMME_CHECK(usable(c.t));
                if (definition_->styles[found->style].id == c.style) return {};
                return conflict("pass-of-other-style", "the pass is of another ballot style");
            },
            [&](const BallotCast& c) -> Status { return check_submission(c); },
            [&](const BallotChallenged& c) -> Status {
                STIMME_CHECK(check_submission(c));
                if (pass(c.t)->challenges >= max_challenges) {
                    return conflict(
                        "challenges-exhausted",
                        fmt::format("{} ballots of this pass were tested already", max_challenges));
                }
                return {};
            },
            [&](const ChallengeFailed& c) -> Status { return check_submission(c); },
            [&](const BallotExpired& c) -> Status { return check_submission(c); },
            [&](const PassVoided& c) -> Status {
                STIMME_CHECK(open_station(c.station));
                const PassState* found = pass(c.t);
                if (found == nullptr) return {};
                if (found->status == PassState::Status::voided) {
                    return conflict("pass-voided", "this pass was given back already");
                }
                return conflict("pass-submitted", "a ballot was submitted with this pass");
            },
            [&](const RollCorrected& c) -> Status {
                STIMME_CHECK(check_leaves(c.added, added_, "added"));
                return check_leaves(c.struck, struck_, "struck");
            },
            [&](const KeyReplaced& c) -> Status {
                const election::Holder* holder = definition_.holder(c.signer);
                if (holder == nullptr || holder->role == Role::trustee) {
                    return not_found("signer-unknown",
                                     "the key of an official, a desk or a booth can be replaced");
                }
                return check_new_key(c.key);
            },
            [&](const StationClosed& c) -> Status {
                STIMME_TRY(const std::size_t station, open_station(c.station));
                if (!open_submissions(c.station).empty()) {
                    return conflict("submission-open",
                                    "a ballot of this station still waits for cast or test");
                }
                const auto& desks = definition_->stations[station].desks;
                std::set<SignerId> expected;
                for (const auto& desk : desks) expected.insert(desk.id);
                std::set<SignerId> counted;
                std::uint64_t voided = 0;
                for (const DeskCount& count : c.desks) {
                    counted.insert(count.desk);
                    voided += count.voided;
                }
                if (counted != expected || c.desks.size() != desks.size() ||
                    !std::is_sorted(c.desks.begin(), c.desks.end(),
                                    [](const auto& a, const auto& b) { return a.desk < b.desk; })) {
                    return conflict("desk-counts-wrong",
                                    "one count for each desk of the station, sorted by name");
                }
                if (voided != voided_at(station)) {
                    return conflict("desk-counts-wrong", "the desks' voids differ from the log's");
                }
                return {};
            },
            [&](const PollsClosed&) -> Status {
                for (const auto& station : definition_->stations) {
                    if (!station_closed(station.id)) {
                        return conflict("station-open",
                                        fmt::format("station \"{}\" isn't closed", station.id.str()));
                    }
                }
                return {};
            },
            [&](const DecryptionShare& c) -> Status {
                if (!definition_.trustee_index(c.trustee))
                    return not_found("trustee-unknown", "no such trustee");
                STIMME_CHECK(contest_known(c.contest));
                for (const DecryptionShare& other : shares_) {
                    if (other.trustee == c.trustee && other.contest == c.contest && other.group == c.group) {
                        return conflict("share-repeated",
                                        "this trustee's share of this group is in the log already");
                    }
                }
                return {};
            },
            [&](const PaperBatches& c) -> Status { return count_.check(definition_, c); },
            [&](const PaperCount& c) -> Status { return count_.check(definition_, c); },
            [&](const HandCount& c) -> Status { return count_.check(definition_, c); },
            [&](const LotCommitment& c) -> Status { return count_.check(definition_, c); },
            [&](const LotNumber& c) -> Status { return count_.check(definition_, sealed_->election, c); },
            [&](const LotDrawn& c) -> Status { return contest_known(c.contest); },
            [&](const ElectionResult& c) -> Status {
                const bool right = result_ ? c.supersedes == result_index_ : !c.supersedes;
                if (!right)
                    return conflict("supersedes-wrong", "a new result supersedes the one that stands");
                return {};
            },
            [&](const AuditStarted& c) -> Status {
                if (!result_ || result_outdated()) {
                    return conflict("audit-early",
                                    "a sample is drawn when the result that is to be audited stands");
                }
                return count_.check(definition_, c);
            },
            [&](const Certified&) -> Status {
                if (!result_) return conflict("result-missing", "there is no result to certify");
                if (result_outdated()) {
                    return conflict("result-outdated", "a count or a lot came after the result");
                }
                return {};
            },
            [&](const auto&) -> Status { return {}; },
        },
        content);
}

Status ElectionState::check(const Entry& entry) const {
    STIMME_CHECK(election::next_phase(phase_, type_of(entry.content)));
    STIMME_CHECK(check_signers(entry));
    STIMME_CHECK(check_content(entry.content));
    for (const ActSignature& signature : entry.signed_by) {
        STIMME_CHECK(check_signature(entry.content, signature));
    }
    return {};
}

}  // namespace stimme::events
