// What a scanner meant. It types as if the keyboard had the letters of the United States; on a German one Y
// comes as Z, a colon as Ö and a hyphen as ß.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stimme::tty {

// As the scanner meant it, when the computer took its keys for German ones.
std::string from_german_keys(std::string_view text);

}  // namespace stimme::tty
