// The server's problem documents (RFC 9457) as Error values.
//
// Thread rule: pure functions.
#pragma once

#include "core/base/result.h"
#include "core/net/client/http.h"

namespace stimme::net {

// The error that an answer outside 200..299 stands for: kind from the status, code from the last part of the
// problem's `type`, message from its `detail`. Anything but a sound problem document gives the code
// "http-<status>".
Error error_of(const HttpResponse& response);

// The answer, or error_of it when its status is outside 200..299.
Result<HttpResponse> successful(Result<HttpResponse> response);

}  // namespace stimme::net
