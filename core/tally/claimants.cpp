#include "core/tally/claimants.h"

namespace stimme::tally {
namespace {

Claimant list_claimant(const election::Contest& contest, const election::ListOfOptions& list) {
    Claimant claimant{OptionId(list.id), {}, {}, {}};
    for (const election::ListedCandidate& candidate : list.candidates)
        claimant.candidates.push_back({candidate.id, std::nullopt});
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
        const election::Option& option = contest.options[i];
        if (option.list != list.id || option.outside_sum) continue;
        claimant.positions.push_back(i);
        if (option.is_person()) claimant.candidates.push_back({option.id, i});
    }
    return claimant;
}

}  // namespace

Claim Claimant::claim(std::span<const std::uint64_t> totals) const {
    Claim claim{id.str(), 0, candidates.size(), group};
    for (const std::size_t position : positions) claim.votes += totals[position];
    return claim;
}

std::vector<Claimant> claimants(const election::Contest& contest) {
    std::vector<Claimant> result;
    const bool has_lists = contest.seat_rules.has_lists();
    if (has_lists) {
        for (const election::ListOfOptions& list : contest.lists)
            result.push_back(list_claimant(contest, list));
    }
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
        const election::Option& option = contest.options[i];
        if (option.is_person() && !(has_lists && option.list))
            result.push_back({option.id, {i}, {{option.id, i}}, option.group});
    }
    return result;
}

std::vector<Claim> claims(std::span<const Claimant> claimants, std::span<const std::uint64_t> totals) {
    std::vector<Claim> result;
    for (const Claimant& claimant : claimants) result.push_back(claimant.claim(totals));
    return result;
}

}  // namespace stimme::tally
