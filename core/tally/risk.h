// Does a sample of hand counts confirm the outcome? A risk-limiting audit by comparison of batches
// (docs/protocol.md, section 8.6): of some counted groups, drawn by a public seed, the printed ballots are
// counted by hand and compared with the electronic totals. It goes on until a wrong outcome would have shown
// itself with the probability that was asked for, or until all groups are counted by hand.
//
// Exact in whole numbers; nothing is rounded but the text that shows the risk.
//
// Source: P. B. Stark, "Risk-limiting postelection audits: conservative P-values from common probability
// inequalities", IEEE Transactions on Information Forensics and Security 4 (2009); the same, "Efficient
// post-election audits of multiple contests: 2009 California tests" (2009).
//
// Thread rule: values and pure functions; an AuditPlan is immutable and may be shared.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/election/definition.h"
#include "core/events/entry.h"
#include "core/tally/assertions.h"

namespace stimme::tally {

__extension__ using Weight = unsigned __int128;

// A counted group, and what was published of it.
struct Batch {
    std::string name;
    std::uint64_t ballots = 0;          // electronic
    std::vector<std::uint64_t> totals;  // likewise, one number for each position
    std::uint64_t sheets = 0;           // in its urns, where these were counted, unread, and are more

    // How many ballots it may turn out to have.
    std::uint64_t size() const { return std::max(ballots, sheets); }
};

// What is fixed before the seed is drawn.
struct AuditedContest {
    election::Contest contest;
    std::vector<Batch> batches;          // names differ
    std::vector<std::uint64_t> apart;    // votes that are in no batch, taken as right; by position
    std::vector<events::LotDrawn> lots;  // those that were drawn
    unsigned risk_limit_per_mille = 50;  // how likely a wrong outcome may stay unnoticed, at most
};

struct AuditSeed {
    Hash election;     // h_E
    std::string text;  // drawn in public, after the electronic totals were published
};

// What was read by hand on the printed ballots of a batch.
struct CountedBatch {
    std::string batch;
    std::uint64_t ballots = 0;
    std::vector<std::uint64_t> totals;  // one number for each position
};

class AuditPlan {
  public:
    // Errors: risk-limit-wrong (not 1 to 999), batch-twice (invalid); those of check_totals.
    // REQUIRES: `apart` has one number for each position; all ballots and votes together are below 2^53.
    static Result<AuditPlan> make(AuditedContest audited);

    const AuditedContest& audited() const { return audited_; }
    // Of the whole contest, with those apart.
    const std::vector<std::uint64_t>& totals() const { return totals_; }
    const std::vector<Assertion>& assertions() const { return assertions_; }
    // Why no sample can confirm the outcome; empty where one can. Then there are no assertions.
    const std::string& not_auditable() const { return not_auditable_; }
    // By batch: its largest possible share in undoing the outcome, in billionths, rounded up; what it is
    // drawn by. 0 without ballots, and everywhere where there are no assertions.
    const std::vector<Weight>& weights() const { return weights_; }
    Weight weight() const { return weight_; }  // all together

  private:
    AuditPlan() = default;

    AuditedContest audited_;
    std::vector<std::uint64_t> totals_;
    std::vector<Assertion> assertions_;
    std::string not_auditable_;
    std::vector<Weight> weights_;
    Weight weight_ = 0;
};

// Draw number i, from 0: an index of a batch, by the batches' weights, with replacement.
// REQUIRES: plan.weight() > 0.
std::size_t draw(const AuditPlan& plan, const AuditSeed& seed, std::uint32_t i);
// The first n draws.
std::vector<std::size_t> draws(const AuditPlan& plan, const AuditSeed& seed, std::uint32_t n);

enum class AuditVerdict {
    draw_seed,  // a sample can confirm it, and there is no seed yet
    go_on,      // `next` are to be counted by hand
    confirmed,  // by the sample: the risk is within the limit
    count_all,  // no sample can confirm it any more; `next` are all that are left
    certain,    // all are counted by hand, with the same outcome
    refuted,    // all are counted by hand, with another outcome
};
// "draw-seed", "go-on", "confirmed", "count-all", "certain", "refuted".
std::string_view to_string(AuditVerdict verdict);

struct AuditStatus {
    AuditVerdict verdict = AuditVerdict::go_on;
    std::uint32_t draws = 0;        // how many of the draws are counted, from the first one without a gap
    std::string risk = "1.0000";    // what it is after those: four decimals, rounded up; at most 1
    std::vector<std::string> next;  // batches in the order in which they are drawn; with count_all in order.
                                    // With go_on as many as are needed when no more differences are found
};

// Whoever has counted more than was asked for changes nothing: the draws decide what counts, and when.
// Errors: batch-unknown, batch-twice (invalid); those of check_totals.
Result<AuditStatus> evaluate(const AuditPlan& plan, const std::optional<AuditSeed>& seed,
                             std::span<const CountedBatch> hand_counts);

}  // namespace stimme::tally
