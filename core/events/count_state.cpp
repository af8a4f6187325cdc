#include "core/events/count_state.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/crypto/transcript.h"

namespace stimme::events {
namespace {

using election::ValidDefinition;

Status contest_known(const ValidDefinition& definition, const ContestId& id) {
    if (definition.contest_index(id)) return {};
    return not_found("contest-unknown", fmt::format("there is no contest \"{}\"", id.str()));
}

Error supersedes_wrong() {
    return conflict("supersedes-wrong", "what it supersedes isn't a standing count of the same ballots");
}

// The place of a batch among those of the definition: by district, then post before stations.
using BatchPlace = std::pair<std::size_t, std::size_t>;
Result<BatchPlace> place_of(const ValidDefinition& definition, const PaperBatch& batch) {
    const auto& districts = definition->districts;
    const auto district = std::find_if(districts.begin(), districts.end(),
                                       [&](const auto& d) { return d.id == batch.district; });
    if (district == districts.end()) {
        return not_found("district-unknown",
                         fmt::format("there is no district \"{}\"", batch.district.str()));
    }
    const auto place = static_cast<std::size_t>(district - districts.begin());
    if (!batch.station) return BatchPlace{place, 0};
    const election::Station* station = definition.station(*batch.station);
    if (station == nullptr || station->district != batch.district) {
        return not_found("station-unknown", fmt::format("district \"{}\" has no station \"{}\"",
                                                        batch.district.str(), batch.station->str()));
    }
    return BatchPlace{place, static_cast<std::size_t>(station - definition->stations.data()) + 1};
}

// A count in the place of `c.supersedes`, or the first one of its group.
template <class Count>
Status check_place(const std::map<std::uint64_t, Count>& standing, const Count& c, const char* repeated) {
    if (c.supersedes) {
        const auto old = standing.find(*c.supersedes);
        const bool same =
            old != standing.end() && old->second.contest == c.contest && old->second.group == c.group;
        return same ? Status() : supersedes_wrong();
    }
    for (const auto& [index, other] : standing) {
        if (other.contest == c.contest && other.group == c.group) {
            return conflict(repeated, fmt::format("entry {} is a count of these ballots; a new one must "
                                                  "supersede it, with a reason",
                                                  index));
        }
    }
    return {};
}

template <class Count>
void put(std::map<std::uint64_t, Count>& standing, std::uint64_t index, const Count& c) {
    if (c.supersedes) standing.erase(*c.supersedes);
    standing[index] = c;
}

std::string names_of(const DistrictBallots& districts) {
    std::string names;
    for (const auto& [district, ballots] : districts) {
        names += (names.empty() ? "" : ", ") + district.str();
    }
    return names;
}

}  // namespace

DistrictBallots ballots_by_district(const PaperBatches& batches) {
    DistrictBallots sums;
    for (const PaperBatch& batch : batches.batches) {
        if (batch.ballots > 0) sums[batch.district] += batch.ballots;
    }
    return sums;
}

Hash lot_commitment(const Hash& election, const ContestId& contest, const SignerId& official,
                    const ByteArray<32>& number) {
    return crypto::hash(crypto::Tag::lot_commitment,
                        {election, as_bytes(contest.str()), as_bytes(official.str()), number});
}

Status CountState::check(const ValidDefinition& definition, const PaperBatches& c) const {
    STIMME_CHECK(contest_known(definition, c.contest));
    std::optional<BatchPlace> last;
    for (const PaperBatch& batch : c.batches) {
        STIMME_TRY(const BatchPlace place, place_of(definition, batch));
        if (last && place <= *last) {
            return conflict(
                "batches-order",
                "batches stand in the order of the definition, by district, post before stations, "
                "each once");
        }
        last = place;
    }
    const StandingBatches* standing = batches(c.contest);
    if (c.supersedes != (standing == nullptr ? std::nullopt : std::optional(standing->index))) {
        return conflict("supersedes-wrong",
                        standing == nullptr
                            ? "there are no batches that it could supersede"
                            : fmt::format("it must supersede the batches of entry {}", standing->index));
    }
    const auto fixed = grouping_.find(c.contest);
    if (fixed == grouping_.end()) return {};
    for (const auto& [district, ballots] : ballots_by_district(c)) {
        if (!fixed->second.contains(district)) {
            return conflict(
                "paper-districts-fixed",
                fmt::format("paper ballots were counted already, in groups of {}: ballots of \"{}\" "
                            "must be added to a batch of these, with a remark",
                            names_of(fixed->second), district.str()));
        }
    }
    return {};
}

Status CountState::check(const ValidDefinition& definition, const PaperCount& c) const {
    STIMME_CHECK(contest_known(definition, c.contest));
    if (batches(c.contest) == nullptr) {
        return conflict(
            "paper-batches-missing",
            fmt::format("how many paper ballots of \"{}\" there are must be in the log before any "
                        "are read",
                        c.contest.str()));
    }
    return check_place(paper_counts_, c, "paper-count-repeated");
}

Status CountState::check(const ValidDefinition& definition, const HandCount& c) const {
    STIMME_CHECK(contest_known(definition, c.contest));
    if (!definition->printed_ballots)
        return conflict("hand-counts-undefined",
                        "the definition has no printed ballots that could be counted");
    return check_place(hand_counts_, c, "hand-count-repeated");
}

Status CountState::check(const ValidDefinition& definition, const AuditStarted& c) const {
    STIMME_CHECK(contest_known(definition, c.contest));
    if (!definition->printed_ballots || !definition->printed_ballots->risk_limit)
        return conflict("audit-undefined", "the definition sets no risk limit");
    if (audits_.contains(c.contest)) {
        return conflict("audit-started-already",
                        "the seed of this contest's sample is drawn; a second one would be a choice");
    }
    return {};
}

Status CountState::check(const ValidDefinition& definition, const LotCommitment& c) const {
    STIMME_CHECK(contest_known(definition, c.tie.contest));
    const LotRound* round = lot_round(c.tie.contest);
    if (round == nullptr || round->tie != c.tie) return {};
    if (!round->numbers.empty())
        return conflict("lot-numbers-begun", "the first number is known: nobody can join this lot any more");
    if (round->commitments.contains(c.official))
        return conflict("lot-commitment-repeated", "this official has committed to a number already");
    return {};
}

Status CountState::check(const ValidDefinition& definition, const Hash& election, const LotNumber& c) const {
    STIMME_CHECK(contest_known(definition, c.contest));
    const LotRound* round = lot_round(c.contest);
    if (round == nullptr || !round->commitments.contains(c.official))
        return conflict("lot-commitment-missing", "this official has committed to no number");
    if (round->numbers.contains(c.official))
        return conflict("lot-number-repeated", "this official's number is in the log already");
    if (round->commitments.at(c.official) != lot_commitment(election, c.contest, c.official, c.number))
        return forbidden("lot-number-differs", "this isn't the number that the official committed to");
    return {};
}

void CountState::apply(std::uint64_t index, const PaperBatches& c) {
    batches_[c.contest] = {index, c};
}

void CountState::apply(std::uint64_t index, const PaperCount& c) {
    grouping_.try_emplace(c.contest, grouping(c.contest));
    put(paper_counts_, index, c);
}

void CountState::apply(std::uint64_t index, const HandCount& c) {
    put(hand_counts_, index, c);
}

void CountState::apply(const LotCommitment& c) {
    LotRound& round = rounds_[c.tie.contest];
    if (round.tie != c.tie) round = LotRound{c.tie, {}, {}};
    round.commitments[c.official] = c.commitment;
}

void CountState::apply(const LotDrawn& c) {
    const auto round = rounds_.find(c.contest);
    lot_rounds_.push_back(round == rounds_.end() ? std::nullopt : std::optional(round->second));
    lots_.push_back(c);
    if (round != rounds_.end()) rounds_.erase(round);
}

const StandingBatches* CountState::batches(const ContestId& contest) const {
    const auto found = batches_.find(contest);
    return found == batches_.end() ? nullptr : &found->second;
}

DistrictBallots CountState::grouping(const ContestId& contest) const {
    const auto fixed = grouping_.find(contest);
    if (fixed != grouping_.end()) return fixed->second;
    const StandingBatches* standing = batches(contest);
    return standing == nullptr ? DistrictBallots() : ballots_by_district(standing->batches);
}

const LotRound* CountState::lot_round(const ContestId& contest) const {
    const auto found = rounds_.find(contest);
    return found == rounds_.end() ? nullptr : &found->second;
}

}  // namespace stimme::events
