#include <charconv>

#include <fmt/format.h>

#include "core/roll/statistics/suppression.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"
#include "core/wire/roll.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/acts/act_service.h"
#include "server/service/acts/election.h"
#include "server/service/acts/roll_proofs.h"
#include "server/service/roll/roll_service.h"

namespace stimme::api {
namespace {

constexpr std::size_t register_limit = std::size_t{256} << 20;
constexpr std::size_t stations_limit = std::size_t{32} << 20;

// Of whom, and why, an official wants to correct the roll.
struct CorrectionRequest {
    std::string voter;
    std::string reason;
};
void read(json::Fields& in, CorrectionRequest& m) {
    m.voter = in.text("voter", 64);
    m.reason = in.text("reason", 1000);
}

// Calls `work` on a worker, while nobody seals the roll, with whom to write into the journal; it gives a
// Result.
template <class Work>
void on_roll(Call call, const Reply& reply, Work work) {
    const auto election = call.election;  // lives until the answer is there
    election->acts().with_roll(
        [call = std::move(call), reply, work = std::move(work)](election::Phase phase) {
            const auto done =
                work(call, call.election->roll().office(), service::Actor{call.caller->id, phase, call.once});
            if (!done) return reply(done.error());
            reply(answer(*done));
        });
}

// The same for what only reads, and may take long.
template <class Work>
void asking_roll(Call call, const Reply& reply, Work work) {
    const auto election = call.election;
    election->workers().run([call = std::move(call), reply, work = std::move(work)] {
        const auto found = work(call, call.election->roll().office());
        if (!found) return reply(found.error());
        reply(answer(*found));
    });
}

bool is_set(const Call& call, std::string_view key) {
    return call.query(key) == "1";
}

void set_card(const Call& call, const Reply& reply) {
    auto request = wire::parse<wire::CardRequest>(call.request.body);
    if (!request) return reply(std::move(request).error());
    call.election->roll().set_card(call.caller->id, *std::move(request), answering<wire::VoterView>(reply));
}

void import_roll(Call call, const Reply& reply) {
    service::ImportOptions options;
    options.dry_run = is_set(call, "dry_run");
    options.good_lines = is_set(call, "good_lines");
    if (const std::string_view format = call.query("format"); !format.empty()) {
        auto read = roll::RegisterFormat::parse(format);
        if (!read) return reply(std::move(read).error());
        options.format = *std::move(read);
    }
    on_roll(std::move(call), reply,
            [options](const Call& asked, service::RollOffice& office, const auto& actor) {
                return office.imports.bring(as_bytes(asked.request.body), options, actor);
            });
}

void progress(const Call& call, const Reply& reply) {
    reply(answer(call.election->roll().office().imports.progress()));
}

Result<std::int64_t> id_of(const Call& call, std::string_view parameter) {
    const std::string& text = call.parameter(parameter);
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size() || id < 1)
        return not_found("number-unknown", "right is a number from 1");
    return id;
}

void imports(Call call, const Reply& reply) {
    asking_roll(std::move(call), reply,
                [](const Call&, const service::RollOffice& office) { return office.imports.all(); });
}

void changes(Call call, const Reply& reply) {
    const auto id = id_of(call, "import");
    if (!id) return reply(id.error());
    asking_roll(std::move(call), reply, [id = *id](const Call& asked, const service::RollOffice& office) {
        return office.imports.changes(id, asked.query("after"));
    });
}

void show_entry(Call call, const Reply& reply) {
    asking_roll(std::move(call), reply, [](const Call& asked, const service::RollOffice& office) {
        return office.entries.find(asked.parameter("number"));
    });
}

// An act with a message: parses it, does it.
template <class Message, class Work>
void act(Call call, const Reply& reply, Work work) {
    auto request = wire::parse<Message>(call.request.body);
    if (!request) return reply(std::move(request).error());
    on_roll(std::move(call), reply,
            [request = *std::move(request), work](const Call& asked, service::RollOffice& office,
                                                  const service::Actor& actor) {
                return work(asked, office, request, actor);
            });
}

void take_back(Call call, const Reply& reply) {
    act<wire::TakeBackRequest>(std::move(call), reply,
                               [](const Call&, service::RollOffice& office, const auto& request,
                                  const auto& actor) { return office.imports.take_back(request, actor); });
}

void add_person(Call call, const Reply& reply) {
    act<wire::AddRequest>(std::move(call), reply,
                          [](const Call&, service::RollOffice& office, const auto& request,
                             const auto& actor) { return office.entries.add(request, actor); });
}

void make_invalid(Call call, const Reply& reply) {
    act<wire::InvalidRequest>(
        std::move(call), reply,
        [](const Call& asked, service::RollOffice& office, const auto& request, const auto& actor) {
            return office.entries.make_invalid(asked.parameter("number"), request, actor);
        });
}

void conflicts(Call call, const Reply& reply) {
    asking_roll(std::move(call), reply,
                [](const Call&, const service::RollOffice& office) { return office.entries.conflicts(); });
}

void resolve(Call call, const Reply& reply) {
    act<wire::ResolutionRequest>(
        std::move(call), reply,
        [](const Call& asked, service::RollOffice& office, const auto& request, const auto& actor) {
            return office.entries.resolve(asked.parameter("number"), request, actor);
        });
}

void matters(Call call, const Reply& reply) {
    asking_roll(std::move(call), reply,
                [](const Call&, const service::RollOffice& office) { return office.matters.all(); });
}

void enter_matter(Call call, const Reply& reply) {
    act<wire::MatterRequest>(std::move(call), reply,
                             [](const Call&, service::RollOffice& office, const auto& request,
                                const auto& actor) { return office.matters.enter(request, actor); });
}

void decide_matter(Call call, const Reply& reply) {
    act<wire::MatterDecisionRequest>(std::move(call), reply,
                                     [](const Call& asked, service::RollOffice& office, const auto& request,
                                        const auto& actor) -> Result<wire::MatterView> {
                                         STIMME_TRY(const std::int64_t id, id_of(asked, "matter"));
                                         return office.matters.decide(id, request, actor);
                                     });
}

void duplicates(Call call, const Reply& reply) {
    asking_roll(std::move(call), reply,
                [](const Call&, const service::RollOffice& office) { return office.entries.duplicates(); });
}

void tell_apart(Call call, const Reply& reply) {
    act<wire::DistinctRequest>(std::move(call), reply,
                               [](const Call&, service::RollOffice& office, const auto& request,
                                  const auto& actor) { return office.entries.tell_apart(request, actor); });
}

void bring_stations(Call call, const Reply& reply) {
    on_roll(std::move(call), reply,
            [](const Call& asked, const service::RollOffice&, const service::Actor& actor) {
                return asked.election->roll().stations().bring(as_bytes(asked.request.body),
                                                               is_set(asked, "dry_run"), actor);
            });
}

void take_stations_away(Call call, const Reply& reply) {
    act<wire::StationsRemoval>(
        std::move(call), reply,
        [](const Call& asked, const service::RollOffice&, const auto& request, const auto& actor) {
            return asked.election->roll().stations().take_away(request, actor);
        });
}

void stations(Call call, const Reply& reply) {
    asking_roll(std::move(call), reply, [](const Call& asked, const service::RollOffice&) {
        return asked.election->roll().stations().view();
    });
}

void check_stations(Call call, const Reply& reply) {
    asking_roll(std::move(call), reply, [](const Call& asked, const service::RollOffice&) {
        return asked.election->roll().stations().check();
    });
}

// ?publish=THRESHOLD&places=district|station: the form for publication; without it all figures.
Result<std::optional<service::Publication>> publication_of(const Call& call) {
    const std::string_view text = call.query("publish");
    if (text.empty()) return std::optional<service::Publication>();
    std::uint64_t threshold = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threshold);
    if (error != std::errc() || end != text.data() + text.size() || threshold < roll::least_threshold ||
        threshold > roll::most_threshold)
        return invalid("threshold-wrong", fmt::format("publish: right is a number from {} to {}",
                                                      roll::least_threshold, roll::most_threshold));
    const std::string_view places = call.query("places");
    if (places != "district" && places != "station")
        return invalid("places-wrong", "places: right is district or station");
    return std::optional(
        service::Publication{threshold, places == "station" ? roll::Topic::station : roll::Topic::district});
}

void statistics(Call call, const Reply& reply) {
    const auto publication = publication_of(call);
    if (!publication) return reply(publication.error());
    asking_roll(std::move(call), reply,
                [publication = *publication](const Call& asked, const service::RollOffice&) {
                    return asked.election->roll().stations().statistics(publication);
                });
}

void entries(const Call& call, const Reply& reply) {
    call.election->workers().run([call, reply] {
        auto lines = call.election->roll().office().entries.all();
        if (!lines) return reply(std::move(lines).error());
        reply(text_answer(*std::move(lines), "application/jsonl; charset=utf-8"));
    });
}

// Calls `work` on a worker with the proofs; it gives one.
template <class Work>
void proving(Call call, const Reply& reply, Work work) {
    const auto election = call.election;
    election->workers().run([call = std::move(call), reply, work] {
        const auto proof = work(call, call.election->roll_proofs());
        if (!proof) return reply(proof.error());
        reply(json_answer(events::to_json(*proof)));
    });
}

void prove_entry(Call call, const Reply& reply) {
    proving(std::move(call), reply, [](const Call& asked, const service::RollProofs& proofs) {
        return proofs.proof_of(asked.parameter("number"));
    });
}

void prove_own_entry(Call call, const Reply& reply) {
    const auto code = events::parse_voter_code(call.parameter("code"));
    if (!code) return reply(not_found("voter-code-unknown", code.error().message));
    proving(std::move(call), reply,
            [code = *code](const Call&, const service::RollProofs& proofs) { return proofs.proof_of(code); });
}

void show_roll(const Call& call, const Reply& reply) {
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
    const auto text = [&](std::string_view key) { return std::string(call.query(key)); };
    const service::JournalFilter filter{text("person"), text("official"), text("type"), text("from"),
                                        text("until")};
    auto acts = call.election->roll().journal_text(filter);
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
        {"POST", roll + "/imports", official, register_limit, "text/csv", import_roll, Changes::roll},
        {"GET", roll + "/imports", official, 0, "", imports},
        {"GET", roll + "/imports/progress", official, 0, "", progress},
        {"POST", roll + "/take-backs", official, medium, json, take_back, Changes::roll},
        {"GET", roll + "/imports/{import}/changes", official, 0, "", changes},
        {"POST", roll + "/stations", official, stations_limit, "text/csv", bring_stations, Changes::roll},
        {"GET", roll + "/stations", official, 0, "", stations},
        {"POST", roll + "/stations/removals", official, medium, json, take_stations_away, Changes::roll},
        {"GET", roll + "/stations/gaps", official, 0, "", check_stations},
        {"GET", roll + "/statistics", official, 0, "", statistics},
        {"GET", roll + "/entries", official, 0, "", entries},
        {"POST", roll + "/people", official, medium, json, add_person, Changes::roll},
        {"GET", roll + "/people/{number}", official, 0, "", show_entry},
        {"GET", roll + "/people/{number}/proof", official, 0, "", prove_entry},
        {"GET", roll + "/proofs/{code}", everyone, 0, "", prove_own_entry},
        {"POST", roll + "/people/{number}/invalid", official, medium, json, make_invalid, Changes::roll},
        {"POST", roll + "/people/{number}/resolution", official, medium, json, resolve, Changes::roll},
        {"GET", roll + "/conflicts", official, 0, "", conflicts},
        {"GET", roll + "/matters", official, 0, "", matters},
        {"POST", roll + "/matters", official, medium, json, enter_matter, Changes::roll},
        {"POST", roll + "/matters/{matter}/decision", official, medium, json, decide_matter, Changes::roll},
        {"GET", roll + "/duplicates", official, 0, "", duplicates},
        {"POST", roll + "/duplicates/distinct", official, medium, json, tell_apart, Changes::roll},
        {"GET", roll, official, 0, "", show_roll},
        {"GET", roll + "/notices", official, 0, "", notices},
        {"GET", roll + "/journal", official, 0, "", journal},
        {"GET", roll + "/leaves/{leaf}", official, 0, "", show_leaf},
        {"POST", roll + "/polling-cards", official, medium, json, set_card, Changes::roll},
        {"POST", roll + "/strikes", official, medium, json, strike},
        {"POST", roll + "/admissions", official, medium, json, admit},
    };
}

}  // namespace stimme::api
