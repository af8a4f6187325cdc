// `stimme certs`: certificates of an election.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::office {

void add_certs(cli::Command& root);

}  // namespace stimme::office
