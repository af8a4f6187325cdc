// Honest records of any size: real ballots with valid proofs, real passes, every signature, from the sealing
// to the certificate. Ballots are made on all threads and written as they are made; what is kept in memory is
// what a ballot leaves in the lists and the tree, about 500 bytes.
//
// Thread rule: belongs to one thread, which starts others while it works.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace stimme::bench {

struct RecordPlan {
    std::uint64_t ballots = 1000;
    unsigned options = 15;
    unsigned votes = 3;
    // A file of a record has less than 4 GiB, so there are as many districts as it takes.
    std::uint64_t ballots_a_district = 100'000;
    unsigned threads = 2;
    std::uint64_t forged = 0;  // so many ballots, spread evenly, have one wrong proof each
};

// One of them, as the verifier must name it under V6.4. Everything else about it is right: the log, the files
// and the totals are those of this ballot.
struct ForgedBallot {
    std::string place;  // `ballots/d1/standard, ballot 17 (entry 37)`
    std::string code;
    std::string proof;  // contest and option: how the message begins
};

// Returns the forged ones. Throws when the folder can't be written.
std::vector<ForgedBallot> make_record(const std::filesystem::path& folder, const RecordPlan& plan);

}  // namespace stimme::bench
