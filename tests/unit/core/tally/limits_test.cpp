// Most votes with limits for groups, against all sets of candidates that could be elected
// (core/tally/most_votes).
#include <algorithm>
#include <bit>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/tally/apportionment.h"

namespace stimme::tally {
namespace {

struct Case {
    election::SeatRules rules;
    std::uint64_t seats = 1;
    std::vector<Claim> claims;
};

Case draw_case(std::mt19937& random) {
    const std::string groups[] = {"", "x", "y", "z"};
    Case c;
    c.seats = 1 + random() % 4;
    const std::size_t count = 1 + random() % 7;
    for (std::size_t i = 0; i < count; ++i)
        c.claims.push_back(
            {std::string(1, static_cast<char>('a' + i)), random() % 4, {}, groups[random() % 4]});
    std::uint64_t left = c.seats;
    for (const char* group : {"x", "y"}) {
        election::GroupLimit limit;
        limit.group = group;
        limit.least = static_cast<unsigned>(random() % (left + 1));
        left -= limit.least;
        if (random() % 2 == 0) limit.most = std::max(1U, limit.least + static_cast<unsigned>(random() % 2));
        c.rules.limits.push_back(limit);
    }
    if (random() % 2 == 0) c.rules.limits.push_back({std::nullopt, 0, 1});
    return c;
}

// Sets of claims are bits of a number.
class AllSets {
  public:
    explicit AllSets(const Case& c) : c_(c) {
        for (std::uint32_t set = 0; set < (1U << c.claims.size()); ++set) {
            if (!fits(set)) continue;
            const auto votes = votes_of(set);
            if (best_.empty() || votes > best_votes_) {
                best_ = {set};
                best_votes_ = votes;
            } else if (votes == best_votes_) {
                best_.push_back(set);
            }
        }
    }

    // Those with the most votes: none has a higher first, and so on.
    const std::vector<std::uint32_t>& best() const { return best_; }

  private:
    const election::GroupLimit* limit_of(const std::string& group) const {
        const election::GroupLimit* each = nullptr;
        for (const auto& limit : c_.rules.limits) {
            if (limit.group == group) return &limit;
            if (!limit.group) each = &limit;
        }
        return group.empty() ? nullptr : each;
    }

    bool fits(std::uint32_t set) const {
        std::map<std::string, std::uint64_t> chosen, with_votes;
        for (std::size_t i = 0; i < c_.claims.size(); ++i) {
            const Claim& claim = c_.claims[i];
            const bool in = (set >> i & 1U) != 0;
            if (in && claim.votes == 0) return false;
            with_votes[claim.group] += claim.votes > 0 ? 1 : 0;
            chosen[claim.group] += in ? 1 : 0;
        }
        std::uint64_t taken = 0;
        for (const auto& [group, number] : chosen) {
            const auto* limit = limit_of(group);
            const std::uint64_t most = limit != nullptr && limit->most ? *limit->most : c_.seats;
            const std::uint64_t least =
                limit != nullptr ? std::min<std::uint64_t>({limit->least, with_votes[group], most}) : 0;
            if (number > most) return false;
            taken += std::max(number, least);
        }
        return taken <= c_.seats;
    }

    std::vector<std::uint64_t> votes_of(std::uint32_t set) const {
        std::vector<std::uint64_t> votes;
        for (std::size_t i = 0; i < c_.claims.size(); ++i) {
            if ((set >> i & 1U) != 0) votes.push_back(c_.claims[i].votes);
        }
        std::sort(votes.rbegin(), votes.rend());
        return votes;
    }

    const Case& c_;
    std::vector<std::uint32_t> best_;
    std::vector<std::uint64_t> best_votes_;
};

std::uint32_t bits(const std::vector<std::size_t>& claims) {
    std::uint32_t set = 0;
    for (const std::size_t claim : claims) set |= 1U << claim;
    return set;
}
std::uint32_t bits(const Case& c, const std::vector<std::string>& names) {
    std::uint32_t set = 0;
    for (std::size_t i = 0; i < c.claims.size(); ++i) {
        if (std::find(names.begin(), names.end(), c.claims[i].id) != names.end()) set |= 1U << i;
    }
    return set;
}

TEST(Limits, ElectedAreInEveryBestSetAndTheTiedInSomeOfThem) {
    std::mt19937 random(9);
    std::size_t ties = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Case c = draw_case(random);
        const AllSets sets(c);
        const Apportionment found = apportion(c.rules, c.seats, c.claims, {});
        const std::uint32_t elected = bits(found.elected);
        for (const std::uint32_t best : sets.best()) ASSERT_EQ(best & elected, elected);
        if (!found.open_tie) {
            ASSERT_EQ(sets.best(), std::vector<std::uint32_t>{elected});
            ASSERT_EQ(found.empty + found.elected.size(), c.seats);
            continue;
        }
        ++ties;
        const std::uint32_t tied = bits(c, found.open_tie->between);
        std::uint32_t some = 0, all = tied;
        for (const std::uint32_t best : sets.best()) {
            ASSERT_EQ(static_cast<std::uint64_t>(std::popcount(best & tied)), found.open_tie->seats);
            some |= best;
            all &= best;
        }
        ASSERT_EQ(some & tied, tied);
        ASSERT_EQ(all, 0U);
    }
    EXPECT_GT(ties, 1000U);
}

// Every lot that is accepted ends, with those after it, in a best set; and every best set can be drawn.
TEST(Limits, LotsLeadToTheBestSetsAndToNoOther) {
    std::mt19937 random(10);
    for (int i = 0; i < 2000; ++i) {
        const Case c = draw_case(random);
        const AllSets sets(c);
        for (const std::uint32_t wanted : sets.best()) {
            std::vector<Lot> lots;
            Apportionment found = apportion(c.rules, c.seats, c.claims, lots);
            while (found.open_tie) {
                Lot lot{*found.open_tie, {}};
                for (std::size_t k = 0; k < c.claims.size(); ++k) {
                    const bool in = (wanted & bits(c, lot.tie.between) & 1U << k) != 0;
                    if (in) lot.drawn.push_back(c.claims[k].id);
                }
                lots.push_back(lot);
                found = apportion(c.rules, c.seats, c.claims, lots);
                ASSERT_EQ(found.lots.size(), lots.size());
            }
            ASSERT_EQ(bits(found.elected), wanted);
        }
    }
}

TEST(Limits, LotsThatDoNotFitAreNone) {
    std::mt19937 random(11);
    std::size_t refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Case c = draw_case(random);
        const Apportionment open = apportion(c.rules, c.seats, c.claims, {});
        if (!open.open_tie) continue;
        Lot lot{*open.open_tie, open.open_tie->between};
        std::shuffle(lot.drawn.begin(), lot.drawn.end(), random);
        lot.drawn.resize(lot.tie.seats);
        const std::uint32_t drawn = bits(c, lot.drawn), tied = bits(c, lot.tie.between);
        const AllSets sets(c);
        const bool best = std::any_of(sets.best().begin(), sets.best().end(),
                                      [&](std::uint32_t set) { return (set & tied) == drawn; });
        const bool taken = !apportion(c.rules, c.seats, c.claims, std::vector{lot}).lots.empty();
        ASSERT_EQ(taken, best);
        refused += taken ? 0 : 1;
    }
    EXPECT_GT(refused, 10U);
}

}  // namespace
}  // namespace stimme::tally
