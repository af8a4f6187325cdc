#include "core/tally/paper.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/tally/totals.h"

namespace stimme::tally {
namespace {

// Whether every ballot paper has the contest.
bool is_on_all(const election::Definition& definition, std::size_t contest) {
    return std::all_of(definition.styles.begin(), definition.styles.end(), [&](const auto& style) {
        return std::find(style.contests.begin(), style.contests.end(), contest) != style.contests.end();
    });
}

// Voters on paper at a station, as its desks signed.
std::uint64_t voters_on_paper(const events::ElectionState& state, const StationId& station) {
    const auto closed = state.closed_stations().find(station);
    std::uint64_t voters = 0;
    if (closed != state.closed_stations().end()) {
        for (const events::DeskCount& desk : closed->second.desks) voters += desk.paper;
    }
    return voters;
}

}  // namespace

std::vector<PaperGroup> paper_groups(const election::ValidDefinition& definition,
                                     const events::CountState& count, std::size_t contest) {
    const ContestId& id = definition->contests[contest].id;
    const auto grouping = count.grouping(id);
    std::vector<Part> parts;
    for (const election::District& district : definition->districts) {
        const auto found = grouping.find(district.id);
        if (found != grouping.end()) parts.push_back({district.id, district.id.str(), found->second});
    }
    const auto* standing = count.batches(id);
    const auto now =
        standing == nullptr ? events::DistrictBallots() : events::ballots_by_district(standing->batches);
    std::vector<PaperGroup> groups;
    for (MergedParts& merged : merge_small(definition, parts)) {
        PaperGroup group{std::move(merged.name), {}, 0, merged.opened};
        for (const std::size_t i : merged.parts) {
            group.districts.push_back(parts[i].district);
            const auto ballots = now.find(parts[i].district);
            if (ballots != now.end()) group.ballots += ballots->second;
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

PaperFigures paper_figures(const election::ValidDefinition& definition, const events::CountState& count) {
    PaperFigures figures{{}, count.paper_counts()};
    for (std::size_t i = 0; i < definition->contests.size(); ++i) {
        figures.due[definition->contests[i].id] = paper_groups(definition, count, i);
    }
    return figures;
}

Result<std::vector<std::uint64_t>> paper_totals(const election::ValidDefinition& definition,
                                                std::size_t contest, const PaperFigures& figures) {
    const ContestId& id = definition->contests[contest].id;
    std::vector<std::uint64_t> totals(definition->contests[contest].positions());
    const auto due = figures.due.find(id);
    if (due == figures.due.end()) return totals;
    for (const PaperGroup& group : due->second) {
        if (!group.opened) {
            return conflict("below-min-ballots",
                            fmt::format("contest \"{}\" has too few paper ballots to be opened", id.str()));
        }
        const auto count =
            std::find_if(figures.counts.begin(), figures.counts.end(), [&](const auto& standing) {
                return standing.second.contest == id && standing.second.group == group.name &&
                       standing.second.ballots == group.ballots;
            });
        if (count == figures.counts.end()) {
            return conflict("paper-uncounted",
                            fmt::format("contest \"{}\": the {} paper ballots of {} aren't counted yet",
                                        id.str(), group.ballots, group.name));
        }
        for (std::size_t i = 0; i < totals.size(); ++i) totals[i] += count->second.totals[i];
    }
    return totals;
}

Status check_figures(const events::ElectionState& state, const events::PaperBatches& batches) {
    const election::ValidDefinition& definition = state.definition();
    const bool everywhere = is_on_all(*definition, *definition.contest_index(batches.contest));
    for (const election::Station& station : definition->stations) {
        const std::uint64_t voters = voters_on_paper(state, station.id);
        const auto batch = std::find_if(batches.batches.begin(), batches.batches.end(),
                                        [&](const auto& b) { return b.station == station.id; });
        if (batch == batches.batches.end()) {
            if (voters == 0) continue;
            return conflict("batch-missing",
                            fmt::format("station \"{}\" had {} voters on paper; its batch is "
                                        "missing (with 0 ballots, if it has none)",
                                        station.id.str(), voters));
        }
        const bool differs = batch->ballots > voters || (everywhere && batch->ballots < voters);
        if (differs && batch->remark.empty()) {
            return conflict("batch-unexplained",
                            fmt::format("{} paper ballots of station \"{}\", whose desks ticked {} voters on "
                                        "paper: count again, or say why in its remark",
                                        batch->ballots, station.id.str(), voters));
        }
    }
    return {};
}

Status check_figures(const events::ElectionState& state, const events::PaperCount& count) {
    const std::size_t contest = *state.definition().contest_index(count.contest);
    const auto groups = paper_groups(state.definition(), state.count(), contest);
    const auto group =
        std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.name == count.group; });
    if (group == groups.end()) {
        std::string names;
        for (const PaperGroup& due : groups) names += (names.empty() ? "" : ", ") + due.name;
        return conflict("paper-group-wrong",
                        fmt::format("the paper ballots of \"{}\" are counted together in the groups {}",
                                    count.contest.str(), names.empty() ? "(none)" : names));
    }
    if (!group->opened) {
        return conflict("below-min-ballots",
                        fmt::format("{} paper ballots are too few to be opened", group->ballots));
    }
    if (count.ballots != group->ballots) {
        return conflict("paper-ballots-differ",
                        fmt::format("the batches of {} come to {} ballots, this count to {}: count again, or "
                                    "correct the batches",
                                    group->name, group->ballots, count.ballots));
    }
    return check_totals(state.definition()->contests[contest], count.ballots, count.totals);
}

Status check_figures(const events::ElectionState& state, const events::HandCount& count) {
    const election::ValidDefinition& definition = state.definition();
    const auto& groups = state.tally()->groups;
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) {
        return g.contest == count.contest && g.members == count.group && g.ballots > 0;
    });
    if (group == groups.end()) {
        return conflict("group-unknown", fmt::format("the tally has no ballots of \"{}\" in a group {}",
                                                     count.contest.str(), count.group));
    }
    STIMME_CHECK(check_totals(definition->contests[*definition.contest_index(count.contest)], count.ballots,
                              count.totals));
    const bool same = count.ballots == group->ballots && count.totals == group->totals;
    if (same || !count.explanation.empty()) return {};
    return conflict(
        "hand-count-unexplained",
        fmt::format("it differs from the electronic totals of {}: say in its explanation how that "
                    "came about, as far as anybody knows",
                    count.group));
}

}  // namespace stimme::tally
