// Lines in Arabic script on terminals, which set letters one after the other from left to right: the letters
// are put in the order in which they are seen and take the forms in which they join (Unicode Standard Annex
// 9, with FriBidi).
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stimme::tty {

// One line, as it is to be set. Marks of direction are gone. `right_to_left`: of the line as a whole.
std::string visual(std::string_view line, bool right_to_left);

// Whether a terminal of this kind (TERM) has letters for that. The bare console has some 500 letters.
bool shows_arabic(std::string_view terminal);

}  // namespace stimme::tty
