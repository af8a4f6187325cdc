// `stimme booth`: voting on a machine of the polling station. It knows a pass and no person.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::booth {

// Gives `stimme booth`.
cli::Command& add_commands(cli::Command& root);

}  // namespace stimme::booth
