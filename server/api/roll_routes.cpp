#include "core/wire/office.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/election.h"

namespace stimme::api {
namespace {

constexpr std::size_t register_limit = std::size_t{256} << 20;
constexpr std::size_t small = 16384;

// Of whom, and why, an official wants to correct the roll.
struct CorrectionRequest {
    std::string voter;
    std::string reason;
};
void read(json::Fields& in, CorrectionRequest& m) {
    m.voter = in.text("voter", 64);
    m.reason = in.text("reason", 1000);
}

void import_roll(Call call, const Reply& reply) {
    const auto election = call.election;  // lives until the answer is there
    election->acts().import_register(std::move(call.request.body), call.caller->id,
                                     [election, reply](Result<wire::RollImportAnswer> done) {
                                         if (!done) return reply(std::move(done).error());
                                         reply(answer(*done));
                                     });
}

void show(const Call& call, const Reply& reply) {
    const auto fingerprint = call.election->roll().fingerprint();
    if (!fingerprint) return reply(fingerprint.error());
    const auto without_station = call.election->roll().without_station();
    if (!without_station) return reply(without_station.error());
    reply(json_answer(json::Object{{"count", fingerprint->count},
                                   {"root", to_hex(fingerprint->root)},
                                   {"without_station", *without_station}}));
}

void notices(const Call& call, const Reply& reply) {
    auto csv = call.election->roll().notices();
    if (!csv) return reply(std::move(csv).error());
    reply(text_answer(*std::move(csv), "text/csv; charset=utf-8"));
}

void journal(const Call& call, const Reply& reply) {
    auto acts = call.election->roll().journal_text();
    if (!acts) return reply(std::move(acts).error());
    reply(text_answer(*std::move(acts)));
}

void show_leaf(const Call& call, const Reply& reply) {
    const auto leaf = array_from_hex<32>(call.parameter("leaf"));
    if (!leaf) return reply(leaf.error());
    const auto voter = call.election->roll().find_leaf(*leaf);
    if (!voter) return reply(voter.error());
    reply(answer(*voter));
}

void strike(const Call& call, const Reply& reply) {
    const auto request = wire::parse<CorrectionRequest>(call.request.body);
    if (!request) return reply(request.error());
    const auto leaf = call.election->roll().leaf_to_strike(request->voter);
    if (!leaf) return reply(leaf.error());
    reply(answer(wire::DraftAnswer{events::RollCorrected{{}, {*leaf}, request->reason}}));
}

void admit(const Call& call, const Reply& reply) {
    const auto request = wire::parse<CorrectionRequest>(call.request.body);
    if (!request) return reply(request.error());
    call.election->roll().leaf_to_admit(request->voter, [reply, reason = request->reason](Result<Hash> leaf) {
        if (!leaf) return reply(std::move(leaf).error());
        reply(answer(wire::DraftAnswer{events::RollCorrected{{*leaf}, {}, reason}}));
    });
}

}  // namespace

// Corrections are drafted here; what is drafted is signed as any other act (POST acts).
std::vector<Route> roll_routes() {
    const std::string roll = "/v1/elections/{election}/roll";
    const std::string json = "application/json";
    return {
        {"POST", roll, official, register_limit, "text/csv", import_roll},
        {"GET", roll, official, 0, "", show},
        {"GET", roll + "/notices", official, 0, "", notices},
        {"GET", roll + "/journal", official, 0, "", journal},
        {"GET", roll + "/leaves/{leaf}", official, 0, "", show_leaf},
        {"POST", roll + "/strikes", official, small, json, strike},
        {"POST", roll + "/admissions", official, small, json, admit},
    };
}

}  // namespace stimme::api
