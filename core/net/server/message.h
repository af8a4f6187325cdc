// HTTP messages to and from the application's plain values.
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/server/http.h"

namespace stimme::net {

using RequestHead = boost::beast::http::request_header<>;

// The answer that a head deserves before its target is looked at: not HTTP/1.1 (505), not exactly one Host
// or two lengths of the body (400), a transfer coding besides chunked (501), an expectation besides
// 100-continue (417). None: go on.
std::optional<Response> refusal_of(const RequestHead& head);

// The answer to a request that can't be parsed or is too large. REQUIRES: is_refusal(error).
Response refusal_of(const boost::system::error_code& error);
// Whether the peer sent something wrong (and gets an answer) rather than vanished.
bool is_refusal(const boost::system::error_code& error);

bool expects_continue(const RequestHead& head);

// Method, path, query and headers. Errors: target-invalid.
Result<Request> request_of(const RequestHead& head);

// Status line and all headers with the empty line at their end. `size` is that of the body; `now` is told as
// Date, by which clients compare their clocks. REQUIRES: is_sendable(response).
std::string head_of(const Response& response, std::uint64_t size, bool keep_alive, TimePoint now);
// Whether every header of a response can stand on one line.
bool is_sendable(const Response& response);

}  // namespace stimme::net
