#include "core/roll/statistics/statistics.h"

#include <algorithm>
#include <utility>

#include "core/roll/register/nationality.h"
#include "core/roll/rules/eligibility.h"

namespace stimme::roll {
namespace {

constexpr std::array<std::string_view, topic_count> topics = {"nationality", "age",     "sex",
                                                              "district",    "station", "reason"};
constexpr std::array<std::string_view, figure_count> figure_names = {"all", "eligible", "not_eligible"};

constexpr std::array<int, 7> age_starts = {16, 18, 25, 35, 45, 60, 70};
constexpr std::array<std::string_view, 8> ages = {"0-15",  "16-17", "18-24", "25-34",
                                                  "35-44", "45-59", "60-69", "70+"};
constexpr std::array<std::string_view, 4> sexes = {"female", "male", "diverse", "unstated"};

constexpr std::string_view several_reasons = "several";
constexpr std::string_view no_reason = "eligible";

// The rules' reason of that code; nothing for one of the office's.
std::optional<std::size_t> rules_reason(std::string_view code) {
    for (std::size_t i = 0; i < reason_count; ++i) {
        if (code_of(static_cast<Reason>(i)) == code) return i;
    }
    return std::nullopt;
}

std::string_view nationality_of(const Person& person) {
    const auto& codes = person.nationalities;
    const auto found =
        std::find_if(codes.begin(), codes.end(), [](const auto& code) { return code != german; });
    if (found != codes.end()) return *found;
    return codes.empty() ? std::string_view() : german;
}

std::string text_of(const std::optional<std::uint64_t>& figure) {
    return figure ? std::to_string(*figure) : ".";
}

json::Object json_of(const Figures& row) {
    json::Object out;
    for (const Figure figure : all_figures) {
        const auto& value = row[figure];
        out.set(std::string(figure_names[static_cast<std::size_t>(figure)]),
                value ? json::Value(*value) : json::Value());
    }
    return out;
}

Figures read_figures(json::Fields& in) {
    std::array<std::optional<std::uint64_t>, figure_count> values;
    for (const Figure figure : all_figures) {
        const std::string_view key = figure_names[static_cast<std::size_t>(figure)];
        const json::Value* value = in.any(key);
        if (value == nullptr || value->get<json::Null>() != nullptr) continue;
        const auto* number = value->get<std::int64_t>();
        if (number == nullptr || *number < 0) {
            in.problem(key, "right is a number from 0, or null for what is left out");
        } else {
            values[static_cast<std::size_t>(figure)] = static_cast<std::uint64_t>(*number);
        }
    }
    return Figures(values);
}

void read_table(json::Fields& in, StatisticsTable& table) {
    constexpr std::size_t most_rows = 1'000'000;
    in.each(to_string(table.topic), 0, most_rows, [&](json::Fields& row) {
        std::string name = row.text("name");
        table.rows.push_back({std::move(name), read_figures(row)});
    });
}

std::vector<std::string> text_row(std::string_view topic, const std::string& name, const Figures& row) {
    std::vector<std::string> result{std::string(topic), name};
    for (const Figure figure : all_figures) result.push_back(text_of(row[figure]));
    return result;
}

template <class Names, class Places>
std::vector<StatisticsRow> rows_of(const Names& names, const Places& places) {
    std::vector<StatisticsRow> result;
    for (std::size_t i = 0; i < places.size(); ++i)
        result.push_back({std::string(names[i]), Figures(places[i].eligible, places[i].not_eligible)});
    return result;
}

template <class Counted>
std::vector<StatisticsRow> rows_of(const Counted& counted) {
    std::vector<StatisticsRow> result;
    for (const auto& [name, counts] : counted)
        result.push_back({name, Figures(counts.eligible, counts.not_eligible)});
    return result;
}

// The last day of birth of people who are so old on that day.
Day born_until(int age, Day day) {
    Day born = day - std::chrono::years(age);
    if (!born.ok()) born = born.year() / born.month() / std::chrono::last;
    return born;
}

}  // namespace

std::string_view to_string(Topic topic) {
    return topics[static_cast<std::size_t>(topic)];
}

json::Value to_json(const Statistics& statistics) {
    json::Object tables;
    for (const StatisticsTable& table : statistics.tables) {
        json::Array rows;
        for (const StatisticsRow& row : table.rows) {
            json::Object members = json_of(row.figures);
            members.set("name", row.name);
            rows.emplace_back(std::move(members));
        }
        tables.set(std::string(to_string(table.topic)), std::move(rows));
    }
    return json::Object{{"tables", std::move(tables)}, {"total", json_of(statistics.total)}};
}

void read(json::Fields& in, Statistics& statistics) {
    json::Fields total = in.object("total");
    statistics.total = read_figures(total);
    total.finish();
    json::Fields tables = in.object("tables");
    for (std::size_t i = 0; i < topic_count; ++i) {
        const auto topic = static_cast<Topic>(i);
        if (tables.has(to_string(topic)))
            read_table(tables, statistics.tables.emplace_back(StatisticsTable{topic, {}}));
    }
    tables.finish();
}

std::vector<std::vector<std::string>> to_rows(const Statistics& statistics) {
    std::vector<std::vector<std::string>> result{{"topic", "name"}};
    result[0].insert(result[0].end(), figure_names.begin(), figure_names.end());
    result.push_back(text_row("total", "", statistics.total));
    for (const StatisticsTable& table : statistics.tables) {
        for (const StatisticsRow& row : table.rows)
            result.push_back(text_row(to_string(table.topic), row.name, row.figures));
    }
    return result;
}

StatisticsCounter::StatisticsCounter(Day election_day)
    : born_until_{}, ages_(ages.size()), sexes_(sexes.size()), reasons_(reason_count) {
    for (std::size_t i = 0; i < age_starts.size(); ++i)
        born_until_[i] = born_until(age_starts[i], election_day);
}

void StatisticsCounter::count(Names& names, std::string_view name, bool may_vote) {
    auto at = names.find(name);
    if (at == names.end()) at = names.emplace(name, Counts{}).first;
    at->second.add(may_vote);
}

void StatisticsCounter::count_reasons(const std::vector<std::string>& reasons) {
    if (reasons.size() > 1) return several_reasons_.add(false);
    if (reasons.empty()) return;
    const auto of_the_rules = rules_reason(reasons[0]);
    if (!of_the_rules) return count(office_reasons_, reasons[0], false);
    reasons_[*of_the_rules].add(false);
}

void StatisticsCounter::add(const Person& person, std::string_view station,
                            const std::vector<std::string>& reasons) {
    const bool may_vote = reasons.empty();
    const auto older = [&](Day last) { return person.born <= last; };
    const auto age = std::count_if(born_until_.begin(), born_until_.end(), older);
    total_.add(may_vote);
    ages_[static_cast<std::size_t>(age)].add(may_vote);
    sexes_[static_cast<std::size_t>(person.sex)].add(may_vote);
    count_reasons(reasons);
    count(nationalities_, nationality_of(person), may_vote);
    count(districts_, person.district, may_vote);
    count(stations_, station, may_vote);
}

std::vector<StatisticsRow> StatisticsCounter::reason_rows() const {
    std::vector<StatisticsRow> rows;
    for (std::size_t i = 0; i < reason_count; ++i)
        rows.push_back({std::string(code_of(static_cast<Reason>(i))),
                        Figures(reasons_[i].eligible, reasons_[i].not_eligible)});
    for (StatisticsRow& row : rows_of(office_reasons_)) rows.push_back(std::move(row));
    rows.push_back({std::string(several_reasons), Figures(0, several_reasons_.not_eligible)});
    rows.push_back({std::string(no_reason), Figures(total_.eligible, 0)});
    return rows;
}

Statistics StatisticsCounter::statistics() const {
    return {Figures(total_.eligible, total_.not_eligible),
            {{Topic::nationality, rows_of(nationalities_)},
             {Topic::age, rows_of(ages, ages_)},
             {Topic::sex, rows_of(sexes, sexes_)},
             {Topic::district, rows_of(districts_)},
             {Topic::station, rows_of(stations_)},
             {Topic::reason, reason_rows()}}};
}

}  // namespace stimme::roll
