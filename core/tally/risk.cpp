#include "core/tally/risk.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <optional>
#include <set>

#include <boost/multiprecision/cpp_int.hpp>
#include <fmt/format.h>

#include "core/crypto/transcript.h"
#include "core/tally/seats.h"
#include "core/tally/totals.h"

namespace stimme::tally {
namespace {

using Integer = boost::multiprecision::cpp_int;

constexpr std::uint64_t unit = 1'000'000'000;  // a weight of 1
constexpr std::uint32_t max_draws = 2'000;

Integer to_integer(Weight value) {
    return (Integer(static_cast<std::uint64_t>(value >> 64)) << 64) + static_cast<std::uint64_t>(value);
}
Integer to_integer(SignedWide value) {
    return value < 0 ? -to_integer(static_cast<Weight>(-value)) : to_integer(static_cast<Weight>(value));
}

// As check_totals, with the batch's name.
Status check_batch(const election::Contest& contest, const std::string& batch, std::uint64_t ballots,
                   std::span<const std::uint64_t> totals) {
    auto status = check_totals(contest, ballots, totals);
    if (status) return {};
    return conflict(status.error().code, fmt::format("group \"{}\": {}", batch, status.error().message));
}

// u_p of (8.6) in units, rounded up, by batch.
std::vector<Weight> weights_of(const AuditedContest& audited, std::span<const Assertion> assertions,
                               std::span<const std::uint64_t> totals) {
    std::vector<Weight> weights(audited.batches.size());
    for (const Assertion& assertion : assertions) {
        const auto margin = static_cast<Weight>(assertion.value(totals));
        const SignedWide least = assertion.least_of_a_ballot(audited.contest);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const Batch& batch = audited.batches[i];
            const auto bound = static_cast<Weight>(assertion.sum(batch.totals) - least * batch.size());
            weights[i] = std::max(weights[i], (bound * unit + margin - 1) / margin);
        }
    }
    return weights;
}

// Whoever is elected, and the seats of each list.
bool same_outcome(const Seats& a, const Seats& b) {
    const std::set<OptionId> elected_a(a.elected.begin(), a.elected.end());
    const std::set<OptionId> elected_b(b.elected.begin(), b.elected.end());
    return a.open_tie == b.open_tie && elected_a == elected_b &&
           std::equal(a.lists.begin(), a.lists.end(), b.lists.begin(), b.lists.end(),
                      [](const ListSeats& x, const ListSeats& y) { return x.seats == y.seats; });
}

// A number from 0 as a fraction that is never cancelled down.
class Risk {
  public:
    void multiply(const Integer& numerator, const Integer& denominator) {
        numerator_ *= numerator;
        denominator_ *= denominator;
    }
    bool within(unsigned per_mille) const { return numerator_ * 1000 <= denominator_ * per_mille; }
    std::string text() const {
        constexpr unsigned decimals = 10'000;
        const Integer rounded_up = (numerator_ * decimals + denominator_ - 1) / denominator_;
        const auto shown = rounded_up < decimals ? rounded_up.convert_to<unsigned>() : decimals;
        return fmt::format("{}.{:04}", shown / decimals, shown % decimals);
    }

  private:
    Integer numerator_ = 1;
    Integer denominator_ = 1;
};

class Evaluation {
  public:
    Evaluation(const AuditPlan& plan, const std::optional<AuditSeed>& seed) : plan_(plan), seed_(seed) {
        const auto& batches = plan.audited().batches;
        for (std::size_t i = 0; i < batches.size(); ++i) index_[batches[i].name] = i;
        counted_.resize(batches.size());
        factors_.resize(batches.size());
    }

    Status add(const CountedBatch& count) {
        const auto found = index_.find(count.batch);
        if (found == index_.end())
            return invalid("batch-unknown", fmt::format("there is no group \"{}\"", count.batch));
        if (counted_[found->second] != nullptr)
            return invalid("batch-twice", fmt::format("group \"{}\" stands twice", count.batch));
        STIMME_CHECK(check_batch(plan_.audited().contest, count.batch, count.ballots, count.totals));
        counted_[found->second] = &count;
        return {};
    }

    AuditStatus run() {
        if (all_counted()) return after_all();
        if (!plan_.not_auditable().empty() || too_many_ballots()) return count_all();
        if (plan_.weight() < unit) return {AuditVerdict::confirmed, 0, "0.0000", {}};
        if (!seed_) return {AuditVerdict::draw_seed, 0, "1.0000", {}};
        return follow_draws(*seed_);
    }

  private:
    const Batch& batch(std::size_t i) const { return plan_.audited().batches[i]; }

    bool all_counted() const {
        for (std::size_t i = 0; i < counted_.size(); ++i) {
            if (batch(i).size() > 0 && counted_[i] == nullptr) return false;
        }
        return true;
    }

    // The bounds say nothing about an urn that holds more than could be in it.
    bool too_many_ballots() const {
        for (std::size_t i = 0; i < counted_.size(); ++i) {
            if (counted_[i] != nullptr && counted_[i]->ballots > batch(i).size()) return true;
        }
        return false;
    }

    AuditStatus after_all() const {
        const AuditedContest& audited = plan_.audited();
        std::vector<std::uint64_t> totals = audited.apart;
        for (const CountedBatch* count : counted_) {
            for (std::size_t i = 0; count != nullptr && i < totals.size(); ++i) totals[i] += count->totals[i];
        }
        const bool same = same_outcome(assign_seats(audited.contest, plan_.totals(), audited.lots),
                                       assign_seats(audited.contest, totals, audited.lots));
        return {same ? AuditVerdict::certain : AuditVerdict::refuted, 0, same ? "0.0000" : "1.0000", {}};
    }

    AuditStatus count_all(std::uint32_t draws = 0, std::string risk = "1.0000") const {
        AuditStatus status{AuditVerdict::count_all, draws, std::move(risk), {}};
        for (std::size_t i = 0; i < counted_.size(); ++i) {
            if (batch(i).size() > 0 && counted_[i] == nullptr) status.next.push_back(batch(i).name);
        }
        return status;
    }

    // One draw after the other; from the first group on that isn't counted yet as if no difference were found
    // in those that aren't.
    AuditStatus follow_draws(const AuditSeed& seed) {
        AuditStatus status;
        Risk risk;
        std::set<std::size_t> next;
        for (std::uint32_t i = 0; i < max_draws; ++i) {
            const std::size_t drawn = draw(plan_, seed, i);
            if (counted_[drawn] == nullptr && next.empty()) status.risk = risk.text();
            if (counted_[drawn] == nullptr && next.insert(drawn).second)
                status.next.push_back(batch(drawn).name);
            if (!factors_[drawn]) factors_[drawn] = factor(drawn);
            const auto& [numerator, denominator] = *factors_[drawn];
            if (denominator == 0) return count_all(status.draws, next.empty() ? "1.0000" : status.risk);
            risk.multiply(numerator, denominator);
            if (next.empty()) status.draws = i + 1;
            if (!risk.within(plan_.audited().risk_limit_per_mille)) continue;
            if (!next.empty()) return status;
            status.verdict = AuditVerdict::confirmed;
            status.risk = risk.text();
            return status;
        }
        return count_all(status.draws, next.empty() ? risk.text() : status.risk);
    }

    // (1 - 1/U) / (1 - t), of (8.7), cancelled down; the denominator is 0 where t is 1.
    std::pair<Integer, Integer> factor(std::size_t drawn) const {
        const Integer weight = to_integer(plan_.weights()[drawn]);
        const Integer all = to_integer(plan_.weight());
        const auto [error, margin] = overstatement(drawn);
        const Integer numerator = (all - unit) * weight * margin;
        const Integer denominator = all * (weight * margin - error * unit);
        if (denominator == 0) return {1, 0};
        const Integer common = gcd(numerator, denominator);
        return {numerator / common, denominator / common};
    }

    // e_p of (8.6), as numerator and denominator. Ballots that aren't there count as the worst that they
    // could have been.
    std::pair<Integer, Integer> overstatement(std::size_t drawn) const {
        const CountedBatch* count = counted_[drawn];
        if (count == nullptr) return {0, 1};
        std::pair<Integer, Integer> worst;
        for (const Assertion& assertion : plan_.assertions()) {
            const SignedWide missing = assertion.least_of_a_ballot(plan_.audited().contest) *
                                       SignedWide{batch(drawn).size() - count->ballots};
            const Integer error =
                to_integer(assertion.sum(batch(drawn).totals) - assertion.sum(count->totals) - missing);
            const Integer margin = to_integer(assertion.value(plan_.totals()));
            if (worst.second == 0 || error * worst.second > worst.first * margin) worst = {error, margin};
        }
        return worst;
    }

    const AuditPlan& plan_;
    const std::optional<AuditSeed>& seed_;
    std::map<std::string, std::size_t> index_;
    std::vector<const CountedBatch*> counted_;                         // by batch; nullptr: not yet
    std::vector<std::optional<std::pair<Integer, Integer>>> factors_;  // by batch, as far as they were needed
};

}  // namespace

Result<AuditPlan> AuditPlan::make(AuditedContest audited) {
    if (audited.risk_limit_per_mille < 1 || audited.risk_limit_per_mille > 999)
        return invalid("risk-limit-wrong", "the risk limit must be 1 to 999 per mille");
    AuditPlan plan;
    plan.audited_ = std::move(audited);
    const AuditedContest& question = plan.audited_;
    plan.totals_ = question.apart;
    plan.weights_.resize(question.batches.size());
    std::set<std::string_view> names;
    for (const Batch& batch : question.batches) {
        if (!names.insert(batch.name).second)
            return invalid("batch-twice", fmt::format("group \"{}\" stands twice", batch.name));
        STIMME_CHECK(check_batch(question.contest, batch.name, batch.ballots, batch.totals));
        for (std::size_t i = 0; i < plan.totals_.size(); ++i) plan.totals_[i] += batch.totals[i];
    }
    auto found = tally::assertions(question.contest, plan.totals_);
    if (!found) {
        plan.not_auditable_ = found.error().message;
        return plan;
    }
    plan.assertions_ = *std::move(found);
    plan.weights_ = weights_of(question, plan.assertions_, plan.totals_);
    for (const Weight weight : plan.weights_) plan.weight_ += weight;
    return plan;
}

std::size_t draw(const AuditPlan& plan, const AuditSeed& seed, std::uint32_t i) {
    assert(plan.weight() > 0);
    const Hash hash = crypto::hash(
        crypto::Tag::audit_draw,
        {seed.election, as_bytes(plan.audited().contest.id.str()), as_bytes(seed.text), u32be(i)});
    Weight number = 0;
    for (const std::uint8_t byte : hash) number = (number * 256 + byte) % plan.weight();
    std::size_t drawn = 0;
    while (number >= plan.weights()[drawn]) number -= plan.weights()[drawn++];
    return drawn;
}

std::vector<std::size_t> draws(const AuditPlan& plan, const AuditSeed& seed, std::uint32_t n) {
    std::vector<std::size_t> result;
    for (std::uint32_t i = 0; i < n; ++i) result.push_back(draw(plan, seed, i));
    return result;
}

std::string_view to_string(AuditVerdict verdict) {
    constexpr std::array<std::string_view, 6> names = {"draw-seed", "go-on",   "confirmed",
                                                       "count-all", "certain", "refuted"};
    return names[static_cast<std::size_t>(verdict)];
}

Result<AuditStatus> evaluate(const AuditPlan& plan, const std::optional<AuditSeed>& seed,
                             std::span<const CountedBatch> hand_counts) {
    Evaluation evaluation(plan, seed);
    for (const CountedBatch& count : hand_counts) STIMME_CHECK(evaluation.add(count));
    return evaluation.run();
}

}  // namespace stimme::tally
