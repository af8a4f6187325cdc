// What a screen says aloud: everything that it shows, in sentences, and what the cursor is on.
//
// Thread rule: pure functions.
#pragma once

#include <string>

#include "client/booth/console/screen.h"

namespace stimme::booth::console {

struct Speech {
    std::string screen;  // said once, when it comes
    std::string note;    // what came of a key
    std::string item;    // what the cursor is on
    words::Language language;
    words::Language item_language;  // names of languages are said in themselves
    bool operator==(const Speech&) const = default;
};
Speech spoken(const State& state);

}  // namespace stimme::booth::console
