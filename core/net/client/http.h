// Requests to the server and its answers, as plain values.
//
// Thread rule: values and pure functions.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::net {

struct HttpRequest {
    std::string method = "GET";
    // With its query, already percent-encoded (see url.h): "/v1/elections/ab?q=M%C3%BCller".
    std::string path;
    std::string content_type;     // none is sent when empty
    std::string idempotency_key;  // none is sent when empty; allows a write to be repeated
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  // further ones
    // Longest wait for the head of the answer, where the server has to work for long; else the usual one.
    std::optional<std::chrono::milliseconds> answer = std::nullopt;
};

struct HttpResponse {
    int status = 0;
    std::string content_type;
    std::string body;
    std::map<std::string, std::string, std::less<>> headers;  // lower-case names

    bool ok() const { return status >= 200 && status < 300; }
};

// Takes the next bytes of a download; an Error ends it.
using Sink = std::function<Status(ByteView)>;

}  // namespace stimme::net
