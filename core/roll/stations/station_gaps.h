// People who may vote and belong to no polling station, by their streets, so that an office sees what its
// street directory lacks.
//
// Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/roll/register/person.h"

namespace stimme::roll {

struct StationGap {
    std::string street;  // as it stands first in the register; "": these people have none
    std::string postcode;
    std::string area;  // where there is no street
    std::size_t people = 0;
    std::vector<std::string> house_numbers;  // the first few that came, for example

    bool operator==(const StationGap&) const = default;
};

class StationGaps {
  public:
    static constexpr std::size_t max_house_numbers = 10;

    // Counts the person if they may vote and `station` is "".
    void add(const Person& person, std::string_view station, bool may_vote);

    std::size_t people() const { return people_; }
    // By street and postcode, then those without a street by area.
    std::vector<StationGap> gaps() const;

  private:
    using Place = std::pair<std::string, std::string>;  // key of the street or area, postcode

    std::size_t people_ = 0;
    std::map<Place, StationGap> streets_;
    std::map<Place, StationGap> areas_;
};

json::Value to_json(const std::vector<StationGap>& gaps);

}  // namespace stimme::roll
