// The whole tally: which groups are opened, which trustees' shares open them, and the totals, as the entry
// `tally` must say them (docs/protocol.md, section 8). The server computes it to propose the entry, the
// verifier to compare.
//
// Thread rule: pure functions.
#pragma once

#include <span>
#include <vector>

#include "core/tally/combine.h"

namespace stimme::tally {

// How far the trustees are with one group.
struct GroupShares {
    OpenGroup group;
    std::vector<VerifiedShare> shares;  // by trustee
};

// The valid ones among `shares`, for each group that is to be opened. A share that isn't valid counts as not
// there; of two by one trustee the first counts. Errors: those of groups_to_open.
Result<std::vector<GroupShares>> collect_shares(const ShareContext& context, const GroupSums& sums,
                                                std::span<const events::DecryptionShare> shares);

// The k trustees of the lowest indices that have a valid share for every group; nobody where no group is to
// be opened. Errors: shares-missing, naming the group that lacks most.
Result<std::vector<unsigned>> tally_trustees(const ShareContext& context,
                                             std::span<const GroupShares> groups);

// The entry. Groups without ballots have totals of 0; groups that may not be opened are left out.
// Errors: those of collect_shares, tally_trustees and combine.
Result<events::Tally> make_tally(const ShareContext& context, const GroupSums& sums,
                                 std::span<const events::DecryptionShare> shares);

}  // namespace stimme::tally
