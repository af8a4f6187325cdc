// The assertions for most votes and for D'Hondt and its relatives are those of Stark and Teague, "Verifiable
// European Elections: Risk-limiting Audits for D'Hondt and Its Relatives" (2014), those for Hare/Niemeyer
// those of Blom and others, "Assertion-based Approaches to Auditing Complex Elections" (2021); the rules
// around the methods are added here (docs/protocol.md, section 8.6).
#include "core/tally/assertions.h"

#include <algorithm>
#include <cassert>
#include <map>

#include <fmt/format.h>

#include "core/tally/claimants.h"
#include "core/tally/counting.h"

namespace stimme::tally {
namespace {

using election::Exhausted;
using election::MajorityClause;
using election::SeatMethod;

constexpr std::size_t max_terms = 4'000'000;

Error not_auditable(const std::string& why) {
    return conflict("not-auditable", why + ": all groups must be counted by hand");
}

// A sum of votes that grows into an assertion.
class Sum {
  public:
    Sum& add(const Claimant& claimant, std::int64_t factor) {
        for (const std::size_t position : claimant.positions) factors_[position] += factor;
        return *this;
    }
    Sum& add(const Candidate& candidate, std::int64_t factor) {
        if (candidate.position) factors_[*candidate.position] += factor;
        return *this;
    }
    Assertion above_zero(std::string text, std::int64_t constant = 0) const {
        Assertion assertion{std::move(text), {}, constant};
        for (const auto& [position, factor] : factors_) {
            if (factor != 0) assertion.terms.push_back({position, factor});
        }
        return assertion;
    }
    Assertion at_least_zero(std::string text, std::int64_t constant = 0) const {
        return above_zero(std::move(text), constant + 1);
    }

  private:
    std::map<std::size_t, std::int64_t> factors_;
};

// Collects the assertions of one contest.
class Collector {
  public:
    Collector(const election::Contest& contest, std::span<const std::uint64_t> totals)
        : contest_(contest),
          rules_(contest.seat_rules),
          totals_(totals),
          claimants_(claimants(contest)),
          claims_(claims(claimants_, totals)),
          seats_(claims_.size()) {}

    Result<std::vector<Assertion>> run() {
        if (rules_.method == SeatMethod::yes_no) {
            yes_or_no();
        } else {
            find_entrants();
            if (rules_.method == SeatMethod::most_votes) {
                STIMME_CHECK(most_votes());
            } else {
                STIMME_CHECK(rules_.method == SeatMethod::hare_niemeyer ? quotas() : quotients());
                STIMME_CHECK(majority_clause());
            }
            sides_of_the_threshold();
        }
        if (contest_.list_order == election::ListOrder::votes) order_on_lists();
        if (terms_ > max_terms) return not_auditable("the outcome depends on too many comparisons");
        return std::move(result_);
    }

  private:
    void add(Assertion assertion) {
        terms_ += assertion.terms.size();
        if (terms_ <= max_terms) result_.push_back(std::move(assertion));
    }

    const std::string& name(std::size_t claim) const { return claims_[claim].id; }

    void has_a_vote(std::size_t claim) {
        add(Sum().add(claimants_[claim], 1).above_zero(name(claim) + " has a vote"));
    }
    void has_no_vote(std::size_t claim) {
        add(Sum().add(claimants_[claim], -1).at_least_zero(name(claim) + " has no vote"));
    }

    // The first claim is the list, the second one what is against it (D21).
    void yes_or_no() {
        const bool elected = claims_[0].votes > claims_[1].votes;
        if (elected) {
            seats_[0] = contest_.seats;
            add(Sum()
                    .add(claimants_[0], 1)
                    .add(claimants_[1], -1)
                    .above_zero(fmt::format("{} has more yes than no", name(0))));
        } else {
            add(Sum()
                    .add(claimants_[0], -1)
                    .add(claimants_[1], 1)
                    .at_least_zero(fmt::format("{} has no more yes than no", name(0))));
        }
    }

    void find_entrants() {
        std::uint64_t all = 0;
        for (const Claim& claim : claims_) all += claim.votes;
        for (std::size_t i = 0; i < claims_.size(); ++i) {
            const bool in = !rules_.threshold || rules_.threshold->reached(claims_[i].votes, all);
            (in ? entrants_ : left_out_).push_back(i);
        }
    }

    // Those on whose side something depends: whoever is out, has a seat, or has a share in all votes.
    void sides_of_the_threshold() {
        if (!rules_.threshold) return;
        const bool shares =
            rules_.method == SeatMethod::hare_niemeyer || rules_.majority_clause != MajorityClause::none;
        for (const std::size_t claim : left_out_) side_of_the_threshold(claim, false);
        for (const std::size_t claim : entrants_) {
            if (shares || seats_[claim] > 0) side_of_the_threshold(claim, true);
        }
    }

    void side_of_the_threshold(std::size_t claim, bool reached) {
        const auto least = static_cast<std::int64_t>(rules_.threshold->least);
        const std::int64_t sign = reached ? 1 : -1;
        Sum sum;
        std::int64_t constant = 0;
        if (rules_.threshold->unit == election::Threshold::Unit::votes) {
            sum.add(claimants_[claim], sign);
            constant = -sign * least;
        } else {
            const bool percent = rules_.threshold->unit == election::Threshold::Unit::percent;
            sum.add(claimants_[claim], sign * (percent ? 100 : 1000));
            for (const Claimant& each : claimants_) sum.add(each, -sign * least);
        }
        add(reached ? sum.at_least_zero(name(claim) + " reaches the threshold", constant)
                    : sum.above_zero(name(claim) + " stays below the threshold", constant));
    }

    Status most_votes() {
        if (!rules_.limits.empty()) return not_auditable("limits for groups decide who is elected");
        STIMME_CHECK(share(entrants_, contest_.seats, false));
        const auto [winners, losers] = winners_and_losers();
        if (winners.size() < contest_.seats || losers.empty()) {
            for (const std::size_t winner : winners) has_a_vote(winner);
        }
        for (const std::size_t loser : losers) {
            if (winners.size() < contest_.seats) {
                has_no_vote(loser);
                continue;
            }
            for (const std::size_t winner : winners)
                add(Sum()
                        .add(claimants_[winner], 1)
                        .add(claimants_[loser], -1)
                        .above_zero(fmt::format("{} has more votes than {}", name(winner), name(loser))));
        }
        return {};
    }

    std::pair<Claims, Claims> winners_and_losers() const {
        std::pair<Claims, Claims> result;
        for (const std::size_t claim : entrants_)
            (seats_[claim] > 0 ? result.first : result.second).push_back(claim);
        return result;
    }

    // What the bare method gives these, into seats_. Errors: not-auditable where a lot decides.
    Status share(const Claims& some, std::uint64_t seats, bool capped) {
        election::SeatRules bare;
        bare.method = rules_.method;
        std::vector<Claim> taking_part;
        for (const std::size_t claim : some) {
            taking_part.push_back(claims_[claim]);
            if (!capped) taking_part.back().candidates.reset();
        }
        const Apportionment found = apportion(bare, seats, taking_part, {});
        if (found.open_tie) return not_auditable("a lot decides about seats");
        for (std::size_t i = 0; i < some.size(); ++i) seats_[some[i]] = found.seats[i];
        return {};
    }

    bool capped() const { return rules_.exhausted == Exhausted::next_quotient; }
    bool full(std::size_t claim) const { return capped() && seats_[claim] >= *claims_[claim].candidates; }

    // Each seat's quotient is above the next one of everybody else who can take another seat.
    Status quotients() {
        STIMME_CHECK(share(entrants_, contest_.seats, capped()));
        std::uint64_t given = 0;
        for (const std::size_t claim : entrants_) given += seats_[claim];
        const auto divisor = [&](std::uint64_t seats_before) {
            const std::uint64_t step = rules_.method == SeatMethod::sainte_lague ? 2 : 1;
            return static_cast<std::int64_t>(step * seats_before + 1);
        };
        for (const std::size_t a : entrants_) {
            if (seats_[a] == 0) {
                if (given < contest_.seats && !full(a)) has_no_vote(a);
                continue;
            }
            bool compared = false;
            for (const std::size_t b : entrants_) {
                if (a == b || full(b) || given < contest_.seats) continue;
                compared = true;
                add(Sum()
                        .add(claimants_[a], divisor(seats_[b]))
                        .add(claimants_[b], -divisor(seats_[a] - 1))
                        .above_zero(before(a, b)));
            }
            if (!compared) has_a_vote(a);
        }
        return {};
    }

    std::string before(std::size_t a, std::size_t b) const {
        return fmt::format("seat {} of {} comes before seat {} of {}", seats_[a], name(a), seats_[b] + 1,
                           name(b));
    }

    // As the count does: lists that are full are set aside, and the others share the rest anew.
    Status quotas() {
        Claims open = entrants_;
        std::uint64_t left = contest_.seats;
        while (left > 0 && !open.empty()) {
            STIMME_CHECK(share(open, left, false));
            shares_are_these(open, left);
            Claims still_open;
            for (const std::size_t claim : open) {
                if (capped() && seats_[claim] > *claims_[claim].candidates) {
                    seats_[claim] = *claims_[claim].candidates;
                    left -= seats_[claim];
                } else {
                    still_open.push_back(claim);
                }
            }
            if (still_open.size() == open.size()) break;
            for (const std::size_t claim : still_open) seats_[claim] = 0;
            open = std::move(still_open);
        }
        return {};
    }

    // With shares S·v/V: each one's share without their last seat is above everybody else's beyond theirs.
    void shares_are_these(const Claims& open, std::uint64_t seats) {
        const auto all = static_cast<std::int64_t>(seats);
        const bool votes = std::any_of(open.begin(), open.end(),
                                       [&](std::size_t claim) { return claims_[claim].votes > 0; });
        for (const std::size_t a : open) {
            if (!votes) has_no_vote(a);
            if (seats_[a] == 0) continue;
            if (open.size() == 1) has_a_vote(a);
            for (const std::size_t b : open) {
                if (a == b) continue;
                Sum sum;
                sum.add(claimants_[a], all).add(claimants_[b], -all);
                const auto more = static_cast<std::int64_t>(seats_[a]) - static_cast<std::int64_t>(seats_[b]);
                for (const std::size_t each : open) sum.add(claimants_[each], 1 - more);
                add(sum.above_zero(before(a, b)));
                if (terms_ > max_terms) return;
            }
        }
    }

    // It may not come into play, neither here nor in any totals on which the assertions hold.
    Status majority_clause() {
        if (rules_.majority_clause == MajorityClause::none) return {};
        for (const std::size_t claim : entrants_) {
            if (2 * seats_[claim] > contest_.seats) continue;
            Sum sum;
            for (const std::size_t each : entrants_) sum.add(claimants_[each], 1);
            const Assertion no_majority =
                sum.add(claimants_[claim], -2)
                    .at_least_zero(name(claim) + " has no more than half of all votes");
            if (!no_majority.holds(totals_)) return not_auditable("the majority clause gives seats");
            add(no_majority);
        }
        return {};
    }

    // Those elected before those who aren't; where votes are equal, the order of the list decides.
    void order_on_lists() {
        for (std::size_t claim = 0; claim < claimants_.size(); ++claim) {
            const std::vector<Candidate>& candidates = claimants_[claim].candidates;
            Claims order;
            for (std::size_t i = 0; i < candidates.size(); ++i) order.push_back(i);
            std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
                return candidates[a].votes(totals_) > candidates[b].votes(totals_);
            });
            const std::size_t elected = std::min<std::size_t>(seats_[claim], order.size());
            for (std::size_t i = 0; i < elected; ++i) {
                for (std::size_t j = elected; j < order.size(); ++j)
                    comes_first(candidates, order[i], order[j]);
            }
        }
    }

    void comes_first(const std::vector<Candidate>& candidates, std::size_t a, std::size_t b) {
        const Sum sum = Sum().add(candidates[a], 1).add(candidates[b], -1);
        const std::string& first = candidates[a].id.str();
        const std::string& second = candidates[b].id.str();
        add(a < b ? sum.at_least_zero(fmt::format("{} has no fewer votes than {}", first, second))
                  : sum.above_zero(fmt::format("{} has more votes than {}", first, second)));
    }

    const election::Contest& contest_;
    const election::SeatRules& rules_;
    std::span<const std::uint64_t> totals_;
    std::vector<Claimant> claimants_;
    std::vector<Claim> claims_;
    std::vector<std::uint64_t> seats_;  // by claim; without regard to candidates where seats stay empty
    Claims entrants_;                   // who reaches the threshold
    Claims left_out_;
    std::size_t terms_ = 0;
    std::vector<Assertion> result_;
};

}  // namespace

SignedWide Assertion::sum(std::span<const std::uint64_t> totals) const {
    SignedWide result = 0;
    for (const Term& term : terms) result += SignedWide{term.factor} * totals[term.position];
    return result;
}

SignedWide Assertion::least_of_a_ballot(const election::Contest& contest) const {
    std::vector<std::int64_t> factors;
    for (const Term& term : terms) {
        if (term.factor < 0) factors.push_back(term.factor);
    }
    std::sort(factors.begin(), factors.end());
    SignedWide least = 0;
    unsigned left = contest.votes_per_voter;
    for (const std::int64_t factor : factors) {
        const unsigned votes = std::min(left, contest.votes_per_option);
        least += SignedWide{factor} * votes;
        left -= votes;
    }
    return least;
}

Result<std::vector<Assertion>> assertions(const election::Contest& contest,
                                          std::span<const std::uint64_t> totals) {
    assert(totals.size() == contest.positions());
    return Collector(contest, totals).run();
}

}  // namespace stimme::tally
