// How votes become seats, as data: `seat_method` and `seat_rules` of a contest (docs/protocol.md, section
// 2.4). The count follows them in core/tally/apportionment.h.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_fields.h"

namespace stimme::election {

enum class SeatMethod {
    most_votes,     // one seat to each of those with most votes
    sainte_lague,   // votes divided by 1, 3, 5, ...; the highest quotients get the seats
    dhondt,         // votes divided by 1, 2, 3, ...; likewise
    hare_niemeyer,  // whole parts of votes x seats / all votes, then the largest remainders
    yes_no,         // the only list gets all seats when it has more yes than no
};
// "most-votes", "sainte-lague", "dhondt", "hare-niemeyer", "yes-no".
std::string_view to_string(SeatMethod method);

// What a list needs to take part: so many votes, or so much of all votes, or more.
struct Threshold {
    enum class Unit { votes, percent, per_mille };
    Unit unit = Unit::votes;
    std::uint64_t least = 0;

    // In whole numbers, whatever they are.
    bool reached(std::uint64_t votes, std::uint64_t all_votes) const;
    bool operator==(const Threshold&) const = default;
};

// For a list with more than half of the votes of those who take part, but not more than half of the seats.
enum class MajorityClause {
    none,
    within_seats,  // it gets just more than half of the seats; the others share the rest
    extra_seats,   // it gets further seats until it has more than half; the board grows by them
};

// Where a list gets more seats than it has candidates.
enum class Exhausted {
    next_quotient,  // they go to the others, as the method goes on
    stay_empty,
};

// How many of the elected may or must be of a group (a nationality, an origin, ...).
struct GroupLimit {
    std::optional<std::string> group;  // none: each group that has no limit of its own
    unsigned least = 0;                // as far as so many have votes
    std::optional<unsigned> most;

    bool operator==(const GroupLimit&) const = default;
};

struct SeatRules {
    SeatMethod method = SeatMethod::most_votes;
    std::optional<Threshold> threshold;
    MajorityClause majority_clause = MajorityClause::none;
    Exhausted exhausted = Exhausted::next_quotient;
    std::vector<GroupLimit> limits;

    bool has_lists() const { return method != SeatMethod::most_votes; }
    bool operator==(const SeatRules&) const = default;
};

constexpr std::size_t max_group_bytes = 64;

// Takes `threshold`, `majority_clause`, `exhausted` and `limits`, each where it is there, for the method that
// `rules` has. Notes a problem for each that is wrong or that the method can't have (D21, D22).
void read_seat_rules(json::Fields& in, SeatRules& rules, std::uint64_t seats);

}  // namespace stimme::election
