#include "client/office/count/tally_show.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/evidence/folded_log.h"
#include "client/office/count/commands.h"
#include "client/session/session.h"

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
    for (const auto& [index, count] : figures.paper.counts) {
        if (count.contest != contest.id) continue;
        result.push_back(json::Object{{"entry", index},
                                      {"group", count.group},
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
    for (const auto& [index, count] : figures.paper.counts) {
        if (count.contest != contest.id) continue;
        columns.add(contest, "paper " + count.group, count.ballots, count.totals);
        ballots += count.ballots;
    }
    columns.add(contest, "total", ballots, totals);
    auto lines = cli::table(columns.rows, std::vector<bool>(columns.rows[0].size(), true));
    lines.insert(lines.end(), legend.begin(), legend.end());
    return lines;
}

const events::GroupTotals* group_named(const tally::Figures& figures, const events::HandCount& count) {
    for (const auto& group : figures.groups) {
        if (group.contest == count.contest && group.members == count.group) return &group;
    }
    return nullptr;
}

// What was read on printed ballots, beside the electronic totals.
void show_hand_counts(const election::ValidDefinition& definition, const tally::Figures& figures,
                      const std::map<std::uint64_t, events::HandCount>& counts, cli::Output& out) {
    for (const auto& [index, count] : counts) {
        const events::GroupTotals* const group = group_named(figures, count);
        if (group == nullptr) continue;
        const election::Contest& contest = definition->contests[*definition.contest_index(count.contest)];
        Rows rows{{"", "electronic", "by hand", ""},
                  {"ballots", std::to_string(group->ballots), std::to_string(count.ballots),
                   group->ballots == count.ballots ? "" : "differs"}};
        for (std::size_t i = 0; i < contest.positions(); ++i) {
            rows.push_back({row_title(contest, i), std::to_string(group->totals[i]),
                            std::to_string(count.totals[i]),
                            group->totals[i] == count.totals[i] ? "" : "differs"});
        }
        out.line(fmt::format("Printed ballots of {}, {}, counted by hand (entry {})", count.contest.str(),
                             count.group, index));
        for (const std::string& line : cli::table(rows, {false, true, true, false})) out.line(line);
        if (!count.explanation.empty()) out.line("explanation: " + count.explanation);
        out.line();
    }
}

json::Array hand_counts_array(const election::ValidDefinition& definition,
                              const std::map<std::uint64_t, events::HandCount>& counts) {
    json::Array result;
    for (const auto& [index, count] : counts) {
        const election::Contest& contest = definition->contests[*definition.contest_index(count.contest)];
        result.push_back(json::Object{{"entry", index},
                                      {"contest", count.contest.str()},
                                      {"group", count.group},
                                      {"ballots", count.ballots},
                                      {"totals", totals_object(contest, count.totals)},
                                      {"explanation", count.explanation}});
    }
    return result;
}

// "Yılmaz, Ayşe (substitute: Kaya, Mert)".
std::string person(const election::Contest& contest, const OptionId& id) {
    const std::string* substitute = contest.substitute_of(id);
    const std::string& name = *contest.name_of(id);
    return substitute == nullptr ? name : fmt::format("{} (substitute: {})", name, *substitute);
}

void show_lists(const election::Contest& contest, const tally::Seats& seats, cli::Output& out) {
    if (seats.lists.empty()) return;
    Rows rows{{"list", "votes", "seats"}};
    for (const tally::ListSeats& list : seats.lists)
        rows.push_back({*contest.name_of(list.list), std::to_string(list.votes), std::to_string(list.seats)});
    for (const std::string& line : cli::table(rows, {false, true, true})) out.line(line);
}

void show_other_seats(const election::Contest& contest, const tally::Seats& seats, cli::Output& out) {
    if (seats.empty > 0) out.line(fmt::format("Seats that stay empty: {}.", seats.empty));
    const election::OtherSeats& other = contest.other_seats;
    if (other != election::OtherSeats{})
        out.line(fmt::format("Further seats of the board: {} delegated, {} co-opted.", other.delegated,
                             other.co_opted));
}

void show_seats(const election::Contest& contest, const tally::Seats& seats, cli::Output& out) {
    out.line();
    show_lists(contest, seats, out);
    out.line(fmt::format("Elected ({} of {} seats):", seats.elected.size(), contest.seats));
    for (std::size_t i = 0; i < seats.elected.size(); ++i)
        out.line(fmt::format("{:>3}. {}", i + 1, person(contest, seats.elected[i])));
    show_other_seats(contest, seats, out);
    if (!seats.open_tie) return;
    out.line(fmt::format("Tied for {} seats; a lot must be drawn between:", seats.open_tie->seats));
    for (const OptionId& tied : seats.open_tie->between)
        out.line(fmt::format("     {} ({})", *contest.name_of(tied), tied.str()));
}

Status show(const election::ValidDefinition& definition, const tally::Figures& figures, bool steps,
            cli::Output& out) {
    for (std::size_t i = 0; i < definition->contests.size(); ++i) {
        const election::Contest& contest = definition->contests[i];
        out.line(contest.titles.at(definition->languages.front()));
        STIMME_TRY(const auto totals, tally::contest_totals(definition, i, figures));
        STIMME_TRY(const auto seats, tally::contest_seats(definition, i, figures));
        for (const std::string& line : table_of(contest, figures, totals)) out.line(line);
        if (steps) {
            out.line();
            show_steps(seats.steps, out);
        }
        show_seats(contest, seats, out);
        out.line();
    }
    return {};
}

json::Array lists_array(const std::vector<tally::ListSeats>& lists) {
    json::Array result;
    for (const tally::ListSeats& list : lists) {
        result.push_back(json::Object{{"list", list.list.str()},
                                      {"votes", list.votes},
                                      {"seats", list.seats},
                                      {"elected", names_array(list.elected)},
                                      {"substitutes", names_array(list.substitutes)}});
    }
    return result;
}

json::Object personal_substitutes(const election::Contest& contest, const std::vector<OptionId>& elected) {
    json::Object result;
    for (const OptionId& member : elected) {
        if (const std::string* substitute = contest.substitute_of(member))
            result.set(member.str(), *substitute);
    }
    return result;
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
                            {"substitutes", names_array(seats.substitutes)},
                            {"empty", seats.empty},
                            {"lists", lists_array(seats.lists)},
                            {"personal_substitutes", personal_substitutes(contest, seats.elected)},
                            {"other_seats", json::Object{{"delegated", contest.other_seats.delegated},
                                                         {"co_opted", contest.other_seats.co_opted}}},
                            {"steps", steps_array(seats.steps)}};
        if (seats.open_tie)
            object.set("open_tie", json::Object{{"between", names_array(seats.open_tie->between)},
                                                {"seats", seats.open_tie->seats}});
        contests.push_back(std::move(object));
    }
    return json::Object{{"contests", std::move(contests)}, {"result", has_result}};
}

void show_steps(const std::vector<tally::Step>& steps, cli::Output& out) {
    for (const tally::Step& step : steps) {
        out.line(step.text);
        if (step.table.empty()) continue;
        std::vector<bool> right(step.table[0].size(), true);
        right[0] = false;
        for (const std::string& line : cli::table(step.table, right)) out.line("  " + line);
        out.line();
    }
}

json::Array steps_array(const std::vector<tally::Step>& steps) {
    json::Array result;
    for (const tally::Step& step : steps) {
        json::Object object{{"text", step.text}};
        if (!step.table.empty()) {
            json::Array rows;
            for (const auto& row : step.table) rows.emplace_back(json::Array(row.begin(), row.end()));
            object.set("table", std::move(rows));
        }
        result.push_back(std::move(object));
    }
    return result;
}

Status tally_show(const TallyShowOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const evidence::FoldedLog log, evidence::fold_log(session, context.out));
    STIMME_TRY(const auto figures, tally::figures_of(log.state));
    const auto& hand_counts = log.state.count().hand_counts();
    if (!context.out.json()) {
        STIMME_CHECK(show(session.definition(), figures, options.steps, context.out));
        show_hand_counts(session.definition(), figures, hand_counts, context.out);
        return {};
    }
    const bool has_result = log.state.result().has_value();
    STIMME_TRY(auto document, tally_document(session.definition(), figures, has_result));
    document.set("hand_counts", hand_counts_array(session.definition(), hand_counts));
    context.out.document(std::move(document));
    return {};
}

void add_tally(cli::Command& root) {
    auto& tally = root.subcommand("tally", "the count");
    auto& command = tally.subcommand("show", "figures and seats, from the verified log");
    auto& options = command.options<TallyShowOptions>();
    command.flag("--steps", options.steps, "also how votes became seats, step by step");
    command.runs([&options](Context& context) { return tally_show(options, context); });
    add_tally_audit(tally);
    add_tally_paper(tally);
}

}  // namespace stimme::office
