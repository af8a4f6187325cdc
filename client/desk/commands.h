// `stimme desk`: check-in, passes and the close of a station. It knows people and passes and no selection.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::desk {

void add_check_in(cli::Command& desk);  // find, check-in, pending
void add_passes(cli::Command& desk);    // void, pass-state, expire, challenge-failed, unlock
void add_records(cli::Command& desk);   // move, paper, record
void add_close(cli::Command& desk);     // close

cli::Command& add_commands(cli::Command& root);

}  // namespace stimme::desk
