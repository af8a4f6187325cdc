#include "core/wire/office.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/acts/act_service.h"
#include "server/service/acts/continuity.h"
#include "server/service/acts/elections.h"
#include "server/service/log/ceremony_service.h"

namespace stimme::api {
namespace {

constexpr std::size_t definition_limit = std::size_t{1} << 20;
constexpr std::size_t act_limit = std::size_t{256} << 10;
constexpr std::size_t message_limit = std::size_t{64} << 10;
constexpr std::size_t cosignature_limit = 4096;

struct CosignatureRequest {
    std::uint64_t size;
    std::string line;  // of the witness, with its line feed
};
void read(json::Fields& in, CosignatureRequest& m) {
    m.size = static_cast<std::uint64_t>(in.integer("size", 0, json::max_integer));
    m.line = in.text("line", cosignature_limit);
}

void create(const Call& call, const Reply& reply) {
    const auto created = call.elections->create(call.request.body, call.request.peer->key);
    if (!created) return reply(created.error());
    const auto published = (*created)->log().published();
    reply(answer(wire::ElectionView{(*created)->definition()->id,
                                    published->phase,
                                    (*created)->definition().hash(),
                                    (*created)->election_hash(),
                                    published->checkpoint.size,
                                    {}},
                 201));
}

json::Value missing_to_json(const events::MissingMessage& missing) {
    json::Object out{{"from", missing.from.str()}, {"type", missing.type}};
    if (missing.to) out.set("to", missing.to->str());
    return out;
}

void show_ceremony(const Call& call, const Reply& reply) {
    const auto view = call.election->ceremony().view();
    if (!view) return reply(view.error());
    json::Array messages;
    for (const std::string& text : view->messages) {
        auto message = json::parse_canonical(text);
        if (!message) return reply(std::move(message).error());
        messages.push_back(*std::move(message));
    }
    json::Array missing;
    for (const auto& one : view->missing) missing.push_back(missing_to_json(one));
    reply(json_answer(json::Object{{"messages", std::move(messages)}, {"missing", std::move(missing)}}));
}

void take_ceremony(const Call& call, const Reply& reply) {
    const auto message = events::decode_ceremony_message(call.request.body);
    if (!message) return reply(message.error());
    call.election->ceremony().take(call.caller->id, *message, call.once,
                                   [reply](Result<std::uint64_t> messages) {
                                       if (!messages) return reply(std::move(messages).error());
                                       reply(json_answer(json::Object{{"messages", *messages}}));
                                   });
}

void pending_acts(const Call& call, const Reply& reply) {
    auto acts = call.election->acts().pending(call.caller->id);
    if (!acts) return reply(std::move(acts).error());
    reply(answer(*std::move(acts)));
}

void draft(const Call& call, const Reply& reply) {
    const auto* transition = election::transition_named(call.parameter("type"));
    if (transition == nullptr) return reply(not_found("draft-unknown", "there is no act of that name"));
    service::DraftRequest request{transition->type, {}};
    if (is_name(call.query("station"))) request.station = StationId(std::string(call.query("station")));
    call.election->acts().draft(request, answering<wire::DraftAnswer>(reply));
}

bool rests_on_roll(const events::Content& content) {
    return std::holds_alternative<events::StationClosed>(content) ||
           std::holds_alternative<events::PollsClosed>(content) ||
           std::holds_alternative<events::RollCorrected>(content);
}

void sign(const Call& call, const Reply& reply) {
    const auto request = wire::parse<wire::ActRequest>(call.request.body);
    if (!request) return reply(request.error());
    if (rests_on_roll(request->content)) {
        if (auto status = call.election->continuity().check_roll(); !status)
            return reply(std::move(status).error());
    }
    call.election->acts().sign(*call.caller, *request, call.once, answering<wire::ActAnswer>(reply));
}

void cosign(const Call& call, const Reply& reply) {
    const auto request = wire::parse<CosignatureRequest>(call.request.body);
    if (!request) return reply(request.error());
    call.election->log().add_cosignature(request->size, request->line, [reply](Result<std::uint64_t> size) {
        if (!size) return reply(std::move(size).error());
        reply(json_answer(json::Object{{"size", *size}}));
    });
}

}  // namespace

std::vector<Route> office_routes() {
    const std::string election = "/v1/elections/{election}/";
    const std::string json = "application/json";
    return {
        {"POST", "/v1/elections", official_unit, definition_limit, json, create},
        {"GET", election + "ceremony", everyone, 0, "", show_ceremony},
        {"POST", election + "ceremony", trustee, message_limit, json, take_ceremony},
        {"GET", election + "acts", staff, 0, "", pending_acts},
        {"GET", election + "acts/drafts/{type}", official | desk, 0, "", draft},
        {"POST", election + "acts", official | desk | trustee, act_limit, json, sign},
        {"POST", election + "cosignatures", official, cosignature_limit, json, cosign},
    };
}

}  // namespace stimme::api
