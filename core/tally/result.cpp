#include "core/tally/result.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "core/tally/groups.h"

namespace stimme::tally {
namespace {

void add(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& totals) {
    assert(sum.size() == totals.size());
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += totals[i];
}

Error tie_error(const election::Contest& contest, const OpenTie& tie) {
    std::string names;
    for (const OptionId& id : tie.between) names += (names.empty() ? "" : ", ") + id.str();
    return conflict("tie-open", fmt::format("contest \"{}\": a lot must say who of {} gets {} of the seats",
                                            contest.id.str(), names, tie.seats));
}

}  // namespace

Result<std::vector<std::uint64_t>> contest_totals(const election::ValidDefinition& definition,
                                                  std::size_t contest, const Figures& figures) {
    const ContestId& id = definition->contests[contest].id;
    std::vector<std::uint64_t> totals(definition->contests[contest].positions());
    std::size_t members = 0;
    for (const events::GroupTotals& group : figures.groups) {
        if (group.contest != id) continue;
        add(totals, group.totals);
        members += static_cast<std::size_t>(std::count(group.members.begin(), group.members.end(), '+')) + 1;
    }
    if (members != base_groups(definition, contest).size()) {
        return conflict("below-min-ballots",
                        fmt::format("contest \"{}\" has too few ballots to be opened", id.str()));
    }
    STIMME_TRY(const auto paper, paper_totals(definition, contest, figures.paper));
    add(totals, paper);
    return totals;
}

Result<Figures> figures_of(const events::ElectionState& state) {
    if (!state.tally()) return conflict("not-tallied", "there is no tally in the log yet");
    return Figures{state.tally()->groups, paper_figures(state.definition(), state.count()),
                   state.count().lots()};
}

Result<Seats> contest_seats(const election::ValidDefinition& definition, std::size_t contest,
                            const Figures& figures) {
    STIMME_TRY(const auto totals, contest_totals(definition, contest, figures));
    return assign_seats(definition->contests[contest], totals, figures.lots);
}

Result<events::ElectionResult> make_result(const election::ValidDefinition& definition,
                                           const Figures& figures) {
    events::ElectionResult result;
    for (std::size_t i = 0; i < definition->contests.size(); ++i) {
        STIMME_TRY(auto totals, contest_totals(definition, i, figures));
        Seats seats = assign_seats(definition->contests[i], totals, figures.lots);
        if (seats.open_tie) return tie_error(definition->contests[i], *seats.open_tie);
        result.contests.push_back({definition->contests[i].id, std::move(totals), std::move(seats.elected)});
    }
    return result;
}

Status check_lot(const election::ValidDefinition& definition, const Figures& figures,
                 const events::LotDrawn& lot) {
    const auto contest = definition.contest_index(lot.contest);
    if (!contest) {
        return not_found("contest-unknown", fmt::format("there is no contest \"{}\"", lot.contest.str()));
    }
    STIMME_TRY(const auto totals, contest_totals(definition, *contest, figures));
    return check_lot(definition->contests[*contest], totals, figures.lots, lot);
}

}  // namespace stimme::tally
