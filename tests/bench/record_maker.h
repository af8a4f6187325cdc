// Honest records of any size: real ballots with valid proofs, real passes, every signature, from the sealing
// to the certificate. Ballots are made on all threads and written as they are made; what is kept in memory is
// what a ballot leaves in the lists and the tree, about 500 bytes.
//
// Thread rule: belongs to one thread, which starts others while it works.
#pragma once

#include <cstdint>
#include <filesystem>

namespace stimme::bench {

struct RecordPlan {
    std::uint64_t ballots = 1000;
    unsigned options = 15;
    unsigned votes = 3;
    // A file of a record has less than 4 GiB, so there are as many districts as it takes.
    std::uint64_t ballots_a_district = 100'000;
    unsigned threads = 2;
};

// Throws when the folder can't be written.
void make_record(const std::filesystem::path& folder, const RecordPlan& plan);

}  // namespace stimme::bench
