// `stimme trustee`: making the election's key together, and opening its totals.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::trustee {

void add_commands(cli::Command& root);

}  // namespace stimme::trustee
