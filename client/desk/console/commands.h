// `stimme desk` without further words: the full screen.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::desk::console {

void add_full_screen(cli::Command& desk);

}  // namespace stimme::desk::console
