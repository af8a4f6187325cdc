// `stimme station`: getting a machine of a polling station ready. It joins what desk and booth do with a
// voter whom it makes up, and includes neither of them.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::station {

void add_check(cli::Command& station);    // check
void add_printer(cli::Command& station);  // printer

void add_commands(cli::Command& root);

}  // namespace stimme::station
