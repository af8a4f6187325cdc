#include "core/roll/stations/assignment.h"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "core/base/json_fields.h"
#include "core/roll/register/register_row.h"

namespace stimme::roll {
namespace {

using Stations = std::vector<election::Station>;

constexpr std::string_view format_name = "stimme-assignment/1";
constexpr std::array sources = {Source::list, Source::streets, Source::areas, Source::definition};
constexpr std::array<std::string_view, sources.size()> source_names = {"list", "streets", "areas",
                                                                       "definition"};
// A part has the place of its source.
static_assert(std::is_same_v<std::variant_alternative_t<1, AssignmentPart>, StreetDirectory>);

std::shared_ptr<const StationsByName> areas_of(const Stations& stations) {
    auto result = std::make_shared<StationsByName>();
    for (const election::Station& station : stations) {
        for (const std::string& area : station.areas) result->emplace(area, station.id.str());
    }
    return result;
}

std::string_view found_in(const StationsByName& stations, std::string_view name) {
    const auto found = stations.find(name);
    return found == stations.end() ? std::string_view() : std::string_view(found->second);
}

json::Value stations_json(const StationsByName& stations) {
    json::Object out;
    for (const auto& [name, station] : stations) out.set(name, station);
    return out;
}

json::Value rule_json(const StreetRule& rule) {
    json::Object out{{"street", rule.street}, {"station", rule.station}};
    if (rule.from) out.set("from", to_string(*rule.from));
    if (rule.to) out.set("to", to_string(*rule.to));
    if (rule.side != Side::all) out.set("side", to_string(rule.side));
    if (!rule.postcode.empty()) out.set("postcode", rule.postcode);
    return out;
}

json::Value streets_json(const StreetDirectory& streets) {
    json::Array out;
    for (const StreetRule& rule : streets.rules()) out.push_back(rule_json(rule));
    return out;
}

std::string read_station(json::Fields& in, std::string_view key, const Stations& stations) {
    std::string id = in.text(key, max_text);
    if (std::none_of(stations.begin(), stations.end(), [&](const auto& s) { return s.id.str() == id; }))
        in.problem(key, "right is the id of a polling station");
    return id;
}

StationsByName read_by_name(json::Fields& in, std::string_view key, const Stations& stations) {
    StationsByName result;
    json::Fields members = in.object(key);
    for (const std::string& name : members.keys())
        result.emplace(name, read_station(members, name, stations));
    members.finish();
    return result;
}

PersonList read_list(json::Fields& in, const Stations& stations) {
    PersonList list{read_by_name(in, "list", stations)};
    for (const auto& entry : list.stations) {
        if (!is_person_number(entry.first))
            in.problem("list", "right are numbers of 1 to 16 of 0-9, A-Z and hyphen");
    }
    return list;
}

std::optional<HouseNumber> read_house_number(json::Fields& in, std::string_view key) {
    if (!in.has(key)) return std::nullopt;
    const auto number = parse_house_number(in.text(key, max_text));
    if (!number) in.problem(key, "right is a house number such as 12 or 12a");
    return number;
}

StreetRule read_rule(json::Fields& in, const Stations& stations) {
    StreetRule rule;
    rule.street = in.text("street", max_text);
    rule.from = read_house_number(in, "from");
    rule.to = read_house_number(in, "to");
    if (in.has("side"))
        rule.side = static_cast<Side>(
            in.one_of("side", {to_string(Side::all), to_string(Side::even), to_string(Side::odd)}));
    if (in.has("postcode")) {
        rule.postcode = in.text("postcode", max_text);
        if (!is_postcode(rule.postcode)) in.problem("postcode", "right is five digits");
    }
    rule.station = read_station(in, "station", stations);
    in.finish();
    return rule;
}

StreetDirectory read_streets(json::Fields& in, const Stations& stations) {
    std::vector<StreetRule> rules;
    in.each("streets", 0, std::numeric_limits<std::size_t>::max(),
            [&](json::Fields& rule) { rules.push_back(read_rule(rule, stations)); });
    StreetDirectory streets(std::move(rules));
    for (const auto& conflict : streets.conflicts())
        in.problem("streets", fmt::format("{} and {} give one address different stations", conflict.earlier,
                                          conflict.later));
    return streets;
}

}  // namespace

std::string_view to_string(Source source) {
    return source_names[static_cast<std::size_t>(source)];
}

std::optional<Source> part_named(std::string_view name) {
    for (const Source source : sources) {
        if (source != Source::definition && name == to_string(source)) return source;
    }
    return std::nullopt;
}

Source source_of(const AssignmentPart& part) {
    return sources[part.index()];
}

std::size_t size_of(const AssignmentPart& part) {
    if (const auto* streets = std::get_if<StreetDirectory>(&part)) return streets->rules().size();
    const auto* list = std::get_if<PersonList>(&part);
    return list != nullptr ? list->stations.size() : std::get<AreaList>(part).stations.size();
}

Assignment::Assignment(const Stations& stations) : base_(areas_of(stations)) {}

Assignment Assignment::with(AssignmentPart part) const {
    Assignment result = *this;
    if (auto* list = std::get_if<PersonList>(&part)) {
        result.list_ = std::make_shared<PersonList>(std::move(*list));
    } else if (auto* streets = std::get_if<StreetDirectory>(&part)) {
        result.streets_ = std::make_shared<StreetDirectory>(std::move(*streets));
    } else {
        result.areas_ = std::make_shared<AreaList>(std::get<AreaList>(std::move(part)));
    }
    return result;
}

Assignment Assignment::without(Source part) const {
    Assignment result = *this;
    if (part == Source::list) result.list_.reset();
    if (part == Source::streets) result.streets_.reset();
    if (part == Source::areas) result.areas_.reset();
    return result;
}

std::string_view Assignment::claim(Source source, const Person& person) const {
    switch (source) {
        case Source::list:
            return list_ ? found_in(list_->stations, person.number) : "";
        case Source::streets:
            return streets_ ? streets_->station_of(person.street, person.house_number, person.postcode) : "";
        case Source::areas:
            return areas_ ? found_in(areas_->stations, person.district) : "";
        case Source::definition:
            return found_in(*base_, person.district);
    }
    return "";
}

std::string Assignment::station_of(const Person& person) const {
    for (const Source source : sources) {
        const std::string_view station = claim(source, person);
        if (!station.empty()) return std::string(station);
    }
    return "";
}

std::vector<Claim> Assignment::claims(const Person& person) const {
    std::vector<Claim> result;
    for (const Source source : sources) {
        const std::string_view station = claim(source, person);
        if (!station.empty()) result.push_back({source, std::string(station)});
    }
    return result;
}

std::map<std::string, std::string> Assignment::names(Source part) const {
    std::map<std::string, std::string> result;
    if (part == Source::streets && streets_) {
        for (const StreetRule& rule : streets_->rules()) result.emplace(street_key(rule.street), rule.street);
    }
    const StationsByName* by_name = nullptr;
    if (part == Source::list && list_) by_name = &list_->stations;
    if (part == Source::areas && areas_) by_name = &areas_->stations;
    if (by_name == nullptr) return result;
    for (const auto& entry : *by_name) result.emplace(entry.first, entry.first);
    return result;
}

json::Value Assignment::to_json() const {
    json::Object out{{"format", format_name}};
    if (areas_) out.set("areas", stations_json(areas_->stations));
    if (list_) out.set("list", stations_json(list_->stations));
    if (streets_) out.set("streets", streets_json(*streets_));
    return out;
}

Result<Assignment> Assignment::from_json(const json::Value& document, const Stations& stations) {
    json::Problems problems;
    json::Fields in(document, problems);
    Assignment result(stations);
    in.one_of("format", {format_name});
    if (in.has("areas")) result = result.with(AreaList{read_by_name(in, "areas", stations)});
    if (in.has("list")) result = result.with(read_list(in, stations));
    if (in.has("streets")) result = result.with(read_streets(in, stations));
    in.finish();
    STIMME_CHECK(problems.status("assignment-invalid"));
    return result;
}

}  // namespace stimme::roll
