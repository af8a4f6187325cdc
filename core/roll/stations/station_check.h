// What an office should look at in its assignment to stations: people who may vote and belong to none (gaps),
// people for whom two sources name different stations (overlaps; the one that counts is
// core/roll/stations/assignment.h's matter), and what was brought and fits nobody on the roll, such as a
// street whose name is misspelled.
//
// Thread rule: a StationCheck belongs to one thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/json_fields.h"
#include "core/roll/stations/assignment.h"
#include "core/roll/stations/station_gaps.h"

namespace stimme::roll {

struct StationOverlap {
    Claim counts, other;
    std::size_t people = 0;
    std::vector<std::string> numbers;  // the first few that came, for example

    bool operator==(const StationOverlap&) const = default;
};

struct UnusedName {
    Source part;
    std::string name;  // number, street or area as the office wrote it

    bool operator==(const UnusedName&) const = default;
};

struct StationReport {
    std::vector<StationGap> gaps;
    std::vector<StationOverlap> overlaps;
    std::vector<UnusedName> unused;  // the first 1,000
    std::size_t unused_count = 0;    // all of them

    bool operator==(const StationReport&) const = default;
};

// {"gaps": [...], "overlaps": [{"source", "station", "other_source", "other_station", "people", "numbers"}],
//  "unused": [{"part", "name"}], "unused_count": n}.
json::Value to_json(const StationReport& report);
void read(json::Fields& in, StationReport& report);

class StationCheck {
  public:
    static constexpr std::size_t max_numbers = 10;
    static constexpr std::size_t max_unused = 1000;

    explicit StationCheck(Assignment assignment);

    // Everyone on the roll, one after another.
    void add(const Person& person, bool may_vote);

    StationReport report() const;

  private:
    using Pair = std::tuple<Source, std::string, Source, std::string>;

    void note_overlaps(const std::vector<Claim>& claims, const std::string& number);

    Assignment assignment_;
    StationGaps gaps_;
    std::map<Pair, StationOverlap> overlaps_;
    std::map<std::string, std::string> list_, streets_, areas_;  // that nobody fitted so far
};

}  // namespace stimme::roll
