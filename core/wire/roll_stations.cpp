#include "core/wire/roll_stations.h"

#include <array>

#include "core/wire/counts.h"

namespace stimme::wire {

using json::Array;
using json::Fields;
using json::Object;
using json::Value;

namespace {

constexpr std::array<std::string_view, 3> parts = {"list", "streets", "areas"};
constexpr std::size_t max_id = 32;

std::string read_part(Fields& in) {
    return std::string(parts[in.one_of("part", {parts[0], parts[1], parts[2]})]);
}

void read_part_view(Fields& in, StationsPartView& m) {
    m.part = read_part(in);
    m.size = read_count(in, "size");
    m.at = in.text("at", max_id);
    m.official = in.name<SignerKind>("official");
}

}  // namespace

Value to_json(const StationsAnswer& m) {
    return Object{{"part", m.part},
                  {"dry_run", m.dry_run},
                  {"same", m.same},
                  {"size", m.size},
                  {"people", m.people},
                  {"moved", m.moved},
                  {"without_station", m.without_station},
                  {"stations", counts_to_json(m.stations)}};
}
void read(Fields& in, StationsAnswer& m) {
    m.part = read_part(in);
    m.dry_run = in.boolean("dry_run");
    m.same = in.boolean("same");
    m.size = read_count(in, "size");
    m.people = read_count(in, "people");
    m.moved = read_count(in, "moved");
    m.without_station = read_count(in, "without_station");
    m.stations = read_counts(in, "stations");
}

Value to_json(const StationsRemoval& m) {
    return Object{{"part", m.part}, {"dry_run", m.dry_run}};
}
void read(Fields& in, StationsRemoval& m) {
    m.part = read_part(in);
    m.dry_run = in.boolean("dry_run");
}

Value to_json(const StationsView& m) {
    Array out;
    for (const StationsPartView& part : m.parts)
        out.emplace_back(Object{
            {"part", part.part}, {"size", part.size}, {"at", part.at}, {"official", part.official.str()}});
    return Object{{"parts", std::move(out)},
                  {"without_station", m.without_station},
                  {"stations", counts_to_json(m.stations)}};
}
void read(Fields& in, StationsView& m) {
    in.each("parts", 0, parts.size(), [&](Fields& item) { read_part_view(item, m.parts.emplace_back()); });
    m.without_station = read_count(in, "without_station");
    m.stations = read_counts(in, "stations");
}

}  // namespace stimme::wire
