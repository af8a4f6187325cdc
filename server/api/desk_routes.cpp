#include "core/wire/desk.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/election.h"

namespace stimme::api {
namespace {

constexpr std::size_t small = 4096;

void show_voter(const Call& call, const Reply& reply) {
    const auto voter = call.election->roll().find(call.parameter("number"), call.caller->station);
    if (!voter) return reply(voter.error());
    reply(answer(*voter));
}

void search_voters(const Call& call, const Reply& reply) {
    call.election->workers().run([call, reply] {
        const auto found = call.election->roll().search(call.query("q"), call.caller->station);
        if (!found) return reply(found.error());
        json::Array voters;
        for (const wire::VoterView& voter : *found) voters.push_back(to_json(voter));
        reply(json_answer(json::Object{{"voters", std::move(voters)}}));
    });
}

void check_in(const Call& call, const Reply& reply) {
    if (call.election->phase() != election::Phase::open)
        return reply(conflict("polls-not-open", "voters are checked in while the polls are open"));
    auto request = wire::parse<wire::CheckInRequest>(call.request.body);
    if (!request) return reply(std::move(request).error());
    call.election->roll().check_in({*call.caller, *std::move(request), call.once},
                                   answering<wire::CheckInAnswer>(reply));
}

}  // namespace

std::vector<Route> desk_routes() {
    const std::string election = "/v1/elections/{election}/";
    return {
        {"GET", election + "voters", desk | official, 0, "", search_voters},
        {"GET", election + "voters/{number}", desk | official, 0, "", show_voter},
        {"POST", election + "check-ins", desk, small, "application/json", check_in, Changes::roll},
    };
}

}  // namespace stimme::api
