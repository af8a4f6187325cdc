// What one peer may take of the server: bytes, time and connections. Whoever exceeds a size gets an answer
// that says so; whoever exceeds a time is cut off.
//
// Thread rule: values and pure functions.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "server/net/http.h"

namespace stimme::net {

struct Limits {
    std::size_t header_bytes = std::size_t{16} << 10;  // request line and headers; beyond: 431
    std::size_t body_bytes = std::size_t{1} << 20;     // beyond: 413
    // The limit for one request, where it isn't body_bytes; sees the request before its body is read (path
    // and peer are there, the body is empty).
    std::function<std::size_t(const Request&)> body_bytes_for;
    std::size_t connections = 2000;  // on each port; further ones are closed at once

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
