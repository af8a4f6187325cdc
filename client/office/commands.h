// The commands of the election office: officials, trustees and auditors. One function a group, each in a file
// of its own name.
//
// Thread rule: one thread at a time.
#pragma once

#include "client/cli/command.h"

namespace stimme::office {

namespace cli = client::cli;

void add_certs(cli::Command& root);
void add_counts(cli::Command& election);
void add_election(cli::Command& root);
void add_lots(cli::Command& election);
void add_roll(cli::Command& root);
void add_seats(cli::Command& root);
void add_tally(cli::Command& root);
void add_tally_audit(cli::Command& tally);
void add_tally_paper(cli::Command& tally);
void add_trustee(cli::Command& root);
void add_witness(cli::Command& root);

// All groups of this folder.
void add_commands(cli::Command& root);

}  // namespace stimme::office
