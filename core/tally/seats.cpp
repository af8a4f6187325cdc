#include "core/tally/seats.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "core/tally/claimants.h"
#include "core/tally/counting.h"

namespace stimme::tally {
namespace {

using election::SeatMethod;

std::vector<Lot> lots_of(const ContestId& contest, std::span<const events::LotDrawn> lots) {
    std::vector<Lot> result;
    for (const events::LotDrawn& drawn : lots) {
        if (drawn.contest != contest) continue;
        Lot lot{{drawn.seats, {}}, {}};
        for (const OptionId& id : drawn.between) lot.tie.between.push_back(id.str());
        for (const OptionId& id : drawn.drawn) lot.drawn.push_back(id.str());
        result.push_back(std::move(lot));
    }
    return result;
}

std::optional<OpenTie> open_tie(const std::optional<Tie>& tie) {
    if (!tie) return std::nullopt;
    OpenTie open{tie->seats, {}};
    for (const std::string& id : tie->between) open.between.emplace_back(id);
    return open;
}

class MostVotesCount {
  public:
    MostVotesCount(const election::Contest& contest, std::span<const std::uint64_t> totals)
        : contest_(contest), claims_(claims(claimants(contest), totals)) {}

    Apportionment apportionment(std::span<const Lot> lots) const {
        return apportion(contest_.seat_rules, contest_.seats, claims_, lots);
    }

    Seats seats(Apportionment found) const {
        Seats seats;
        for (const std::size_t claim : found.elected) seats.elected.emplace_back(claims_[claim].id);
        seats.open_tie = open_tie(found.open_tie);
        seats.empty = found.empty;
        seats.steps = std::move(found.steps);
        if (contest_.substitutes == election::Substitutes::next) add_substitutes(seats, found.seats);
        return seats;
    }

  private:
    void add_substitutes(Seats& seats, const std::vector<std::uint64_t>& seated) const {
        std::vector<std::size_t> rest;
        for (std::size_t i = 0; i < claims_.size(); ++i) {
            const auto tied = [&](const OpenTie& tie) {
                return std::find(tie.between.begin(), tie.between.end(), OptionId(claims_[i].id)) !=
                       tie.between.end();
            };
            if (claims_[i].votes > 0 && seated[i] == 0 && !(seats.open_tie && tied(*seats.open_tie)))
                rest.push_back(i);
        }
        std::stable_sort(rest.begin(), rest.end(),
                         [&](std::size_t a, std::size_t b) { return claims_[a].votes > claims_[b].votes; });
        for (const std::size_t claim : rest) seats.substitutes.emplace_back(claims_[claim].id);
        tell_equal_substitutes(seats, rest);
    }

    // No lot is due for them yet; it will be when one of them is to follow.
    void tell_equal_substitutes(Seats& seats, const std::vector<std::size_t>& rest) const {
        for (std::size_t begin = 0; begin < rest.size();) {
            std::size_t end = begin + 1;
            while (end < rest.size() && claims_[rest[end]].votes == claims_[rest[begin]].votes) ++end;
            if (end - begin > 1) {
                const std::vector<std::size_t> equal(rest.begin() + static_cast<std::ptrdiff_t>(begin),
                                                     rest.begin() + static_cast<std::ptrdiff_t>(end));
                seats.steps.push_back(
                    {fmt::format("Equal among the substitutes: {}; a lot decides when one of "
                                 "them is to follow.",
                                 names_of(claims_, equal)),
                     {}});
            }
            begin = end;
        }
    }

    const election::Contest& contest_;
    std::vector<Claim> claims_;
};

// Lists and single candidates, each a list of one.
class ListCount {
  public:
    ListCount(const election::Contest& contest, std::span<const std::uint64_t> totals)
        : contest_(contest), claimants_(claimants(contest)), claims_(claims(claimants_, totals)) {
        if (contest.list_order != election::ListOrder::votes) return;
        for (Claimant& claimant : claimants_) {
            std::stable_sort(
                claimant.candidates.begin(), claimant.candidates.end(),
                [&](const Candidate& a, const Candidate& b) { return a.votes(totals) > b.votes(totals); });
        }
    }

    Apportionment apportionment(std::span<const Lot> lots) const {
        if (contest_.seat_rules.method == SeatMethod::yes_no) return yes_or_no();
        return apportion(contest_.seat_rules, contest_.seats, claims_, lots);
    }

    Seats seats(Apportionment found) const {
        Seats seats;
        seats.open_tie = open_tie(found.open_tie);
        seats.empty = found.empty;
        seats.steps = std::move(found.steps);
        const std::size_t lists =
            contest_.seat_rules.method == SeatMethod::yes_no ? contest_.lists.size() : claims_.size();
        for (std::size_t i = 0; i < lists; ++i) {
            ListSeats list = persons_of(i, found.seats[i]);
            seats.elected.insert(seats.elected.end(), list.elected.begin(), list.elected.end());
            seats.lists.push_back(std::move(list));
        }
        return seats;
    }

  private:
    // The first claim is the list, the second one what is against it (D21).
    Apportionment yes_or_no() const {
        const Claim& list = claims_[0];
        const std::uint64_t no = claims_[1].votes;
        Apportionment result;
        result.seats.resize(claims_.size());
        if (list.votes > no) result.seats[0] = std::min<std::uint64_t>(contest_.seats, *list.candidates);
        result.empty = contest_.seats - result.seats[0];
        result.steps.push_back({fmt::format("{} yes, {} no: {} {}.", list.votes, no, list.id,
                                            list.votes > no ? "is elected" : "isn't elected"),
                                {}});
        return result;
    }

    ListSeats persons_of(std::size_t claim, std::uint64_t seats) const {
        ListSeats list{OptionId(claims_[claim].id), claims_[claim].votes, seats, {}, {}};
        for (const Candidate& person : claimants_[claim].candidates) {
            if (list.elected.size() < seats) {
                list.elected.push_back(person.id);
            } else if (contest_.substitutes == election::Substitutes::next) {
                list.substitutes.push_back(person.id);
            }
        }
        return list;
    }

    const election::Contest& contest_;
    std::vector<Claimant> claimants_;  // their candidates in the order in which they get seats
    std::vector<Claim> claims_;
};

// Calls use(count) with the count that the contest's method asks for.
template <class Use>
auto with_count(const election::Contest& contest, std::span<const std::uint64_t> totals, Use use) {
    assert(totals.size() == contest.positions());
    if (contest.seat_rules.has_lists()) return use(ListCount(contest, totals));
    return use(MostVotesCount(contest, totals));
}

Apportionment apportionment(const election::Contest& contest, std::span<const std::uint64_t> totals,
                            std::span<const events::LotDrawn> lots) {
    return with_count(contest, totals,
                      [&](const auto& count) { return count.apportionment(lots_of(contest.id, lots)); });
}

}  // namespace

Seats assign_seats(const election::Contest& contest, std::span<const std::uint64_t> totals,
                   std::span<const events::LotDrawn> lots) {
    return with_count(contest, totals, [&](const auto& count) {
        return count.seats(count.apportionment(lots_of(contest.id, lots)));
    });
}

Status check_lot(const election::Contest& contest, std::span<const std::uint64_t> totals,
                 std::span<const events::LotDrawn> earlier, const events::LotDrawn& lot) {
    assert(lot.contest == contest.id);
    const Apportionment before = apportionment(contest, totals, earlier);
    if (!before.open_tie)
        return conflict("lot-not-due", fmt::format("contest \"{}\" has no open tie", contest.id.str()));
    std::vector<events::LotDrawn> all(earlier.begin(), earlier.end());
    all.push_back(lot);
    const std::vector<std::size_t> due = apportionment(contest, totals, all).lots;
    if (std::find(due.begin(), due.end(), lots_of(contest.id, earlier).size()) != due.end()) return {};
    return conflict("lot-wrong", fmt::format("{} of exactly the {} with equal votes must be drawn",
                                             before.open_tie->seats, before.open_tie->between.size()));
}

}  // namespace stimme::tally
