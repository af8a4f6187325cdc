#include "core/tally/seats.h"

#include <algorithm>
#include <cassert>
#include <set>

#include <fmt/format.h>

namespace stimme::tally {
namespace {

struct Candidate {
    OptionId id;
    std::uint64_t votes;
};

// Options with votes, most first; equal ones in the order of the definition.
std::vector<Candidate> ranking(const election::Contest& contest, std::span<const std::uint64_t> totals) {
    std::vector<Candidate> result;
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
        if (totals[i] > 0 && !contest.options[i].outside_sum) {
            result.push_back({contest.options[i].id, totals[i]});
        }
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const Candidate& a, const Candidate& b) { return a.votes > b.votes; });
    return result;
}

bool settles(const events::LotDrawn& lot, const OpenTie& tie) {
    const std::set<OptionId> drawn(lot.drawn.begin(), lot.drawn.end());
    return lot.seats == tie.seats && lot.between == tie.between && lot.drawn.size() == tie.seats &&
           drawn.size() == tie.seats && std::all_of(drawn.begin(), drawn.end(), [&](const OptionId& id) {
               return std::find(tie.between.begin(), tie.between.end(), id) != tie.between.end();
           });
}

class MostVotes final : public SeatMethod {
  public:
    Seats assign(const election::Contest& contest, std::span<const std::uint64_t> totals,
                 std::span<const events::LotDrawn> lots) const override {
        assert(totals.size() == contest.positions());
        Seats seats;
        const std::vector<Candidate> all = ranking(contest, totals);
        // Where the last seat and the first substitute have equal votes, these votes are the tie's.
        const bool tied =
            all.size() > contest.seats && all[contest.seats - 1].votes == all[contest.seats].votes;
        OpenTie tie{contest.seats, {}};
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (tied && all[i].votes == all[contest.seats].votes) {
                tie.between.push_back(all[i].id);
            } else if (i < contest.seats) {
                seats.elected.push_back(all[i].id);
            } else {
                seats.substitutes.push_back(all[i].id);
            }
        }
        tie.seats -= seats.elected.size();
        if (tied) settle(contest.id, tie, lots, seats);
        return seats;
    }

  private:
    static void settle(const ContestId& contest, const OpenTie& tie, std::span<const events::LotDrawn> lots,
                       Seats& seats) {
        const auto lot = std::find_if(lots.begin(), lots.end(), [&](const events::LotDrawn& candidate) {
            return candidate.contest == contest && settles(candidate, tie);
        });
        if (lot == lots.end()) {
            seats.open_tie = tie;
            return;
        }
        std::vector<OptionId> losers = tie.between;
        std::erase_if(losers, [&](const OptionId& id) {
            return std::find(lot->drawn.begin(), lot->drawn.end(), id) != lot->drawn.end();
        });
        seats.elected.insert(seats.elected.end(), lot->drawn.begin(), lot->drawn.end());
        seats.substitutes.insert(seats.substitutes.begin(), losers.begin(), losers.end());
    }
};

}  // namespace

const SeatMethod& seat_method(election::SeatMethod method) {
    static const MostVotes most_votes;
    switch (method) {
        case election::SeatMethod::most_votes:
            return most_votes;
    }
    return most_votes;
}

Seats assign_seats(const election::Contest& contest, std::span<const std::uint64_t> totals,
                   std::span<const events::LotDrawn> lots) {
    return seat_method(contest.seat_method).assign(contest, totals, lots);
}

Status check_lot(const election::Contest& contest, std::span<const std::uint64_t> totals,
                 std::span<const events::LotDrawn> earlier, const events::LotDrawn& lot) {
    assert(lot.contest == contest.id);
    const Seats seats = assign_seats(contest, totals, earlier);
    if (!seats.open_tie) {
        return conflict("lot-not-due", fmt::format("contest \"{}\" has no open tie", contest.id.str()));
    }
    if (!settles(lot, *seats.open_tie)) {
        return conflict("lot-wrong", fmt::format("{} of exactly the {} with equal votes must be drawn",
                                                 seats.open_tie->seats, seats.open_tie->between.size()));
    }
    return {};
}

}  // namespace stimme::tally
