#include "core/tally/tally.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace stimme::tally {
namespace {

std::vector<VerifiedShare> valid_shares(const ShareContext& context, const OpenGroup& group,
                                        std::span<const events::DecryptionShare> shares) {
    std::map<unsigned, VerifiedShare> by_trustee;
    for (const events::DecryptionShare& share : shares) {
        auto verified = verify_share(context, group, share);
        if (verified) by_trustee.emplace(verified->trustee(), *std::move(verified));
    }
    std::vector<VerifiedShare> result;
    for (auto& [trustee, share] : by_trustee) result.push_back(std::move(share));
    return result;
}

bool has_share_of(const GroupShares& group, unsigned trustee) {
    return std::any_of(group.shares.begin(), group.shares.end(),
                       [&](const VerifiedShare& share) { return share.trustee() == trustee; });
}

std::vector<VerifiedShare> shares_by(const GroupShares& group, const std::vector<unsigned>& trustees) {
    std::vector<VerifiedShare> result;
    for (const VerifiedShare& share : group.shares) {
        if (std::find(trustees.begin(), trustees.end(), share.trustee()) != trustees.end()) {
            result.push_back(share);
        }
    }
    return result;
}

// The totals of each opened group, by contest and name.
using Totals = std::map<std::pair<std::size_t, std::string>, std::vector<std::uint64_t>>;

Result<Totals> open_groups(const ShareContext& context, std::span<const GroupShares> groups,
                           const std::vector<unsigned>& trustees) {
    Totals totals;
    if (groups.empty()) return totals;
    std::uint64_t most = 0;
    for (const GroupShares& group : groups) {
        most = std::max(most, most_votes(context.definition, group.group.group));
    }
    const crypto::DiscreteLog log(context.keys.key, most);
    for (const GroupShares& group : groups) {
        STIMME_TRY(auto found, combine(context, group.group, shares_by(group, trustees), log));
        totals[{group.group.group.contest, group.group.group.name}] = std::move(found);
    }
    return totals;
}

}  // namespace

Result<std::vector<GroupShares>> collect_shares(const ShareContext& context, const GroupSums& sums,
                                                std::span<const events::DecryptionShare> shares) {
    STIMME_TRY(std::vector<OpenGroup> groups, groups_to_open(sums));
    std::vector<GroupShares> result;
    for (OpenGroup& group : groups) {
        auto valid = valid_shares(context, group, shares);
        result.push_back({std::move(group), std::move(valid)});
    }
    return result;
}

Result<std::vector<unsigned>> tally_trustees(const ShareContext& context,
                                             std::span<const GroupShares> groups) {
    if (groups.empty()) return std::vector<unsigned>();
    std::vector<unsigned> trustees;
    const std::size_t k = context.definition->trustees->threshold;
    for (unsigned l = 1; l <= context.keys.shares.size() && trustees.size() < k; ++l) {
        if (std::all_of(groups.begin(), groups.end(), [&](const auto& g) { return has_share_of(g, l); })) {
            trustees.push_back(l);
        }
    }
    if (trustees.size() == k) return trustees;
    const auto least = std::min_element(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
        return a.shares.size() < b.shares.size();
    });
    return conflict(
        "shares-missing",
        fmt::format("{} of the {} trustees that are needed have given all shares; group \"{}\" of "
                    "contest \"{}\" has {}",
                    trustees.size(), k, least->group.group.name,
                    context.definition->contests[least->group.group.contest].id.str(), least->shares.size()));
}

Result<events::Tally> make_tally(const ShareContext& context, const GroupSums& sums,
                                 std::span<const events::DecryptionShare> shares) {
    STIMME_TRY(const std::vector<GroupShares> groups, collect_shares(context, sums, shares));
    STIMME_TRY(const std::vector<unsigned> trustees, tally_trustees(context, groups));
    STIMME_TRY(Totals totals, open_groups(context, groups, trustees));
    const auto& definition = context.definition;
    events::Tally tally;
    for (const unsigned l : trustees) tally.trustees.push_back(definition->trustees->members[l - 1].id);
    for (const CountedGroup& group : counted_groups(definition, sums.counts())) {
        if (!group.opened) continue;
        auto& found = totals[{group.contest, group.name}];
        found.resize(definition->contests[group.contest].positions());
        tally.groups.push_back(
            {definition->contests[group.contest].id, group.name, group.ballots, std::move(found)});
    }
    return tally;
}

}  // namespace stimme::tally
