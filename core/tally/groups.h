// Which ballots are counted together. A total over few ballots would tell how they were voted, so groups with
// fewer ballots than `min_ballots` are merged along the sealed forest of districts, for each contest by
// itself. Counted groups of a contest are disjoint, so none can be had from the others by subtraction
// (docs/protocol.md, section 8.1).
//
// Thread rule: values and pure functions.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/election/definition.h"
#include "core/events/state.h"

namespace stimme::tally {

// The ballots of one style from the stations of one district.
struct BaseGroup {
    DistrictId district;
    StyleId style;
    auto operator<=>(const BaseGroup&) const = default;
};
// "nord/standard".
std::string to_string(const BaseGroup& group);

// In the order of the definition: every district with a station, and in it every style.
std::vector<BaseGroup> base_groups(const election::ValidDefinition& definition);
// Those whose style has the contest. REQUIRES: contest is an index of the definition.
std::vector<BaseGroup> base_groups(const election::ValidDefinition& definition, std::size_t contest);

// The rule itself, for electronic and for paper ballots alike: what lies together before it, ...
struct Part {
    DistrictId district;
    std::string name;
    std::uint64_t ballots = 0;
};
// ... and what is counted together by it.
struct MergedParts {
    std::vector<std::size_t> parts;  // ascending
    std::string name;                // of its parts, joined with "+"
    std::uint64_t ballots = 0;
    // False where even the whole has fewer than min_ballots and below_min_ballots is "cancel": this group is
    // never opened, and the contest has no result.
    bool opened = true;
};
// By their first part; each part is in exactly one. REQUIRES: parts in the order of the definition.
std::vector<MergedParts> merge_small(const election::ValidDefinition& definition,
                                     const std::vector<Part>& parts);

using BallotCounts = std::map<BaseGroup, std::uint64_t>;  // one that is missing has no ballots

// Ballots cast, as the log tells.
BallotCounts ballot_counts(const events::ElectionState& state);

struct CountedGroup {
    std::size_t contest;             // index in the definition
    std::vector<BaseGroup> members;  // in the order of the definition
    std::string name;                // of the members, joined with "+"
    std::uint64_t ballots;
    bool opened = true;  // as MergedParts

    bool operator==(const CountedGroup&) const = default;
};

// The counted groups of a contest, by their first member. Every base group of the contest is in exactly one.
std::vector<CountedGroup> counted_groups(const election::ValidDefinition& definition, std::size_t contest,
                                         const BallotCounts& counts);
// Those of all contests, in order.
std::vector<CountedGroup> counted_groups(const election::ValidDefinition& definition,
                                         const BallotCounts& counts);

}  // namespace stimme::tally
