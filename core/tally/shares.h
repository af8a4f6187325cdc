// What a trustee gives towards a total: D_l = s_l·A for each position of a counted group, with a proof
// (docs/protocol.md, section 8.2). The proof binds it to the election, the log just after `polls-closed`, the
// group and the position, so no share is good for anything else.
//
// Before a trustee makes a share, their own program verifies the record and computes groups and sums itself;
// and it keeps the first `closing` it ever made a share for, and refuses any other.
//
// Thread rule: pure functions and values.
#pragma once

#include <vector>

#include "core/events/act.h"
#include "core/events/election_keys.h"
#include "core/events/trustee_secret.h"
#include "core/tally/accumulate.h"

namespace stimme::tally {

// A counted group with ballots, and their sums.
struct OpenGroup {
    CountedGroup group;
    PositionSums sums;
};

// What all shares of an election stand on.
struct ShareContext {
    election::ValidDefinition definition;
    events::ElectionKeys keys;
    events::LogView closing;  // the log just after polls-closed
};

// The groups that are to be decrypted: those with ballots, unless below_min_ballots forbids it.
// Errors: those of GroupSums::of.
Result<std::vector<OpenGroup>> groups_to_open(const GroupSums& sums);

// Errors: trustee-secret-differs, and that of check_sums.
Result<events::DecryptionShare> make_share(const ShareContext& context, const events::TrusteeSecret& secret,
                                           const OpenGroup& group, Random& random);

// A share whose proofs hold. Only verify_share makes one.
class VerifiedShare {
  public:
    unsigned trustee() const { return trustee_; }  // l
    const std::string& group() const { return group_; }
    std::size_t contest() const { return contest_; }
    const std::vector<crypto::Point>& points() const { return points_; }  // D_l for each position

  private:
    friend Result<VerifiedShare> verify_share(const ShareContext& context, const OpenGroup& group,
                                              const events::DecryptionShare& share);
    VerifiedShare(unsigned trustee, const CountedGroup& group, std::vector<crypto::Point> points)
        : trustee_(trustee), contest_(group.contest), group_(group.name), points_(std::move(points)) {}

    unsigned trustee_;
    std::size_t contest_;
    std::string group_;
    std::vector<crypto::Point> points_;
};

// (8.1). Errors: share-trustee (no trustee of that name), share-group (of another contest or group),
// share-count (not one for each position), share-proof (naming the position), and that of check_sums.
Result<VerifiedShare> verify_share(const ShareContext& context, const OpenGroup& group,
                                   const events::DecryptionShare& share);

}  // namespace stimme::tally
