#include "core/tally/apportionment.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/tally/counting.h"

namespace stimme::tally {
namespace {

using election::Exhausted;
using election::MajorityClause;
using election::SeatMethod;

// "1868 2/3", "1868" or "2/3".
std::string fraction(Wide numerator, Wide denominator) {
    const auto whole = static_cast<std::uint64_t>(numerator / denominator);
    const auto rest = static_cast<std::uint64_t>(numerator % denominator);
    if (rest == 0) return std::to_string(whole);
    const std::string part = fmt::format("{}/{}", rest, static_cast<std::uint64_t>(denominator));
    return whole == 0 ? part : fmt::format("{} {}", whole, part);
}

// What a method makes of the votes, before and after the majority clause.
struct Distribution {
    std::vector<std::uint64_t> seats;  // by claim; with an open tie those that are certain
    std::optional<Tied> tied;
    std::vector<Step> steps;
};

// Seats among lists. A list that is full takes part no more.
struct Question {
    std::span<const Claim> claims;
    Claims entrants;
    std::uint64_t seats = 0;
    bool capped = false;  // by the numbers of candidates
    // A list that the majority clause gives more than half of the seats, and how many that are.
    std::optional<std::size_t> favoured;
    std::uint64_t favoured_seats = 0;

    std::uint64_t cap(std::size_t claim) const {
        return capped ? std::min(claims[claim].candidates.value_or(seats), seats) : seats;
    }
    std::uint64_t votes_of(const Claims& some) const {
        std::uint64_t sum = 0;
        for (const std::size_t claim : some) sum += claims[claim].votes;
        return sum;
    }
};

// Sainte-Laguë and D'Hondt: each seat goes to the highest quotient that has none yet.
class HighestQuotients {
  public:
    HighestQuotients(const Question& question, bool odd_divisors, Lots* lots)
        : q_(question), odd_(odd_divisors), lots_(lots) {
        result_.seats.resize(q_.claims.size());
        numbers_.resize(q_.claims.size());
    }

    Distribution run() {
        std::uint64_t left = q_.seats;
        if (q_.favoured) {
            result_.seats[*q_.favoured] = std::min(q_.favoured_seats, q_.cap(*q_.favoured));
            left -= result_.seats[*q_.favoured];
        }
        shared_ = left;
        while (left > 0) {
            const Claims top = highest();
            if (top.empty()) break;
            if (top.size() > left) {
                give_by_lot({left, top});
                break;
            }
            left -= top.size();
            give(top);
        }
        result_.steps.insert(result_.steps.begin(), table());
        return std::move(result_);
    }

  private:
    std::uint64_t divisor(std::uint64_t seats_before) const {
        return odd_ ? 2 * seats_before + 1 : seats_before + 1;
    }

    // Whose next quotient is highest, all of them.
    Claims highest() const {
        Claims top;
        for (const std::size_t claim : q_.entrants) {
            const std::uint64_t seats = result_.seats[claim];
            if (q_.claims[claim].votes == 0 || seats >= q_.cap(claim) || claim == q_.favoured) continue;
            if (!top.empty()) {
                const Wide mine = Wide{q_.claims[claim].votes} * divisor(result_.seats[top[0]]);
                const Wide best = Wide{q_.claims[top[0]].votes} * divisor(seats);
                if (mine < best) continue;
                if (mine > best) top.clear();
            }
            top.push_back(claim);
        }
        return top;
    }

    void give(const Claims& claims) {
        const std::uint64_t last = given_ + claims.size();
        const std::string number =
            claims.size() == 1 ? fmt::format("[{}]", last) : fmt::format("[{}-{}]", given_ + 1, last);
        for (const std::size_t claim : claims) {
            numbers_[claim].push_back(number);
            ++result_.seats[claim];
        }
        given_ = last;
    }

    void give_by_lot(const Tied& tied) {
        const auto drawn = lots_ != nullptr ? lots_->take(tied) : std::nullopt;
        for (const std::size_t claim : tied.between) numbers_[claim].push_back("[tied]");
        result_.steps.push_back(tie_step(q_.claims, tied, drawn));
        if (!drawn) {
            result_.tied = tied;
            return;
        }
        for (const std::size_t claim : *drawn) ++result_.seats[claim];
    }

    // A column for each list, a row for each divisor, down to the first one without a seat. Quotients with a
    // seat have its number behind them.
    Step table() const {
        Step step{
            fmt::format("Votes divided by {}; {} for the highest quotients, with its number behind each:",
                        odd_ ? "1, 3, 5, ..." : "1, 2, 3, ...", seats_text(shared_)),
            {{"divisor"}}};
        std::size_t rows = 1;
        for (const std::size_t claim : q_.entrants) {
            if (q_.claims[claim].votes == 0 || claim == q_.favoured) continue;
            step.table[0].push_back(q_.claims[claim].id);
            rows = std::max(rows, numbers_[claim].size() + 1);
        }
        for (std::size_t row = 0; row < rows; ++row) {
            std::vector<std::string> cells{std::to_string(divisor(row))};
            for (const std::size_t claim : q_.entrants) {
                if (q_.claims[claim].votes > 0 && claim != q_.favoured) cells.push_back(cell(claim, row));
            }
            step.table.push_back(std::move(cells));
        }
        return step;
    }

    std::string cell(std::size_t claim, std::size_t row) const {
        const auto& numbers = numbers_[claim];
        if (row > numbers.size()) return "";
        if (row >= q_.cap(claim)) return "no candidate";
        const std::string quotient = fraction(q_.claims[claim].votes, divisor(row));
        return row < numbers.size() ? quotient + " " + numbers[row] : quotient;
    }

    const Question& q_;
    const bool odd_;
    Lots* lots_;  // nullptr: none are drawn
    Distribution result_;
    std::vector<std::vector<std::string>> numbers_;  // of the seats of each list
    std::uint64_t shared_ = 0;
    std::uint64_t given_ = 0;
};

// Hare/Niemeyer: whole parts of the quotas, then the largest remainders. Lists that are full are set aside
// with their seats, and the others share the rest anew.
class LargestRemainders {
  public:
    LargestRemainders(const Question& question, Lots* lots) : q_(question), lots_(lots) {
        result_.seats.resize(q_.claims.size());
    }

    Distribution run() {
        Claims open;
        for (const std::size_t claim : q_.entrants) {
            if (q_.claims[claim].votes > 0) open.push_back(claim);
        }
        std::uint64_t left = q_.seats;
        while (left > 0 && !open.empty()) {
            const Round round = share(open, left);
            result_.steps.push_back(table(open, left, round));
            const Claims full = full_of(open, round);
            if (full.empty()) {
                finish(open, round);
                break;
            }
            for (const std::size_t claim : full) {
                result_.seats[claim] = q_.cap(claim);
                left -= q_.cap(claim);
                std::erase(open, claim);
            }
            result_.steps.push_back(
                {fmt::format("No further candidates: {}; set aside with as many seats as candidates.",
                             names_of(q_.claims, full)),
                 {}});
        }
        return std::move(result_);
    }

  private:
    struct Round {
        std::uint64_t votes = 0;
        std::vector<std::uint64_t> whole;  // by claim
        std::vector<Wide> rest;            // of votes x seats / all votes
        Claims by_rest;                    // who get one more
        std::optional<Tied> tied;
    };

    Round share(const Claims& open, std::uint64_t seats) const {
        Round round;
        round.votes = q_.votes_of(open);
        round.whole.resize(q_.claims.size());
        round.rest.resize(q_.claims.size());
        std::uint64_t left = seats;
        for (const std::size_t claim : open) {
            const Wide product = Wide{q_.claims[claim].votes} * seats;
            round.whole[claim] = static_cast<std::uint64_t>(product / round.votes);
            round.rest[claim] = product % round.votes;
            left -= round.whole[claim];
        }
        Claims order = open;
        if (q_.favoured && round.whole[*q_.favoured] < q_.favoured_seats &&
            std::erase(order, *q_.favoured) > 0 && left > 0) {
            round.by_rest.push_back(*q_.favoured);
            --left;
        }
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return round.rest[a] > round.rest[b]; });
        give_remainders(order, left, round);
        return round;
    }

    static void give_remainders(const Claims& order, std::uint64_t left, Round& round) {
        // The remainder that the last seat goes to, where the next one doesn't equal it.
        if (left == 0) return;
        const bool tied = left < order.size() && round.rest[order[left - 1]] == round.rest[order[left]];
        Tied tie{left, {}};
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (tied && round.rest[order[i]] == round.rest[order[left]]) {
                tie.between.push_back(order[i]);
            } else if (i < left) {
                round.by_rest.push_back(order[i]);
                --tie.seats;
            }
        }
        std::sort(tie.between.begin(), tie.between.end());
        if (tied) round.tied = tie;
    }

    // Those to whom more would be due than they have candidates, or might by lot.
    Claims full_of(const Claims& open, const Round& round) const {
        Claims full;
        for (const std::size_t claim : open) {
            std::uint64_t due = round.whole[claim];
            const auto in = [&](const Claims& some) {
                return std::find(some.begin(), some.end(), claim) != some.end();
            };
            if (in(round.by_rest) || (round.tied && in(round.tied->between))) ++due;
            if (due > q_.cap(claim)) full.push_back(claim);
        }
        return full;
    }

    void finish(const Claims& open, const Round& round) {
        for (const std::size_t claim : open) result_.seats[claim] = round.whole[claim];
        for (const std::size_t claim : round.by_rest) ++result_.seats[claim];
        if (!round.tied) return;
        const auto drawn = lots_ != nullptr ? lots_->take(*round.tied) : std::nullopt;
        result_.steps.push_back(tie_step(q_.claims, *round.tied, drawn));
        if (!drawn) {
            result_.tied = round.tied;
            return;
        }
        for (const std::size_t claim : *drawn) ++result_.seats[claim];
    }

    Step table(const Claims& open, std::uint64_t seats, const Round& round) const {
        Step step{fmt::format("Votes times {} divided by {} votes: the whole seats, then one more to the "
                              "largest remainders:",
                              seats_text(seats), round.votes),
                  {{"list", "votes", "votes x seats", "whole", "remainder", "one more"}}};
        for (const std::size_t claim : open) {
            const auto& more = round.by_rest;
            std::string one_more = std::find(more.begin(), more.end(), claim) != more.end() ? "1" : "";
            if (round.tied) {
                const auto& tied = round.tied->between;
                if (std::find(tied.begin(), tied.end(), claim) != tied.end()) one_more = "tied";
            }
            step.table.push_back({q_.claims[claim].id, std::to_string(q_.claims[claim].votes),
                                  fmt::format("{}", Wide{q_.claims[claim].votes} * seats),
                                  std::to_string(round.whole[claim]),
                                  fmt::format("{}/{}", round.rest[claim], round.votes), one_more});
        }
        return step;
    }

    const Question& q_;
    Lots* lots_;  // nullptr: none are drawn
    Distribution result_;
};

Distribution distribute(SeatMethod method, const Question& question, Lots* lots) {
    if (method == SeatMethod::hare_niemeyer) return LargestRemainders(question, lots).run();
    return HighestQuotients(question, method == SeatMethod::sainte_lague, lots).run();
}

// The list with more than half of the votes of those who take part, if there is one.
std::optional<std::size_t> majority_of(const Question& q) {
    const Wide all = q.votes_of(q.entrants);
    for (const std::size_t claim : q.entrants) {
        if (Wide{q.claims[claim].votes} * 2 > all) return claim;
    }
    return std::nullopt;
}

bool has_majority(const Distribution& distribution, std::size_t claim, std::uint64_t seats) {
    return 2 * distribution.seats[claim] > seats;
}

// Proportional methods with the clauses around them.
class Proportional {
  public:
    Proportional(const election::SeatRules& rules, Question question, Lots& lots)
        : rules_(rules), q_(std::move(question)), lots_(lots) {}

    Apportionment run() {
        std::vector<Step> steps;
        if (rules_.majority_clause == MajorityClause::within_seats) favour_majority(steps);
        Distribution found = distribute(rules_.method, q_, &lots_);
        steps.insert(steps.end(), found.steps.begin(), found.steps.end());
        Apportionment result;
        result.seats = std::move(found.seats);
        if (found.tied) {
            result.open_tie = lots_.named(*found.tied);
        } else {
            add_extra_seats(result, steps);
            leave_empty(result, steps);
        }
        result.steps = std::move(steps);
        return result;
    }

  private:
    // Whatever a lot gave: a list that has more than half only by lot gets the seat without one, and the
    // others share the same rest.
    void favour_majority(std::vector<Step>& steps) {
        const auto majority = majority_of(q_);
        if (!majority) return;
        if (has_majority(distribute(rules_.method, q_, nullptr), *majority, q_.seats)) return;
        q_.favoured = majority;
        q_.favoured_seats = q_.seats / 2 + 1;
        steps.push_back(
            {fmt::format("{} has more than half of the votes, but wouldn't have more than half of "
                         "the seats: it gets {} of {}, and the others share the rest.",
                         q_.claims[*majority].id, q_.favoured_seats, q_.seats),
             {}});
    }

    void add_extra_seats(Apportionment& result, std::vector<Step>& steps) {
        const auto majority = majority_of(q_);
        if (rules_.majority_clause != MajorityClause::extra_seats || !majority) return;
        std::uint64_t& seats = result.seats[*majority];
        if (2 * seats > q_.seats) return;
        const std::uint64_t extra = q_.seats + 1 - 2 * seats;
        seats += extra;
        q_.seats += extra;
        steps.push_back(
            {fmt::format("{} has more than half of the votes, but not more than half of the seats: "
                         "it gets {} more, and the board has {}.",
                         q_.claims[*majority].id, extra, q_.seats),
             {}});
    }

    void leave_empty(Apportionment& result, std::vector<Step>& steps) const {
        std::uint64_t given = 0;
        for (const std::size_t claim : q_.entrants) {
            std::uint64_t& seats = result.seats[claim];
            const std::uint64_t candidates = q_.claims[claim].candidates.value_or(seats);
            if (seats > candidates) {
                steps.push_back({fmt::format("{} has {} candidate{} for {}.", q_.claims[claim].id, candidates,
                                             candidates == 1 ? "" : "s", seats_text(seats)),
                                 {}});
                seats = candidates;
            }
            given += seats;
        }
        result.empty = q_.seats - given;
        if (result.empty > 0)
            steps.push_back(
                {fmt::format("{} stay{} empty.", seats_text(result.empty), result.empty == 1 ? "s" : ""),
                 {}});
    }

    const election::SeatRules& rules_;
    Question q_;
    Lots& lots_;
};

Claims over_threshold(const election::SeatRules& rules, std::span<const Claim> claims,
                      std::vector<Step>& steps) {
    std::uint64_t all = 0;
    for (const Claim& claim : claims) all += claim.votes;
    Claims in;
    Claims out;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const bool reached = !rules.threshold || rules.threshold->reached(claims[i].votes, all);
        (reached ? in : out).push_back(i);
    }
    steps.push_back({fmt::format("{} votes in all.", all), {}});
    if (rules.threshold) {
        constexpr std::string_view units[] = {"votes", "percent of all votes", "per mille of all votes"};
        steps.push_back(
            {fmt::format("At least {} {} are needed; below that: {}.", rules.threshold->least,
                         units[static_cast<std::size_t>(rules.threshold->unit)], names_of(claims, out)),
             {}});
    }
    return in;
}

}  // namespace

Apportionment apportion(const election::SeatRules& rules, std::uint64_t seats, std::span<const Claim> claims,
                        std::span<const Lot> lots) {
    std::vector<Step> steps;
    Claims entrants = over_threshold(rules, claims, steps);
    Lots unused(claims, lots);
    Apportionment result;
    if (rules.method == SeatMethod::most_votes) {
        result = apportion_by_most_votes(rules, seats, claims, entrants, unused);
    } else {
        const bool capped = rules.exhausted == Exhausted::next_quotient;
        result =
            Proportional(rules, {claims, std::move(entrants), seats, capped, std::nullopt, 0}, unused).run();
    }
    result.lots = unused.taken();
    result.steps.insert(result.steps.begin(), steps.begin(), steps.end());
    return result;
}

}  // namespace stimme::tally
