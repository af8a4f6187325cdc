#include "core/roll/stations/station_check.h"

#include <limits>
#include <utility>

#include "core/roll/register/register_row.h"
#include "core/roll/stations/street_directory.h"

namespace stimme::roll {
namespace {

json::Array array_of(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

json::Value to_json(const StationOverlap& overlap) {
    return json::Object{
        {"source", to_string(overlap.counts.source)},      {"station", overlap.counts.station},
        {"other_source", to_string(overlap.other.source)}, {"other_station", overlap.other.station},
        {"people", std::uint64_t{overlap.people}},         {"numbers", array_of(overlap.numbers)}};
}

std::size_t read_count(json::Fields& in, std::string_view key) {
    return static_cast<std::size_t>(in.integer(key, 0, json::max_integer));
}

Source read_source(json::Fields& in, std::string_view key) {
    return static_cast<Source>(in.one_of(key, {to_string(Source::list), to_string(Source::streets),
                                               to_string(Source::areas), to_string(Source::definition)}));
}

void read_gap(json::Fields& in, StationGap& gap) {
    gap.people = read_count(in, "people");
    if (in.has("area")) {
        gap.area = in.text("area");
        return;
    }
    gap.street = in.text("street");
    gap.postcode = in.text("postcode");
    gap.house_numbers = in.texts("house_numbers", 0, StationGaps::max_house_numbers);
}

void read_overlap(json::Fields& in, StationOverlap& overlap) {
    overlap.counts = {read_source(in, "source"), in.text("station", max_text)};
    overlap.other = {read_source(in, "other_source"), in.text("other_station", max_text)};
    overlap.people = read_count(in, "people");
    overlap.numbers = in.texts("numbers", 0, StationCheck::max_numbers);
}

}  // namespace

json::Value to_json(const StationReport& report) {
    json::Array overlaps;
    for (const StationOverlap& overlap : report.overlaps) overlaps.push_back(to_json(overlap));
    json::Array unused;
    for (const UnusedName& name : report.unused)
        unused.emplace_back(json::Object{{"part", to_string(name.part)}, {"name", name.name}});
    return json::Object{{"gaps", to_json(report.gaps)},
                        {"overlaps", std::move(overlaps)},
                        {"unused", std::move(unused)},
                        {"unused_count", std::uint64_t{report.unused_count}}};
}

void read(json::Fields& in, StationReport& report) {
    in.each("gaps", 0, std::numeric_limits<std::size_t>::max(),
            [&](json::Fields& item) { read_gap(item, report.gaps.emplace_back()); });
    in.each("overlaps", 0, std::numeric_limits<std::size_t>::max(),
            [&](json::Fields& item) { read_overlap(item, report.overlaps.emplace_back()); });
    in.each("unused", 0, StationCheck::max_unused, [&](json::Fields& item) {
        report.unused.push_back({read_source(item, "part"), item.text("name")});
    });
    report.unused_count = read_count(in, "unused_count");
}

StationCheck::StationCheck(Assignment assignment)
    : assignment_(std::move(assignment)),
      list_(assignment_.names(Source::list)),
      streets_(assignment_.names(Source::streets)),
      areas_(assignment_.names(Source::areas)) {}

void StationCheck::add(const Person& person, bool may_vote) {
    if (!list_.empty()) list_.erase(person.number);
    if (!streets_.empty()) streets_.erase(street_key(person.street));
    if (!areas_.empty()) areas_.erase(person.district);
    if (!may_vote) return;
    const std::vector<Claim> claims = assignment_.claims(person);
    gaps_.add(person, claims.empty() ? "" : claims.front().station, may_vote);
    note_overlaps(claims, person.number);
}

void StationCheck::note_overlaps(const std::vector<Claim>& claims, const std::string& number) {
    for (std::size_t i = 1; i < claims.size(); ++i) {
        const Claim& counts = claims.front();
        const Claim& other = claims[i];
        if (other.station == counts.station) continue;
        StationOverlap& overlap = overlaps_[{counts.source, counts.station, other.source, other.station}];
        overlap.counts = counts;
        overlap.other = other;
        ++overlap.people;
        if (overlap.numbers.size() < max_numbers) overlap.numbers.push_back(number);
    }
}

StationReport StationCheck::report() const {
    StationReport report;
    report.gaps = gaps_.gaps();
    for (const auto& entry : overlaps_) report.overlaps.push_back(entry.second);
    for (const auto& [part, names] : {std::pair(Source::list, &list_), std::pair(Source::streets, &streets_),
                                      std::pair(Source::areas, &areas_)}) {
        report.unused_count += names->size();
        for (const auto& entry : *names) {
            if (report.unused.size() < max_unused) report.unused.push_back({part, entry.second});
        }
    }
    return report;
}

}  // namespace stimme::roll
