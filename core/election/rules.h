// The numbered rules of a definition, which a JSON schema can't say (docs/protocol.md, section 2.2).
//
// Thread rule: pure functions.
#pragma once

#include "core/election/definition.h"

namespace stimme::election {

// Notes a problem, with the number of its rule, for everything in which `definition` breaks one.
// REQUIRES: the document had no problem of form.
void check_rules(const Definition& definition, json::Problems& problems);

// Bytes of a ballot body of that style (docs/protocol.md, section 4.6).
std::size_t body_size(const Definition& definition, const Style& style);

}  // namespace stimme::election
