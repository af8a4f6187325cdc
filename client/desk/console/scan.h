// What a scanner read, or somebody typed in its place: a voting pass, the code of a voting notice, or words
// to search for.
//
// Scanners type as if the keyboard had the letters of the United States; on a German one Y comes as Z, a
// colon as Ö and a hyphen as ß. Where the text makes sense only when that is undone, it is undone.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/base/result.h"
#include "core/pass/pass_text.h"

namespace stimme::desk::console {

struct Words {
    std::string text;  // without blanks around it
};
// Either a pass or what the search takes, a notice's code among it.
using Scanned = std::variant<pass::Pass, Words>;
Scanned read_scan(std::string_view text);

// A pass and nothing else. Errors: those of pass::parse_pass, of the text as it came.
Result<pass::Pass> read_pass(std::string_view text);

}  // namespace stimme::desk::console
