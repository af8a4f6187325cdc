// The target of a request line, parsed so strictly that no two programs read it differently.
//
// Thread rule: pure functions.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace stimme::net {

struct Target {
    std::string path;
    std::map<std::string, std::string, std::less<>> query;
};

// "/path?key=value&key=value", percent-encoded. Errors: target-invalid: not starting with "/", bytes outside
// visible ASCII, a fragment, a broken percent encoding, an encoded slash, a backslash, control characters,
// invalid UTF-8, empty, "." or ".." segments (a single slash at the end is fine), a query without "=" or with
// an empty key or with a key twice.
Result<Target> parse_target(std::string_view text);

}  // namespace stimme::net
