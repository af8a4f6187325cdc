// What anyone can do: verify a whole election, check a receipt, make a tested ballot again.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"

namespace stimme::audit {

void add_verify(cli::Command& root);
void add_receipt(cli::Command& root);

inline void add_commands(cli::Command& root) {
    add_verify(root);
    add_receipt(root);
}

// h_E as people type it: 64 hex characters, blanks and hyphens between them don't matter.
// Errors: election-hash-invalid.
Result<Hash> parse_election_hash(std::string_view text);
// In groups of four, to be read aloud.
std::string write_election_hash(const Hash& hash);

}  // namespace stimme::audit
