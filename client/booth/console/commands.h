// `stimme booth` alone: the full screen of a voting booth. Beside it: its leaflets.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::booth::console {

void add_full_screen(cli::Command& booth);
void add_leaflets(cli::Command& booth);

}  // namespace stimme::booth::console
