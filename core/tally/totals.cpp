#include "core/tally/totals.h"

#include <string>

#include <fmt/format.h>

namespace stimme::tally {
namespace {

__extension__ using Wide = unsigned __int128;

Error totals_wrong(const std::string& what) {
    return conflict("totals-wrong", what);
}

}  // namespace

Status check_totals(const election::Contest& contest, std::uint64_t ballots,
                    std::span<const std::uint64_t> totals) {
    if (totals.size() != contest.positions()) {
        return totals_wrong(
            fmt::format("{} totals; the contest has {} positions", totals.size(), contest.positions()));
    }
    Wide votes = 0, marks = 0;
    for (std::size_t i = 0; i < totals.size(); ++i) {
        if (totals[i] > Wide{contest.max_value(i)} * ballots) {
            return totals_wrong(fmt::format("{} votes for \"{}\" on {} ballots", totals[i],
                                            contest.position_name(i), ballots));
        }
        votes += Wide{contest.weight(i)} * totals[i];
        if (contest.weight(i) > 0) marks += totals[i];
    }
    if (votes > Wide{contest.votes_per_voter} * ballots) {
        return totals_wrong(fmt::format("more votes than {} ballots can give, with {} each", ballots,
                                        contest.votes_per_voter));
    }
    // Where nothing is marked, a ballot is an invalid one.
    if (contest.invalid_option && marks < ballots) {
        return totals_wrong(
            fmt::format("{} ballots, but only {} votes, invalid and blank ones together: each "
                        "ballot is at least one of these",
                        ballots, static_cast<std::uint64_t>(marks)));
    }
    return {};
}

}  // namespace stimme::tally
