// Seats by most votes, with limits for groups (docs/protocol.md, section 8.3).
//
// Who may be elected together (no group above its `most`, and room enough left for every group's `least`) is
// a matroid, so whoever takes the candidates by votes, each where it still fits, gets the best that the
// limits allow, and of candidates with equal votes always the same number gets in. That makes ties exact:
// among equal ones, who is in every such choice is elected, who is in none isn't, and the lot is between the
// others.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/tally/counting.h"

namespace stimme::tally {
namespace {

// The seats as they fill.
class Places {
  public:
    Places(const election::SeatRules& rules, std::uint64_t seats, std::span<const Claim> claims,
           const Claims& candidates)
        : claims_(claims), free_(seats) {
        for (const std::size_t candidate : candidates) {
            Group& group = groups_[claims_[candidate].group];
            ++group.candidates;
        }
        for (auto& [name, group] : groups_) {
            if (const auto* limit = limit_of(rules, name)) {
                group.most = limit->most.value_or(seats);
                group.kept = std::min<std::uint64_t>({limit->least, group.candidates, group.most});
            } else {
                group.most = seats;
            }
            kept_ += group.kept;
        }
    }

    bool fits(std::size_t candidate) const {
        const Group& group = groups_.at(claims_[candidate].group);
        return group.most > 0 && (group.kept > 0 ? free_ > 0 : free_ > kept_);
    }
    // REQUIRES: it fits.
    void seat(std::size_t candidate) {
        Group& group = groups_.at(claims_[candidate].group);
        --group.most;
        --free_;
        if (group.kept > 0) {
            --group.kept;
            --kept_;
        }
    }
    std::uint64_t free() const { return free_; }

    // How many of `candidates` can be seated together.
    std::size_t room_for(const Claims& candidates) const {
        Places places = *this;
        std::size_t seated = 0;
        for (const std::size_t candidate : candidates) {
            if (!places.fits(candidate)) continue;
            places.seat(candidate);
            ++seated;
        }
        return seated;
    }

  private:
    struct Group {
        std::uint64_t candidates = 0;
        std::uint64_t most = 0;  // how many more it may get
        std::uint64_t kept = 0;  // seats that are kept for it
    };
    static const election::GroupLimit* limit_of(const election::SeatRules& rules, const std::string& name) {
        if (name.empty()) return nullptr;
        const election::GroupLimit* each = nullptr;
        for (const election::GroupLimit& limit : rules.limits) {
            if (limit.group == name) return &limit;
            if (!limit.group) each = &limit;
        }
        return each;
    }

    std::span<const Claim> claims_;
    std::map<std::string, Group> groups_;
    std::uint64_t free_;
    std::uint64_t kept_ = 0;
};

Claims without(const Claims& all, const Claims& some) {
    Claims rest;
    for (const std::size_t claim : all) {
        if (std::find(some.begin(), some.end(), claim) == some.end()) rest.push_back(claim);
    }
    return rest;
}

class MostVotes {
  public:
    MostVotes(const election::SeatRules& rules, std::uint64_t seats, std::span<const Claim> claims,
              std::span<const std::size_t> entrants, Lots& lots)
        : claims_(claims),
          ranking_(ranking(claims, entrants)),
          places_(rules, seats, claims, ranking_),
          lots_(lots) {
        result_.seats.resize(claims.size());
        outcome_.resize(claims.size());
    }

    Apportionment run() {
        for (auto level = ranking_.begin(); level != ranking_.end() && !tied_;) {
            const auto end = std::find_if(level, ranking_.end(), [&](std::size_t claim) {
                return claims_[claim].votes != claims_[*level].votes;
            });
            seat_level(Claims(level, end));
            level = end;
        }
        result_.steps.push_back(table());
        result_.steps.insert(result_.steps.end(), lot_steps_.begin(), lot_steps_.end());
        if (tied_) {
            result_.open_tie = lots_.named(*tied_);
        } else {
            result_.empty = places_.free();
        }
        return std::move(result_);
    }

  private:
    // Those with votes, most first.
    static Claims ranking(std::span<const Claim> claims, std::span<const std::size_t> entrants) {
        Claims result;
        for (const std::size_t entrant : entrants) {
            if (claims[entrant].votes > 0) result.push_back(entrant);
        }
        std::stable_sort(result.begin(), result.end(),
                         [&](std::size_t a, std::size_t b) { return claims[a].votes > claims[b].votes; });
        return result;
    }

    void elect(const Claims& claims, const std::string& how) {
        for (const std::size_t claim : claims) {
            places_.seat(claim);
            result_.seats[claim] = 1;
            result_.elected.push_back(claim);
            outcome_[claim] = how;
        }
    }

    // Candidates of equal votes.
    void seat_level(Claims level) {
        while (true) {
            const Claims out = out_of_room(level);
            for (const std::size_t claim : out) {
                if (places_.free() > 0) outcome_[claim] = "no seat left for the group";
            }
            level = without(level, out);
            if (level.empty()) return;
            const Claims certain = certain_of(level);
            elect(certain, "elected");
            level = without(level, certain);
            if (level.empty()) return;
            if (!certain.empty()) continue;
            const Tied tied = tie_within(level);
            const auto drawn = lots_.take(
                tied, [&](const Claims& claims) { return places_.room_for(claims) == claims.size(); });
            lot_steps_.push_back(tie_step(claims_, tied, drawn));
            if (!drawn) {
                for (const std::size_t claim : tied.between) outcome_[claim] = "tied";
                tied_ = tied;
                return;
            }
            for (const std::size_t claim : tied.between) outcome_[claim] = "not drawn";
            elect(*drawn, "elected by lot");
            level = without(level, tied.between);
        }
    }

    Claims out_of_room(const Claims& level) const {
        Claims out;
        for (const std::size_t claim : level) {
            if (!places_.fits(claim)) out.push_back(claim);
        }
        return out;
    }

    // Those without whom fewer would be seated.
    Claims certain_of(const Claims& level) const {
        const std::size_t room = places_.room_for(level);
        if (room == level.size()) return level;
        Claims certain;
        for (const std::size_t claim : level) {
            if (places_.room_for(without(level, {claim})) < room) certain.push_back(claim);
        }
        return certain;
    }

    // The first group whose seats don't depend on the others', else all.
    Tied tie_within(const Claims& level) const {
        const std::size_t room = places_.room_for(level);
        for (const std::size_t first : level) {
            Claims group;
            for (const std::size_t claim : level) {
                if (claims_[claim].group == claims_[first].group) group.push_back(claim);
            }
            const std::size_t own = places_.room_for(group);
            if (own + places_.room_for(without(level, group)) == room) return {own, group};
        }
        return {room, level};
    }

    Step table() const {
        const bool groups = std::any_of(ranking_.begin(), ranking_.end(),
                                        [&](std::size_t claim) { return !claims_[claim].group.empty(); });
        Step step{"By votes, most first:", {}};
        step.table.push_back(groups ? std::vector<std::string>{"candidate", "votes", "group", "outcome"}
                                    : std::vector<std::string>{"candidate", "votes", "outcome"});
        for (const std::size_t claim : ranking_) {
            std::vector<std::string> row{claims_[claim].id, std::to_string(claims_[claim].votes)};
            if (groups) row.push_back(claims_[claim].group);
            row.push_back(outcome_[claim]);
            step.table.push_back(std::move(row));
        }
        return step;
    }

    std::span<const Claim> claims_;
    Claims ranking_;
    Places places_;
    Lots& lots_;
    Apportionment result_;
    std::vector<std::string> outcome_;  // by claim
    std::vector<Step> lot_steps_;
    std::optional<Tied> tied_;
};

}  // namespace

Apportionment apportion_by_most_votes(const election::SeatRules& rules, std::uint64_t seats,
                                      std::span<const Claim> claims, std::span<const std::size_t> entrants,
                                      Lots& lots) {
    return MostVotes(rules, seats, claims, entrants, lots).run();
}

}  // namespace stimme::tally
