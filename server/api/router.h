// From a request to the route that answers it: path, method, role, type, size and Idempotency-Key are checked
// here and nowhere else, in that order. Roles come from the certificate's key as the definition of that very
// election has it (docs/api/openapi.json, x-roles).
//
// Thread rule: immutable after construction; handle() may be called from any thread.
#pragma once

#include <vector>

#include "server/api/route.h"

namespace stimme::api {

class Router {
  public:
    // `report` is told of failures of our own; may be empty.
    using Report = std::function<void(std::string_view)>;
    Router(std::vector<Route> routes, service::Elections& elections, Report report);

    // Errors, as problem documents: route-unknown (404), election-unknown (404), method-not-allowed (405,
    // with Allow), certificate-required (401: the public port), role-wrong (403: the key isn't one of the
    // route's roles in this election), content-type-wrong (415), idempotency-key-missing (400),
    // idempotency-key-invalid (400), body-too-large (413); of writes also log-behind, log-forked and
    // roll-behind (503).
    void handle(net::Request request, net::Respond respond) const;
    // For Limits::body_bytes_for: what the route takes, and a little where it takes nothing or the caller may
    // not call it, so that strangers can't fill the memory with what only staff may send.
    std::size_t body_limit(const net::Request& request) const;
    // For Limits::refusal_for_large: that the caller may not call the route at all; none where it may.
    std::optional<net::Response> refusal_for_large(const net::Request& request) const;

    const std::vector<Route>& routes() const { return routes_; }

  private:
    struct Match;
    Match match(const net::Request& request) const;
    Result<Call> admit(const Route& route, Match match, net::Request request) const;
    Status may_call(const Match& match, const net::Request& request) const;
    Status find_caller(const Match& match, Call& call) const;
    Status identify(const Route& route, Call& call) const;
    static Status check_continuity(const Route& route, const Call& call);
    Reply replying(const Route& route, net::Respond respond) const;

    std::vector<Route> routes_;
    service::Elections& elections_;
    const Report report_;
};

}  // namespace stimme::api
