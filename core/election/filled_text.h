// Texts of documents that must say something.
//
// Thread rule: a pure function.
#pragma once

#include "core/base/json_fields.h"

namespace stimme::election {

// The text under `key`. Notes a problem where it is missing, empty or longer.
std::string read_filled_text(json::Fields& in, std::string_view key, std::size_t max_bytes);

}  // namespace stimme::election
