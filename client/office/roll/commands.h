// `stimme roll`: the roll of voters.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::office {

void add_roll(cli::Command& root);

}  // namespace stimme::office
