#include "client/office/tally_show.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/cli/session.h"
#include "client/office/commands.h"
#include "client/office/figures.h"
#include "client/office/folded_log.h"

namespace stimme::office {
namespace {

using cli::Context;
using Rows = std::vector<std::vector<std::string>>;

json::Object totals_object(const election::Contest& contest, const std::vector<std::uint64_t>& totals) {
    json::Object result;
    for (std::size_t i = 0; i < totals.size(); ++i) result.set(contest.position_name(i), totals[i]);
    return result;
}

json::Array names_array(const std::vector<OptionId>& names) {
    json::Array result;
    for (const OptionId& name : names) result.emplace_back(name.str());
    return result;
}

json::Array groups_array(const election::Contest& contest, const tally::Figures& figures) {
    json::Array result;
    for (const auto& group : figures.groups) {
        if (group.contest != contest.id) continue;
        result.push_back(json::Object{{"members", group.members},
                                      {"ballots", group.ballots},
                                      {"totals", totals_object(contest, group.totals)}});
    }
    return result;
}

json::Array paper_array(const election::Contest& contest, const tally::Figures& figures) {
    json::Array result;
    for (const auto& [index, count] : figures.paper) {
        if (count.contest != contest.id) continue;
        result.push_back(json::Object{{"entry", index},
                                      {"district", count.district.str()},
                                      {"ballots", count.ballots},
                                      {"totals", totals_object(contest, count.totals)}});
    }
    return result;
}

// One column for each figure that is published, and their sum.
struct Columns {
    Rows rows;
    void add(const election::Contest& contest, const std::string& title, std::uint64_t ballots,
             const std::vector<std::uint64_t>& totals) {
        rows[0].push_back(title);
        rows[1].push_back(std::to_string(ballots));
        for (std::size_t i = 0; i < contest.positions(); ++i)
            rows[i + 2].push_back(std::to_string(totals[i]));
    }
};

std::string row_title(const election::Contest& contest, std::size_t position) {
    if (position < contest.options.size()) return contest.options[position].name;
    return fmt::format("({})", contest.position_name(position));
}

// The groups' names are long; the table numbers them and lists them below.
std::vector<std::string> table_of(const election::Contest& contest, const tally::Figures& figures,
                                  const std::vector<std::uint64_t>& totals) {
    Columns columns{{{""}, {"ballots"}}};
    for (std::size_t i = 0; i < contest.positions(); ++i) columns.rows.push_back({row_title(contest, i)});
    std::vector<std::string> legend;
    std::uint64_t ballots = 0;
    for (const auto& group : figures.groups) {
        if (group.contest != contest.id) continue;
        legend.push_back(fmt::format("[{}] {}", legend.size() + 1, group.members));
        columns.add(contest, fmt::format("[{}]", legend.size()), group.ballots, group.totals);
        ballots += group.ballots;
    }
    for (const auto& [index, count] : figures.paper) {
        if (count.contest != contest.id) continue;
        columns.add(contest, "paper " + count.district.str(), count.ballots, count.totals);
        ballots += count.ballots;
    }
    columns.add(contest, "total", ballots, totals);
    auto lines = cli::table(columns.rows, std::vector<bool>(columns.rows[0].size(), true));
    lines.insert(lines.end(), legend.begin(), legend.end());
    return lines;
}

std::string name_of(const election::Contest& contest, const OptionId& id) {
    const auto found = std::find_if(contest.options.begin(), contest.options.end(),
                                    [&](const auto& option) { return option.id == id; });
    return found->name;
}

void show_seats(const election::Contest& contest, const tally::Seats& seats, cli::Output& out) {
    out.line();
    out.line(fmt::format("Elected ({} of {} seats):", seats.elected.size(), contest.seats));
    for (std::size_t i = 0; i < seats.elected.size(); ++i)
        out.line(fmt::format("{:>3}. {}", i + 1, name_of(contest, seats.elected[i])));
    if (!seats.open_tie) return;
    out.line(fmt::format("Tied for {} seats; a lot must be drawn between:", seats.open_tie->seats));
    for (const OptionId& option : seats.open_tie->between)
        out.line(fmt::format("     {} ({})", name_of(contest, option), option.str()));
}

Status show(const election::ValidDefinition& definition, const tally::Figures& figures, cli::Output& out) {
    for (std::size_t i = 0; i < definition->contests.size(); ++i) {
        const election::Contest& contest = definition->contests[i];
        out.line(contest.titles.at(definition->languages.front()));
        STIMME_TRY(const auto totals, tally::contest_totals(definition, i, figures));
        STIMME_TRY(const auto seats, tally::contest_seats(definition, i, figures));
        for (const std::string& line : table_of(contest, figures, totals)) out.line(line);
        show_seats(contest, seats, out);
        out.line();
    }
    return {};
}

}  // namespace

Result<json::Object> tally_document(const election::ValidDefinition& definition,
                                    const tally::Figures& figures, bool has_result) {
    json::Array contests;
    for (std::size_t i = 0; i < definition->contests.size(); ++i) {
        const election::Contest& contest = definition->contests[i];
        STIMME_TRY(const auto totals, tally::contest_totals(definition, i, figures));
        STIMME_TRY(const auto seats, tally::contest_seats(definition, i, figures));
        json::Object object{{"contest", contest.id.str()},
                            {"groups", groups_array(contest, figures)},
                            {"paper", paper_array(contest, figures)},
                            {"totals", totals_object(contest, totals)},
                            {"elected", names_array(seats.elected)},
                            {"substitutes", names_array(seats.substitutes)}};
        if (seats.open_tie)
            object.set("open_tie", json::Object{{"between", names_array(seats.open_tie->between)},
                                                {"seats", seats.open_tie->seats}});
        contests.push_back(std::move(object));
    }
    return json::Object{{"contests", std::move(contests)}, {"result", has_result}};
}

Status tally_show(Context& context) {
    STIMME_TRY(auto session, cli::Session::open(context));
    STIMME_TRY(const FoldedLog log, fold_log(session, context.out));
    STIMME_TRY(const auto figures, figures_of(log.state));
    if (!context.out.json()) return show(session.definition(), figures, context.out);
    const bool has_result = log.state.result().has_value();
    STIMME_TRY(auto document, tally_document(session.definition(), figures, has_result));
    context.out.document(std::move(document));
    return {};
}

void add_tally(cli::Command& root) {
    auto& tally = root.subcommand("tally", "the count");
    auto& command = tally.subcommand("show", "figures and seats, from the verified log");
    command.runs(tally_show);
}

}  // namespace stimme::office
