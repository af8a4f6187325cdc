#include "core/wire/desk.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/acts/election.h"
#include "server/service/roll/roll_service.h"

namespace stimme::api {
namespace {

constexpr std::size_t numbers = std::size_t{64} << 10;

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

// Until the station is closed, so that what was ticked on paper can be entered after the polls have closed.
Status check_polls_were_open(const Call& call) {
    const auto phase = call.election->phase();
    if (phase == election::Phase::open) return {};
    return conflict("polls-not-open",
                    "this is entered while the polls are open and the station isn't closed");
}

void move_check_in(const Call& call, const Reply& reply) {
    if (auto open = check_polls_were_open(call); !open) return reply(std::move(open).error());
    auto request = wire::parse<wire::MoveRequest>(call.request.body);
    if (!request) return reply(std::move(request).error());
    call.election->roll().move_check_in(*call.caller, *std::move(request), call.once,
                                        answering<wire::MoveAnswer>(reply));
}

void mark_paper(const Call& call, const Reply& reply) {
    if (auto open = check_polls_were_open(call); !open) return reply(std::move(open).error());
    auto request = wire::parse<wire::PaperRequest>(call.request.body);
    if (!request) return reply(std::move(request).error());
    call.election->roll().mark_paper(*call.caller, *std::move(request), call.once,
                                     answering<wire::PaperAnswer>(reply));
}

void show_station_record(const Call& call, const Reply& reply) {
    const std::string& station = call.parameter("station");
    if (call.caller->station && call.caller->station->str() != station)
        return reply(forbidden("other-station", "a desk sees the record of its own station"));
    if (!is_name(station))
        return reply(not_found("station-unknown", "the election has no station of this name"));
    call.election->workers().run([call, reply, station = StationId(station)] {
        const auto record = call.election->roll().station_record(station);
        if (!record) return reply(record.error());
        reply(answer(*record));
    });
}

}  // namespace

std::vector<Route> desk_routes() {
    const std::string election = "/v1/elections/{election}/";
    return {
        {"GET", election + "voters", desk | official, 0, "", search_voters},
        {"GET", election + "voters/{number}", desk | official, 0, "", show_voter},
        {"POST", election + "check-ins", desk, small, "application/json", check_in, Changes::roll},
        {"POST", election + "check-in-moves", desk, small, "application/json", move_check_in, Changes::roll},
        {"POST", election + "paper-votes", desk, numbers, "application/json", mark_paper, Changes::roll},
        {"GET", election + "station-records/{station}", desk | official, 0, "", show_station_record},
    };
}

}  // namespace stimme::api
