#include "core/wire/desk.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/acts/election.h"
#include "server/service/acts/void_service.h"
#include "server/service/ballots/pass_service.h"

namespace stimme::api {
namespace {

template <class Request>
std::optional<Request> read_body(const Call& call, const Reply& reply) {
    auto request = wire::parse<Request>(call.request.body);
    if (request) return *std::move(request);
    reply(std::move(request).error());
    return std::nullopt;
}

void state(const Call& call, const Reply& reply) {
    if (const auto pass = read_body<wire::PassProof>(call, reply))
        call.election->passes().state(*call.caller, *pass, answering<wire::PassStateAnswer>(reply));
}

void give_back(const Call& call, const Reply& reply) {
    if (const auto request = read_body<wire::VoidRequest>(call, reply))
        call.election->voids().give_back(*call.caller, *request, call.once,
                                         answering<wire::PassStateAnswer>(reply));
}

void expire(const Call& call, const Reply& reply) {
    if (const auto request = read_body<wire::ExpirationRequest>(call, reply))
        call.election->passes().expire(*call.caller, *request, call.once,
                                       answering<wire::PassStateAnswer>(reply));
}

void fail_challenge(const Call& call, const Reply& reply) {
    if (const auto request = read_body<wire::ChallengeFailureRequest>(call, reply)) {
        call.election->passes().fail_challenge(*call.caller, *request, call.once,
                                               answering<wire::PassStateAnswer>(reply));
    }
}

void unlock(const Call& call, const Reply& reply) {
    const auto request = read_body<wire::BoothUnlockRequest>(call, reply);
    if (!request) return;
    call.election->passes().unlock(*call.caller, *request, call.once, [reply](Result<SignerId> booth) {
        if (!booth) return reply(std::move(booth).error());
        reply(answer(wire::BoothUnlockRequest{*std::move(booth)}));
    });
}

}  // namespace

std::vector<Route> pass_routes() {
    const std::string election = "/v1/elections/{election}/";
    const std::string json = "application/json";
    return {
        {"POST", election + "pass-states", desk, medium, json, state, Changes::nothing},
        {"POST", election + "voids", desk, medium, json, give_back, Changes::roll},
        {"POST", election + "expirations", desk, medium, json, expire},
        {"POST", election + "challenge-failures", desk, medium, json, fail_challenge},
        {"POST", election + "booth-unlocks", desk, medium, json, unlock},
    };
}

}  // namespace stimme::api
