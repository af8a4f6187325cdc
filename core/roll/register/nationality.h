// Codes of nationality as resident registers and passports write them: ISO 3166-1 alpha-3, the codes of
// ICAO 9303 for people without a state, and states that are gone but still stand in older registers.
//
// Thread rule: pure functions over tables that are built once.
#pragma once

#include <string_view>

#include "core/roll/register/person.h"

namespace stimme::roll {

constexpr std::string_view german = "DEU";
constexpr std::string_view stateless = "XXA";

bool is_nationality(std::string_view code);

// Whether that state was in the European Union, or in its forerunners, on that day.
bool in_european_union(std::string_view code, Day day);

}  // namespace stimme::roll
