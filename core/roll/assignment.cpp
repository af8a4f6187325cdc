#include "core/roll/assignment.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/base/json_fields.h"
#include "core/roll/register_row.h"

namespace stimme::roll {
namespace {

using Stations = std::vector<election::Station>;

constexpr std::string_view format_name = "stimme-assignment/1";
constexpr std::size_t max_text = 200;
constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

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
    in.each("streets", 0, no_limit, [&](json::Fields& rule) { rules.push_back(read_rule(rule, stations)); });
    StreetDirectory streets(std::move(rules));
    for (const auto& conflict : streets.conflicts())
        in.problem("streets", fmt::format("{} and {} give one address different stations", conflict.earlier,
                                          conflict.later));
    return streets;
}

}  // namespace

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

std::string_view Assignment::station_of_area(std::string_view area) const {
    const std::string_view brought = areas_ ? found_in(areas_->stations, area) : std::string_view();
    return brought.empty() ? found_in(*base_, area) : brought;
}

std::string Assignment::station_of(const Person& person) const {
    std::string_view station;
    if (list_) station = found_in(list_->stations, person.number);
    if (station.empty() && streets_)
        station = streets_->station_of(person.street, person.house_number, person.postcode);
    if (station.empty()) station = station_of_area(person.district);
    return std::string(station);
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
