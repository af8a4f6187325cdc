#include "server/api/router.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/crypto/sha256.h"
#include "core/net/server/problem.h"
#include "server/api/answer.h"
#include "server/service/acts/continuity.h"
#include "server/service/acts/election.h"
#include "server/service/acts/elections.h"

namespace stimme::api {
namespace {

// What is read of a body that nobody wants, so that the answer can say what is wrong.
constexpr std::size_t least_body_limit = 4096;

using Parameters = std::map<std::string, std::string, std::less<>>;

std::string_view next_segment(std::string_view& rest) {
    const std::size_t end = rest.find('/');
    const std::string_view segment = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return segment;
}

std::string_view parameter_name(std::string_view segment) {
    return segment.starts_with('{') ? segment.substr(1, segment.size() - 2) : std::string_view();
}

// Whether the path is one of the pattern's; where it is told, `take` gets each parameter.
template <class Take>
bool match_path(std::string_view pattern, std::string_view path, Take take) {
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    while (!pattern.empty() && !path.empty()) {
        const std::string_view expected = next_segment(pattern);
        std::string_view name = parameter_name(expected);
        if (name.ends_with("...")) {
            name.remove_suffix(3);
            take(name, path);
            return true;
        }
        const std::string_view segment = next_segment(path);
        if (name.empty() ? segment != expected : segment.empty()) return false;
        if (!name.empty()) take(name, segment);
    }
    return pattern.empty() && path.empty();
}

bool matches(const Route& route, std::string_view path) {
    return match_path(route.pattern, path, [](auto, auto) {});
}

// REQUIRES: the path is one of the route's.
Parameters parameters_of(const Route& route, std::string_view path) {
    Parameters found;
    match_path(route.pattern, path, [&](auto name, auto value) { found.emplace(name, value); });
    return found;
}

bool is_write(const Route& route) {
    return route.method != "GET";
}

bool has_type(const net::Request& request, std::string_view type) {
    std::string_view sent = request.header("content-type");
    sent = sent.substr(0, sent.find(';'));
    while (sent.ends_with(' ')) sent.remove_suffix(1);
    return std::equal(sent.begin(), sent.end(), type.begin(), type.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
    });
}

Status check_idempotency_key(std::string_view key) {
    const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (key.empty()) return invalid("idempotency-key-missing", "a write needs an Idempotency-Key");
    if (visible && key.size() <= 64) return {};
    return invalid("idempotency-key-invalid", "an Idempotency-Key has 1 to 64 visible ASCII characters");
}

Hash digest_of(const net::Request& request) {
    crypto::Sha256 hash;
    for (const std::string_view part :
         {std::string_view(request.method), std::string_view(request.path), std::string_view(request.body)}) {
        hash.update(u64be(part.size()));
        hash.update(as_bytes(part));
    }
    return hash.finish();
}

// Statuses that belong to HTTP rather than to a kind of error.
net::Response refusal(const Error& error) {
    static const std::map<std::string, int, std::less<>> statuses = {
        {"certificate-required", 401},    {"content-type-wrong", 415},      {"body-too-large", 413},
        {"idempotency-key-missing", 400}, {"idempotency-key-invalid", 400},
    };
    const auto found = statuses.find(error.code);
    return found == statuses.end() ? problem(error) : net::problem(found->second, error.code, error.message);
}

}  // namespace

struct Router::Match {
    const Route* route = nullptr;
    Parameters parameters;
    std::string allowed;  // methods of the routes with this path, where none has the request's
};

Router::Router(std::vector<Route> routes, service::Elections& elections, Report report)
    : routes_(std::move(routes)), elections_(elections), report_(std::move(report)) {}

// Of routes that desks and booths use only the code is told: their times are nobody's business.
Reply Router::replying(const Route& route, net::Respond respond) const {
    return [this, &route, respond = std::move(respond)](Result<net::Response> result) {
        if (result) return respond(*std::move(result));
        const Error& error = result.error();
        if (report_ && status_of(error) >= 500) {
            const bool quiet = (route.callers & (desk | booth)) != 0;
            report_(
                quiet ? "a request failed: " + error.code
                      : fmt::format("{} {}: {}: {}", route.method, route.pattern, error.code, error.message));
        }
        respond(problem(error));
    };
}

Router::Match Router::match(const net::Request& request) const {
    Match match;
    for (const Route& route : routes_) {
        if (!matches(route, request.path)) continue;
        if (route.method == request.method) return {&route, parameters_of(route, request.path), {}};
        match.allowed += (match.allowed.empty() ? "" : ", ") + route.method;
    }
    return match;
}

std::size_t Router::body_limit(const net::Request& request) const {
    const Match found = match(request);
    if (found.route == nullptr || !may_call(found, request)) return least_body_limit;
    return std::max(found.route->body_limit, least_body_limit);
}

std::optional<net::Response> Router::refusal_for_large(const net::Request& request) const {
    const Match found = match(request);
    if (found.route == nullptr) return std::nullopt;
    const Status allowed = may_call(found, request);
    return allowed ? std::nullopt : std::optional(refusal(allowed.error()));
}

Status Router::may_call(const Match& match, const net::Request& request) const {
    Call call;
    call.request.peer = request.peer;
    return find_caller(match, call);
}

// Fills in election and caller.
Status Router::find_caller(const Match& match, Call& call) const {
    if (const auto id = match.parameters.find("election"); id != match.parameters.end()) {
        call.election = elections_.find(id->second);
        if (!call.election) return not_found("election-unknown", "there is no such election");
    }
    return identify(*match.route, call);
}

Status Router::identify(const Route& route, Call& call) const {
    if (route.callers & everyone) return {};
    if (!call.request.peer)
        return forbidden("certificate-required", "this needs a certificate: use the staff port");
    if (route.callers & official_unit) {
        if (call.request.peer->organisational_unit == "official") return {};
        return forbidden("role-wrong", "only officials may do this");
    }
    const auto holder = call.election->holder_of_key(call.request.peer->key);
    if (!holder || (caller_of(holder->role) & route.callers) == 0)
        return forbidden("role-wrong", "this certificate has another role in this election, or none");
    call.caller = *holder;
    return {};
}

// What staff know of the election is heard with every request, and told to nobody.
Status Router::check_continuity(const Route& route, const Call& call) {
    if (!call.election || !call.request.peer || !call.caller) return {};
    service::Continuity& continuity = call.election->continuity();
    continuity.hear_checkpoint(call.request.header("stimme-checkpoint"));
    if (call.caller->role == election::Role::desk)
        continuity.hear_counts(call.caller->id, call.request.header("stimme-desk-counts"));
    if (!is_write(route) || route.changes == Changes::nothing) return {};
    return route.changes == Changes::roll ? continuity.check_roll() : continuity.check_log();
}

Result<Call> Router::admit(const Route& route, Match match, net::Request request) const {
    Call call;
    call.elections = &elections_;
    call.request = std::move(request);
    STIMME_CHECK(find_caller(match, call));
    match.parameters.erase("election");
    call.parameters = std::move(match.parameters);
    STIMME_CHECK(check_continuity(route, call));
    if (call.request.body.size() > route.body_limit)
        return invalid("body-too-large", fmt::format("at most {} bytes", route.body_limit));
    if (route.body_limit > 0 && !has_type(call.request, route.body_type))
        return invalid("content-type-wrong", fmt::format("the body must be {}", route.body_type));
    if (!is_write(route)) return call;
    const std::string_view key = call.request.header("idempotency-key");
    STIMME_CHECK(check_idempotency_key(key));
    call.once = {fmt::format("{}/{}", call.caller ? call.caller->id.str() : "", key),
                 digest_of(call.request)};
    return call;
}

void Router::handle(net::Request request, net::Respond respond) const {
    Match found = match(request);
    if (found.route == nullptr) {
        if (found.allowed.empty())
            return respond(problem(not_found("route-unknown", "there is nothing here")));
        net::Response answer = net::problem(405, "method-not-allowed", "this path takes another method");
        answer.headers.emplace_back("Allow", found.allowed);
        return respond(std::move(answer));
    }
    const Route& route = *found.route;
    auto call = admit(route, std::move(found), std::move(request));
    if (!call) return respond(refusal(call.error()));
    route.handle(*std::move(call), replying(route, std::move(respond)));
}

}  // namespace stimme::api
