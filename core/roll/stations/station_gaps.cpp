#include "core/roll/stations/station_gaps.h"

#include <algorithm>

#include "core/roll/stations/street_directory.h"

namespace stimme::roll {
namespace {

void note_house_number(std::vector<std::string>& numbers, const std::string& number) {
    if (number.empty() || numbers.size() == StationGaps::max_house_numbers) return;
    if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
}

}  // namespace

void StationGaps::add(const Person& person, std::string_view station, bool may_vote) {
    if (!station.empty() || !may_vote) return;
    ++people_;
    if (person.street.empty()) {
        StationGap& gap = areas_[{person.district, ""}];
        gap.area = person.district;
        ++gap.people;
        return;
    }
    StationGap& gap = streets_[{street_key(person.street), person.postcode}];
    if (gap.people++ == 0) {
        gap.street = person.street;
        gap.postcode = person.postcode;
    }
    note_house_number(gap.house_numbers, person.house_number);
}

std::vector<StationGap> StationGaps::gaps() const {
    std::vector<StationGap> result;
    for (const auto& entry : streets_) result.push_back(entry.second);
    for (const auto& entry : areas_) result.push_back(entry.second);
    return result;
}

json::Value to_json(const std::vector<StationGap>& gaps) {
    json::Array out;
    for (const StationGap& gap : gaps) {
        json::Object members{{"people", std::uint64_t{gap.people}}};
        if (gap.street.empty()) {
            members.set("area", gap.area);
        } else {
            members.set("street", gap.street);
            members.set("postcode", gap.postcode);
            members.set("house_numbers", json::Array(gap.house_numbers.begin(), gap.house_numbers.end()));
        }
        out.emplace_back(std::move(members));
    }
    return out;
}

}  // namespace stimme::roll
