// Marks for options and lists, as votes for options (docs/protocol.md, section 2.5): votes for a list go to
// its people, and what is worth something on a paper ballot on which more is marked than allowed. The booth
// and the count of paper ballots share it.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/election/definition.h"

namespace stimme::ballot {

using Values = std::vector<std::uint16_t>;  // votes, one number for each position of a contest

// Gives the votes that `values` leaves to the people of a list, from the top, past those struck.
// REQUIRES: values and struck have one member for each position.
void give_rest_to_list(const election::Contest& contest, std::string_view list,
                       const std::vector<bool>& struck, Values& values);

// What is marked on a paper ballot.
struct Marks {
    std::vector<std::uint64_t> votes;  // by position
    std::vector<bool> struck;          // by position
    std::vector<std::string> lists;    // marked ones, by id
    bool spoiled = false;              // invalid for another reason than its marks, as its board found
};

struct PaperBallot {
    Values
        values;  // the invalid option's is 1 where nothing counts; all are 0 where that isn't offered either
    std::string why;  // in words, which rules were used; empty where all was as it should be
};

// REQUIRES: votes and struck have one member for each position, and lists are the contest's.
PaperBallot read_paper_ballot(const election::Contest& contest, const Marks& marks);

}  // namespace stimme::ballot
