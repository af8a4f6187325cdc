// Errors as RFC 9457 problem documents.
//
// Thread rule: values and pure functions.
#pragma once

#include <string_view>

#include "core/net/server/http.h"

namespace stimme::net {

// An application/problem+json answer: type (prefix and `code`), title (the status in words), status, detail.
// REQUIRES: `detail` is valid UTF-8.
Response problem(int status, std::string_view code, std::string_view detail);

}  // namespace stimme::net
