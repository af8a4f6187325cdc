// A write that may be repeated: the same key must come with the same request (docs/api/openapi.json,
// Idempotency-Key).
//
// Thread rule: values and pure functions.
#pragma once

#include <string>

#include "core/base/bytes.h"

namespace stimme::service {

struct Once {
    std::string key;  // with the caller's name in front
    Hash digest{};    // of method, path and body
};

}  // namespace stimme::service
