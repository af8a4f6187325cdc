#include <algorithm>

#include <fmt/format.h>

#include "core/log/note.h"
#include "core/wire/office.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/api/version.h"
#include "server/service/acts/continuity.h"
#include "server/service/acts/elections.h"
#include "server/web/page.h"

namespace stimme::api {
namespace {

wire::ElectionView view_of(service::Election& election) {
    const auto published = election.log().published();
    return {election.definition()->id, published->phase,           election.definition().hash(),
            election.election_hash(),  published->checkpoint.size, election.continuity().trouble()};
}

web::ElectionPage page_of(service::Election& election) {
    const auto& definition = election.definition();
    const auto published = election.log().published();
    const std::string& language = definition->languages.front();
    const log::LogVerifier verifier{definition->log.origin, definition->log.key};
    const election::Phase phase = published->phase;
    return {
        definition->id.str(),
        definition->titles.at(language),
        language,
        definition->authority,
        std::string(election::to_string(phase)),
        fmt::format("{} to {}", definition->calendar.polls_open, definition->calendar.polls_close),
        to_hex(definition.hash()),
        verifier.vkey(),
        published->checkpoint.size,
        published->text,
        election.log().read([](const auto& state, const auto&) { return state.polls_closed().has_value(); }),
        election.continuity().trouble()};
}

void list(const Call& call, const Reply& reply) {
    json::Array elections;
    for (const auto& election : call.elections->all()) elections.push_back(to_json(view_of(*election)));
    reply(json_answer(json::Object{{"elections", std::move(elections)}}));
}

void show_election(const Call& call, const Reply& reply) {
    reply(answer(view_of(*call.election)));
}

void health(const Call& call, const Reply& reply) {
    const auto elections = call.elections->all();
    const bool well = std::all_of(elections.begin(), elections.end(), [](const auto& election) {
        return election->continuity().trouble().empty();
    });
    reply(json_answer(json::Object{{"elections", static_cast<std::uint64_t>(elections.size())},
                                   {"status", well ? "ok" : "standstill"}}));
}

void tell_version(const Call&, const Reply& reply) {
    reply(json_answer(json::Object{{"program", "stimme-server"}, {"version", version}}));
}

void list_page(const Call& call, const Reply& reply) {
    std::vector<web::ElectionPage> pages;
    for (const auto& election : call.elections->all()) pages.push_back(page_of(*election));
    reply(text_answer(web::list_page(pages), "text/html; charset=utf-8"));
}

void stylesheet(const Call&, const Reply& reply) {
    reply(text_answer(std::string(web::stylesheet()), "text/css; charset=utf-8"));
}

void election_page(const Call& call, const Reply& reply) {
    reply(text_answer(web::election_page(page_of(*call.election)), "text/html; charset=utf-8"));
}

}  // namespace

std::vector<Route> public_routes() {
    return {
        {"GET", "/", everyone, 0, "", list_page},
        {"GET", "/style.css", everyone, 0, "", stylesheet},
        {"GET", "/elections/{election}", everyone, 0, "", election_page},
        {"GET", "/v1/health", everyone, 0, "", health},
        {"GET", "/v1/version", everyone, 0, "", tell_version},
        {"GET", "/v1/elections", everyone, 0, "", list},
        {"GET", "/v1/elections/{election}", everyone, 0, "", show_election},
    };
}

}  // namespace stimme::api
