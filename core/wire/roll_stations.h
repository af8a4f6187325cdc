// What the election office and the server say to each other about the assignment of people to polling
// stations. JSON shapes: docs/api/openapi.json. A part is "list", "streets" or "areas"
// (core/roll/stations/assignment.h).
//
// Thread rule: values and pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json_fields.h"
#include "core/wire/roll.h"

namespace stimme::wire {

// POST roll/stations (the body is the office's file, CSV) and roll/stations/removals.
struct StationsAnswer {
    std::string part;
    bool dry_run = false;
    bool same = false;                  // the roll has exactly this already; nothing was done
    std::uint64_t size = 0;             // people, lines of streets or areas of the part
    std::uint64_t people = 0;           // on the roll, all decided again
    std::uint64_t moved = 0;            // of these, with another station than before
    std::uint64_t without_station = 0;  // who may vote and belong to none: must be 0 to seal
    Counts stations;                    // who may vote, by station
};

// POST roll/stations/removals: takes away what was brought last for this part.
struct StationsRemoval {
    std::string part;
    bool dry_run = false;
};

// GET roll/stations.
struct StationsPartView {
    std::string part;
    std::uint64_t size = 0;
    std::string at;  // when it was brought, UTC
    SignerId official;
};
struct StationsView {
    std::vector<StationsPartView> parts;  // in the order in which they count
    std::uint64_t without_station = 0;
    Counts stations;
};

json::Value to_json(const StationsAnswer& m);
json::Value to_json(const StationsRemoval& m);
json::Value to_json(const StationsView& m);

void read(json::Fields& in, StationsAnswer& m);
void read(json::Fields& in, StationsRemoval& m);
void read(json::Fields& in, StationsView& m);

}  // namespace stimme::wire
