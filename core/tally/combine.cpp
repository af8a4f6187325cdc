#include "core/tally/combine.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

namespace stimme::tally {
namespace {

// The k of the lowest indices.
Result<std::vector<const VerifiedShare*>> lowest(const ShareContext& context, const OpenGroup& group,
                                                 std::span<const VerifiedShare> shares) {
    const std::size_t k = context.definition->trustees->threshold;
    if (shares.size() < k) {
        return conflict("shares-missing", fmt::format("group \"{}\": {} of the {} shares that are needed",
                                                      group.group.name, shares.size(), k));
    }
    std::vector<const VerifiedShare*> chosen;
    for (const VerifiedShare& share : shares) {
        assert(share.group() == group.group.name && share.contest() == group.group.contest);
        chosen.push_back(&share);
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const auto* a, const auto* b) { return a->trustee() < b->trustee(); });
    chosen.resize(k);
    return chosen;
}

}  // namespace

std::uint64_t most_votes(const election::ValidDefinition& definition, const CountedGroup& group,
                         std::size_t position) {
    return definition->contests[group.contest].max_value(position) * group.ballots;
}

std::uint64_t most_votes(const election::ValidDefinition& definition, const CountedGroup& group) {
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < definition->contests[group.contest].positions(); ++i) {
        most = std::max(most, most_votes(definition, group, i));
    }
    return most;
}

// (8.2)
Result<std::vector<std::uint64_t>> combine(const ShareContext& context, const OpenGroup& group,
                                           std::span<const VerifiedShare> shares,
                                           const crypto::DiscreteLog& log) {
    STIMME_TRY(const auto chosen, lowest(context, group, shares));
    std::vector<std::uint32_t> indices;
    for (const VerifiedShare* share : chosen) indices.push_back(share->trustee());
    std::vector<std::uint64_t> totals;
    for (std::size_t i = 0; i < group.sums.size(); ++i) {
        std::vector<crypto::Point> points;
        for (const VerifiedShare* share : chosen) points.push_back(share->points()[i]);
        STIMME_TRY(const crypto::Point mask, crypto::interpolate_at_zero(indices, points));
        const auto total = log.find(group.sums[i].b - mask);
        if (!total || *total > most_votes(context.definition, group.group, i)) {
            return invalid("total-not-found",
                           place(context.definition, group.group, i) + ": it holds no possible total");
        }
        totals.push_back(*total);
    }
    return totals;
}

}  // namespace stimme::tally
