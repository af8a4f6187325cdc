// A street directory: which polling station an address belongs to.
//
// Streets are compared folded (core/roll/search/fold.h), with "Str.", "Straße" and "strasse" equal and an
// umlaut equal to its spelling with e, so that "Müllerstr." is "Muellerstraße", but "Neustraße" isn't "Neue
// Straße". A rule without house numbers and for both sides is for the whole street; others don't match an
// address without a number. A range that ends at 14 has 14a too, one that ends at 14a hasn't 14b.
//
// Thread rule: values; a StreetDirectory is immutable and may be shared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/roll/stations/house_number.h"

namespace stimme::roll {

enum class Side { all, even, odd };

// "alle", "gerade", "ungerade", as street directories and JSON have them; empty is all.
std::string_view to_string(Side side);
std::optional<Side> side_named(std::string_view name);

struct StreetRule {
    std::string street;               // as the office writes it
    std::optional<HouseNumber> from;  // nothing: from the first one
    std::optional<HouseNumber> to;    // nothing: to the last one
    Side side = Side::all;
    std::string postcode;  // "": any
    std::string station;

    bool operator==(const StreetRule&) const = default;
};

// What a street is compared by.
std::string street_key(std::string_view street);

// Whether some address belongs to both. REQUIRES: both are of the same street.
bool overlap(const StreetRule& a, const StreetRule& b);

// "1 to 19 (ungerade), 39104"; "the whole street".
std::string range_of(const StreetRule& rule);

class StreetDirectory {
  public:
    // Two rules that give an address different stations, by their places among the rules.
    struct Conflict {
        std::size_t later, earlier;
        bool operator==(const Conflict&) const = default;
    };

    StreetDirectory() = default;
    explicit StreetDirectory(std::vector<StreetRule> rules);

    // One for each rule that contradicts an earlier one, by the later.
    std::vector<Conflict> conflicts() const;

    // "" where no rule is for it.
    std::string_view station_of(std::string_view street, std::string_view house_number,
                                std::string_view postcode) const;

    const std::vector<StreetRule>& rules() const { return rules_; }

  private:
    std::vector<StreetRule> rules_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_street_;  // places in rules_, ascending
};

}  // namespace stimme::roll
