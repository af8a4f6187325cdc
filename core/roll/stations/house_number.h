// House numbers as registers and street directories write them, in the order in which they stand along a
// street: 12, 12a, 12b, 13.
//
// Thread rule: values and pure functions.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stimme::roll {

struct HouseNumber {
    std::uint32_t number = 0;
    char letter = 0;  // a to z; 0 is none

    auto operator<=>(const HouseNumber&) const = default;
};

constexpr std::uint32_t max_house_number = 99999;

// The number of an address: "12", "12a", "12 A", the first of "12-14", and 12 of "12/3" and "12 Hinterhaus".
// Nothing where the text doesn't begin with one.
std::optional<HouseNumber> house_number_of(std::string_view address);

// Exactly "12", "12a" or "12 a".
std::optional<HouseNumber> parse_house_number(std::string_view text);

// "12", "12a".
std::string to_string(HouseNumber number);

}  // namespace stimme::roll
