// The commands of the election office.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::office {

void add_commands(cli::Command& root);

}  // namespace stimme::office
