// `stimme election` and `stimme witness`: acts of officials, and witnesses of the log.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::office {

// The command that it added, for what other rooms add to it.
cli::Command& add_election(cli::Command& root);
void add_witness(cli::Command& root);

}  // namespace stimme::office
