#include "client/booth/console/languages.h"

#include <algorithm>
#include <cstdlib>

#include "client/tty/bidi.h"

namespace stimme::booth::console {

std::vector<words::Language> offered_languages(bool practice, std::string_view terminal) {
    std::vector<words::Language> offered{words::Language::german()};
    for (const words::Language language : words::Language::all()) {
        if (language == words::Language::german()) continue;
        if (!practice && !language.signed_off()) continue;
        if (language.right_to_left() && !tty::shows_arabic(terminal)) continue;
        offered.push_back(language);
    }
    return offered;
}

std::string terminal_kind() {
    const char* const kind = std::getenv("TERM");
    return kind == nullptr ? "" : kind;
}

}  // namespace stimme::booth::console
