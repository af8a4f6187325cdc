// `stimme booth` alone: the full screen of a voting booth.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::booth::console {

void add_full_screen(client::cli::Command& booth);

}  // namespace stimme::booth::console
