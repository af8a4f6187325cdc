// How a pass comes in: by keys or by a scanner.
//
// Thread rule: pure functions.
#pragma once

#include <string>

#include "client/booth/console/screen.h"

namespace stimme::booth::console {

// A key of somebody who types their pass: its characters are checked one by one, and their check character as
// soon as it is there.
void type_pass(AskingPass& at, const tty::Key& key);

// What a scanner read, also through a German keyboard. Errors: those of parse_pass.
Result<pass::Pass> read_pass(const std::string& text);

}  // namespace stimme::booth::console
