// The words of the desk's screen and sheets: sentences in one language, and why something can't be done,
// cause first, with what can be done about it.
//
// Thread rule: pure functions.
#pragma once

#include <string>

#include "client/desk/console/screen.h"
#include "client/words/tongue.h"

namespace stimme::desk::console {

using words::Tongue;

struct Explanation {
    std::string cause;
    std::string advice;
    std::string for_the_office;  // message and code, as the program says them; may be empty
};
Explanation explain(const Tongue& t, const Failed& failed);
// Why a slip or sheet isn't on paper, whatever the printer says.
Explanation explain_unprinted(const Tongue& t, const Error& error);

// Why this person can't be checked in now. REQUIRES: obstacle(voter) isn't none.
Explanation explain(const Tongue& t, const wire::VoterView& voter, const StationInfo& here);
// What that station is called.
std::string name_of(const StationInfo& here, const StationId& station);

// "not used yet", "cast" and so on.
Explanation explain(const Tongue& t, const wire::PassStateAnswer& state);

// What a key does, in a word or two.
std::string label(const Tongue& t, const Screen& screen, Act act);

}  // namespace stimme::desk::console
