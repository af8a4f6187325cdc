#include "core/wire/booth.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/acts/election.h"
#include "server/service/ballots/booth_service.h"

namespace stimme::api {
namespace {

constexpr std::size_t opening_limit = std::size_t{64} << 10;
constexpr std::size_t ballot_limit = std::size_t{1536} << 10;  // 1 MiB in base64, and the rest

// Reads the body and hands it to a member of the booth service.
template <class Request, class Answer, class Handle>
auto asking(Handle handle) {
    return [handle](const Call& call, const Reply& reply) {
        auto request = wire::parse<Request>(call.request.body, {ballot_limit, 8});
        if (!request) return reply(std::move(request).error());
        (call.election->booths().*handle)(*call.caller, *std::move(request), call.once,
                                          answering<Answer>(reply));
    };
}

}  // namespace

std::vector<Route> booth_routes() {
    using service::BoothService;
    const std::string path = "/v1/elections/{election}/booth/";
    const std::string json = "application/json";
    return {
        {"POST", path + "passes", booth, small, json,
         asking<wire::BoothPassRequest, wire::BoothPassAnswer>(&BoothService::pass)},
        {"POST", path + "submissions", booth, ballot_limit, json,
         asking<wire::SubmissionRequest, wire::SubmissionAnswer>(&BoothService::submit)},
        {"POST", path + "casts", booth, small, json,
         asking<wire::CastRequest, wire::CastAnswer>(&BoothService::cast)},
        {"POST", path + "challenges", booth, opening_limit, json,
         asking<wire::ChallengeRequest, wire::ChallengeAnswer>(&BoothService::challenge)},
    };
}

}  // namespace stimme::api
