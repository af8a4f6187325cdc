// The languages in which a booth speaks.
//
// Thread rule: pure functions, but for terminal_kind, which reads the environment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/words/language.h"

namespace stimme::booth::console {

// German first. In a real election only those for which a person has signed who knows them; those in Arabic
// script only where the terminal of this kind can show it.
std::vector<words::Language> offered_languages(bool practice, std::string_view terminal);

// TERM.
std::string terminal_kind();

}  // namespace stimme::booth::console
