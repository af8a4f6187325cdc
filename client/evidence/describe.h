// What an act says, in words, for the person who is to sign it.
//
// Thread rule: one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "core/election/definition.h"
#include "core/events/entry.h"

namespace stimme::evidence {

// A hash in groups of four hex characters, to be read aloud.
std::string fingerprint(const Hash& hash);

// One line that names the act, then its content, a line each.
std::vector<std::string> describe(const election::ValidDefinition& definition,
                                  const events::Content& content);

}  // namespace stimme::evidence
