// Adding up the ballots: ciphertexts of checked ballots become, for each counted group and position, one
// ciphertext of the total (docs/protocol.md, section 8.2). No ballot that wasn't checked gets in, and none is
// kept.
//
// Thread rule: a GroupSums belongs to one thread; each thread has its own, and they are added in the end.
#pragma once

#include <map>
#include <vector>

#include "core/ballot/check.h"
#include "core/crypto/elgamal.h"
#include "core/tally/groups.h"

namespace stimme::tally {

// One ciphertext for each position of a contest.
using PositionSums = std::vector<crypto::Ciphertext>;

// The sums of one base group, as values: for files and for other machines.
struct BaseSums {
    BaseGroup group;
    std::uint64_t ballots = 0;
    std::map<std::size_t, PositionSums> contests;  // by index in the definition

    bool operator==(const BaseSums&) const = default;
};

class GroupSums {
  public:
    explicit GroupSums(election::ValidDefinition definition);

    // Adds a ballot to the base group of its station and style.
    // REQUIRES: it was checked under this definition.
    void add(const ballot::CheckedBallot& ballot);
    // REQUIRES: of the same definition.
    void add(const GroupSums& other);
    // Errors: sums-invalid (no such group in the definition, or other contests or positions than it has).
    Status add(const BaseSums& other);
    // What was added, by group.
    std::vector<BaseSums> parts() const;

    const election::ValidDefinition& definition() const { return definition_; }
    // What was added so far.
    const BallotCounts& counts() const { return counts_; }

    // The sums of a counted group. Errors: ballots-differ (the group isn't counted over these ballots), and
    // that of check_sums.
    Result<PositionSums> of(const CountedGroup& group) const;

  private:
    struct StyleSums {
        std::map<std::size_t, std::vector<crypto::CiphertextSum>> contests;
    };
    StyleSums& sums_of(const BaseGroup& group);

    election::ValidDefinition definition_;
    std::map<StationId, DistrictId> districts_;
    std::map<StyleId, ballot::Layout> layouts_;
    std::map<BaseGroup, StyleSums> sums_;
    BallotCounts counts_;
};

// That no position of a group with ballots has A = infinity: nobody could open it, and any proof over it
// would hold. Errors: tally-sum-infinite, naming the position; only ballots made to cancel each other out
// come to that.
Status check_sums(const election::ValidDefinition& definition, const CountedGroup& group,
                  const PositionSums& sums);

// `contest "board", group "nord/standard", "c07"`, for messages.
std::string place(const election::ValidDefinition& definition, const CountedGroup& group,
                  std::size_t position);

}  // namespace stimme::tally
