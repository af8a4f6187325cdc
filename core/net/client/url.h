// Addresses: where the server is, and text inside a path or a query.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace stimme::net {

struct ServerAddress {
    std::string host;  // a name or an IP address, without brackets
    std::string port;  // in figures

    // As it stands in a Host header.
    std::string authority() const;
};

// "https://host", "https://host:8443", "https://[::1]:8443", with or without a slash at the end.
// Errors: url-invalid.
Result<ServerAddress> parse_server_url(std::string_view url);

// Percent-encodes all bytes but letters, digits and - . _ ~ (RFC 3986 section 2.3): fit for a path segment
// and for keys and values of a query.
std::string percent_encoded(std::string_view text);

}  // namespace stimme::net
