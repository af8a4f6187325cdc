// Which polling station each person belongs to: by a list of people, else by a street directory, else by the
// area (Stadtteil) that the register names. The areas of the definition are always there; those that an
// office brings count before them. Areas are compared letter by letter, as the definition does.
//
//     {"format": "stimme-assignment/1", "areas": {"Buckau": "s1"}, "list": {"10000042": "s2"},
//      "streets": [{"street": "Hauptstraße", "from": "1", "to": "19a", "side": "ungerade",
//                   "postcode": "39104", "station": "s1"}]}
//
// is what an office has brought; each part may be missing, and so may from, to, side and postcode.
//
// Thread rule: values; an Assignment is immutable, is copied cheaply and may be shared.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/election/definition.h"
#include "core/roll/register/person.h"
#include "core/roll/stations/street_directory.h"

namespace stimme::roll {

using StationsByName = std::map<std::string, std::string, std::less<>>;

struct PersonList {
    StationsByName stations;  // by the person's number
    bool operator==(const PersonList&) const = default;
};

struct AreaList {
    StationsByName stations;  // by the area
    bool operator==(const AreaList&) const = default;
};

// What one file of an office brings (core/roll/stations/assignment_file.h).
using AssignmentPart = std::variant<PersonList, StreetDirectory, AreaList>;

// What names stations, in the order in which it counts: the parts that an office brings, and the definition.
enum class Source { list, streets, areas, definition };
// "list", "streets", "areas", as in JSON; "definition".
std::string_view to_string(Source source);
// One of the parts, not the definition.
std::optional<Source> part_named(std::string_view name);
Source source_of(const AssignmentPart& part);
// How many people, rules or areas it names.
std::size_t size_of(const AssignmentPart& part);

// That a source names this station for somebody.
struct Claim {
    Source source;
    std::string station;
    bool operator==(const Claim&) const = default;
};

class Assignment {
  public:
    // By the areas of the definition alone.
    explicit Assignment(const std::vector<election::Station>& stations);

    // The same with that part in place of an earlier one of its kind.
    Assignment with(AssignmentPart part) const;
    // The same without that part.
    Assignment without(Source part) const;

    // The id of the station; "" for none.
    std::string station_of(const Person& person) const;
    // All that name a station for the person; the first counts.
    std::vector<Claim> claims(const Person& person) const;

    // The people, streets or areas that a part names, as it writes them, each by what it is compared by.
    std::map<std::string, std::string> names(Source part) const;

    json::Value to_json() const;
    // Errors: assignment-invalid, naming each member that is wrong, a station that isn't one of `stations`
    // and rules for streets that contradict each other.
    static Result<Assignment> from_json(const json::Value& document,
                                        const std::vector<election::Station>& stations);

  private:
    std::string_view claim(Source source, const Person& person) const;

    std::shared_ptr<const StationsByName> base_;
    std::shared_ptr<const PersonList> list_;  // nullptr: not brought, as with the others
    std::shared_ptr<const StreetDirectory> streets_;
    std::shared_ptr<const AreaList> areas_;
};

}  // namespace stimme::roll
