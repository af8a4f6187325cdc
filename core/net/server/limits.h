// What one peer may take of the server: bytes, time and connections. Whoever exceeds a size gets an answer
// that says so; whoever exceeds a time is cut off; who gives way on a full port is told in places.h.
//
// Thread rule: values and pure functions.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include "core/net/server/http.h"

namespace stimme::net {

struct Limits {
    std::size_t header_bytes = std::size_t{16} << 10;  // request line and headers; beyond: 431
    std::size_t body_bytes = std::size_t{1} << 20;     // beyond: 413
    // The limit for one request, where it isn't body_bytes; sees the request before its body is read (path
    // and peer are there, the body is empty).
    std::function<std::size_t(const Request&)> body_bytes_for;
    // The answer to a request with too large a body, where another than 413 says more (the caller may not do
    // this at all); sees what body_bytes_for sees.
    std::function<std::optional<Response>(const Request&)> refusal_for_large;

    // Open at a time. Fewer where the process may not open two files for each: see Server::start.
    std::size_t public_connections = 10'000;
    std::size_t staff_connections = 10'000;
    // Of one IPv4 address or one IPv6 network of 64 bits, as long as no certificate was verified; a station
    // or a whole town hall may share an address. 0: no bound of its own.
    std::size_t connections_of_address = 1'000;
    std::size_t connections_of_key = 100;  // of one verified certificate's key; 0: no bound of its own

    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds idle{60'000};    // between two requests of a connection
    std::chrono::milliseconds header{10'000};  // from the first byte of a request to the end of its headers
    // For each 256 KiB of a body in either direction, so that a large one gets more time but a slow peer
    // doesn't.
    std::chrono::milliseconds piece{30'000};
    std::chrono::milliseconds linger{3'000};  // for the peer's goodbye
    std::chrono::milliseconds drain{15'000};  // stop(): for requests in flight
};

}  // namespace stimme::net
