// One route of the API: method, path, who may call it, how much it may send, and what answers. All routes
// stand in one table (routes.h); docs/api/openapi.json describes each of them, and a test walks both.
//
// Invariant: when a handler is called, the path has matched, the caller holds one of the route's roles in
// that very election, the body is within its limit and of the route's type, and a write carries its
// Idempotency-Key.
//
// Thread rule: a Route is immutable. Handlers are called on any of the server's threads, several at once, and
// must not wait for the disk there: they hand work to a Writer or a worker and answer from it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/election/definition.h"
#include "core/net/server/http.h"
#include "server/service/once.h"

namespace stimme::service {
class Election;
class Elections;
}  // namespace stimme::service

namespace stimme::api {

// Bytes of a request's body: of an act on one thing, and of one with a text.
constexpr std::size_t small = 4096;
constexpr std::size_t medium = 16384;

// Sets of callers, as bits.
using Callers = unsigned;
constexpr Callers everyone = 1;  // both ports, no certificate looked at
constexpr Callers official = 2;  // the four roles of the definition, by the key of the certificate
constexpr Callers desk = 4;
constexpr Callers booth = 8;
constexpr Callers trustee = 16;
constexpr Callers official_unit = 32;  // a certificate with OU "official": before there is a definition
constexpr Callers staff = official | desk | booth | trustee;

Callers caller_of(election::Role role);

// A request that may be answered.
struct Call {
    net::Request request;
    std::map<std::string, std::string, std::less<>>
        parameters;  // "number" of "/voters/{number}"; {election} isn't among them
    std::shared_ptr<service::Election> election;  // nullptr where the path names none
    service::Elections* elections = nullptr;      // all of them; never nullptr
    std::optional<election::Holder> caller;       // set where the route asks for one of the four roles
    service::Once once;                           // of writes

    const std::string& parameter(std::string_view name) const { return parameters.find(name)->second; }
    // Value of a query key, "" when it isn't there.
    std::string_view query(std::string_view name) const;
};

// Answers the call, once, from any thread. An Error becomes its problem document (answer.h).
using Reply = std::function<void(Result<net::Response>)>;

// What a write changes; it is refused where that was put back to an older copy (service/continuity.h).
enum class Changes {
    nothing,  // a question that is asked with POST
    log,
    roll,  // and perhaps the log
};

struct Route {
    std::string method;   // "GET" or "POST"
    std::string pattern;  // "/v1/elections/{election}/voters/{number}"; a last "{path...}" takes the rest
    Callers callers;
    std::size_t body_limit = 0;                  // bytes; 0: no body
    std::string body_type = "application/json";  // of requests with a body
    std::function<void(Call, Reply)> handle;
    Changes changes = Changes::log;  // of writes
};

}  // namespace stimme::api
