// What the log says of the count beside the tally: paper ballots, hand counts, lots and audits. A part of the
// fold (state.h): which of these entries may follow which (docs/protocol.md, section 6.4). What their figures
// must be is the tally's to say (core/tally/paper.h).
//
// Thread rule: belongs to one thread; const functions may be shared while nobody applies.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/events/entry.h"

namespace stimme::events {

// Batches that stand, and their place in the log.
struct StandingBatches {
    std::uint64_t index = 0;
    PaperBatches batches;
};

// A lot by numbers: who takes part, and the numbers that are known.
struct LotRound {
    TieOf tie;
    std::map<SignerId, Hash> commitments;
    std::map<SignerId, ByteArray<32>> numbers;

    // Everybody who committed to a number has told it.
    bool complete() const { return !commitments.empty() && numbers.size() == commitments.size(); }
};

using DistrictBallots = std::map<DistrictId, std::uint64_t>;

// Ballots of each district that has any.
DistrictBallots ballots_by_district(const PaperBatches& batches);

// H("lot-commitment", h_E, contest, official, number)                                          (8.4)
Hash lot_commitment(const Hash& election, const ContestId& contest, const SignerId& official,
                    const ByteArray<32>& number);

class CountState {
  public:
    // Whether it may come next. Errors: contest-unknown, district-unknown, station-unknown (not-found);
    // supersedes-wrong, batches-order, paper-districts-fixed (conflict).
    Status check(const election::ValidDefinition& definition, const PaperBatches& c) const;
    // contest-unknown; paper-batches-missing, paper-count-repeated, supersedes-wrong.
    Status check(const election::ValidDefinition& definition, const PaperCount& c) const;
    // contest-unknown; hand-counts-undefined, hand-count-repeated, supersedes-wrong.
    Status check(const election::ValidDefinition& definition, const HandCount& c) const;
    // contest-unknown; audit-undefined, audit-started-already.
    Status check(const election::ValidDefinition& definition, const AuditStarted& c) const;
    // contest-unknown; lot-numbers-begun, lot-commitment-repeated.
    Status check(const election::ValidDefinition& definition, const LotCommitment& c) const;
    // contest-unknown; lot-commitment-missing, lot-number-repeated; lot-number-differs (forbidden).
    Status check(const election::ValidDefinition& definition, const Hash& election, const LotNumber& c) const;

    // REQUIRES: each passed its check.
    void apply(std::uint64_t index, const PaperBatches& c);
    void apply(std::uint64_t index, const PaperCount& c);
    void apply(std::uint64_t index, const HandCount& c);
    void apply(const AuditStarted& c) { audits_[c.contest] = c; }
    void apply(const LotCommitment& c);
    void apply(const LotNumber& c) { rounds_[c.contest].numbers[c.official] = c.number; }
    void apply(const LotDrawn& c);
    // A new result: what was audited was another.
    void apply(const ElectionResult&) { audits_.clear(); }

    // nullptr when there are none.
    const StandingBatches* batches(const ContestId& contest) const;
    // What the groups of a contest's paper ballots follow from: the batches that stood when the first of them
    // was counted; before, those that stand. Later ones keep the groups, else two counts would differ by a
    // district, and tell what it voted.
    DistrictBallots grouping(const ContestId& contest) const;
    // Counts that stand, by their index in the log.
    const std::map<std::uint64_t, PaperCount>& paper_counts() const { return paper_counts_; }
    const std::map<std::uint64_t, HandCount>& hand_counts() const { return hand_counts_; }
    const std::vector<LotDrawn>& lots() const { return lots_; }
    // What officials had put in when each of them was drawn, beside lots(); nullopt: nobody anything.
    const std::vector<std::optional<LotRound>>& lot_rounds() const { return lot_rounds_; }
    // Of the contest's next lot; nullptr when nobody committed to a number.
    const LotRound* lot_round(const ContestId& contest) const;
    // Audits of the result that stands.
    const std::map<ContestId, AuditStarted>& audits() const { return audits_; }

  private:
    std::map<ContestId, StandingBatches> batches_;
    std::map<ContestId, DistrictBallots> grouping_;
    std::map<std::uint64_t, PaperCount> paper_counts_;
    std::map<std::uint64_t, HandCount> hand_counts_;
    std::vector<LotDrawn> lots_;
    std::vector<std::optional<LotRound>> lot_rounds_;
    std::map<ContestId, LotRound> rounds_;
    std::map<ContestId, AuditStarted> audits_;
};

}  // namespace stimme::events
