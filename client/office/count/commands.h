// `stimme tally`, `stimme seats`, and what of `stimme election` enters counts and lots.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::office {

void add_counts(cli::Command& election);
void add_lots(cli::Command& election);
void add_seats(cli::Command& root);
void add_tally(cli::Command& root);
void add_tally_audit(cli::Command& tally);
void add_tally_paper(cli::Command& tally);

}  // namespace stimme::office
