#include "client/office/acts/election.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/evidence/ceremony.h"
#include "client/evidence/describe.h"
#include "client/session/definition_file.h"
#include "core/net/client/problem.h"
#include "core/tally/count_rules.h"

namespace stimme::office {
namespace {

using cli::Context;

bool signed_by(const wire::PendingAct& act, const SignerId& signer) {
    return std::any_of(act.signatures.begin(), act.signatures.end(),
                       [&](const auto& signature) { return signature.signer == signer; });
}

std::string signers_of(const wire::PendingAct& act) {
    std::string result;
    for (const auto& signature : act.signatures)
        result += (result.empty() ? "" : ", ") + signature.signer.str();
    return result;
}

// With the number under which `pending` shows it.
struct Waiting {
    std::size_t number;
    wire::PendingAct act;
};

std::vector<Waiting> waiting_for(const SignerId& official, const ConfirmOptions& options,
                                 std::vector<wire::PendingAct> acts) {
    std::vector<Waiting> result;
    for (std::size_t i = 0; i < acts.size(); ++i) {
        const std::string_view type = election::to_string(events::type_of(acts[i].content));
        const bool asked = (options.type.empty() || options.type == type) &&
                           (options.number == 0 || options.number == i + 1);
        const bool confirmed =
            is_of_officials(acts[i].content) && !tally::is_entered_twice(events::type_of(acts[i].content));
        if (asked && confirmed && !signed_by(acts[i], official))
            result.push_back({i + 1, std::move(acts[i])});
    }
    return result;
}

// h_E where there is one: from the log, or from the ceremony.
Result<std::optional<Hash>> election_so_far(session::Session& session, const evidence::FoldedLog& log) {
    if (log.keys) return std::optional(log.keys->election);
    if (!session.definition()->trustees) return std::optional<Hash>();
    STIMME_TRY(const auto ceremony, evidence::replay_ceremony(session));
    if (!ceremony.keys()) return std::optional<Hash>();
    return std::optional(ceremony.keys()->election);
}

struct StationCounts {
    std::string id;
    bool closed;
    std::uint64_t cast = 0;
};
std::vector<StationCounts> count_stations(const events::ElectionState& state) {
    std::vector<StationCounts> result;
    const election::Definition& definition = *state.definition();
    for (std::size_t i = 0; i < definition.stations.size(); ++i) {
        const auto& station = definition.stations[i];
        StationCounts counts{station.id.str(), state.station_closed(station.id)};
        for (std::size_t style = 0; style < definition.styles.size(); ++style)
            counts.cast += state.cast_at(i, style);
        result.push_back(std::move(counts));
    }
    return result;
}

void show_status(const session::Session& session, const evidence::FoldedLog& log,
                 const std::optional<Hash>& election, cli::Output& out) {
    const election::ValidDefinition& definition = session.definition();
    out.line(definition->titles.at(definition->languages.front()));
    out.line(fmt::format("state            {}", election::to_string(log.state.phase())));
    out.line("definition (h_D) " + evidence::fingerprint(definition.hash()));
    if (election) out.line("election (h_E)   " + evidence::fingerprint(*election));
    out.line(fmt::format("log              {} entries, root {}", log.view.size,
                         evidence::fingerprint(log.view.root)));
    for (const StationCounts& station : count_stations(log.state))
        out.line(fmt::format("station          {:<24} {:<7} {:>8} ballots cast", station.id,
                             station.closed ? "closed" : "", station.cast));
}

json::Object status_document(const session::Session& session, const evidence::FoldedLog& log,
                             const std::optional<Hash>& election) {
    json::Array stations;
    for (const StationCounts& station : count_stations(log.state))
        stations.push_back(
            json::Object{{"id", station.id}, {"closed", station.closed}, {"cast", station.cast}});
    json::Object result{{"id", session.definition()->id.str()},
                        {"phase", election::to_string(log.state.phase())},
                        {"definition", to_hex(session.definition().hash())},
                        {"log_size", log.view.size},
                        {"log_root", to_hex(log.view.root)},
                        {"stations", std::move(stations)}};
    if (election) result.set("election", to_hex(*election));
    return result;
}

}  // namespace

Status election_check(const std::filesystem::path& file, Context& context) {
    STIMME_TRY(const auto definition, session::read_definition_file(file));
    context.out.line("A valid definition. Its fingerprint (h_D):");
    context.out.line(evidence::fingerprint(definition.hash()));
    context.out.document(json::Object{{"definition", to_hex(definition.hash())}});
    return {};
}

Status election_create(const std::filesystem::path& file, Context& context) {
    STIMME_TRY(const auto definition, session::read_definition_file(file));
    STIMME_TRY(const auto folder, session::RoleFolder::open(context.role_folder));
    STIMME_CHECK(folder.check_definition(definition));
    STIMME_TRY(auto api, net::ApiClient::open(folder.client_config()));
    net::HttpRequest request;
    request.method = "POST";
    request.path = "/v1/elections";
    request.content_type = "application/json";
    request.idempotency_key = to_hex(context.random.bytes<16>());
    request.body = definition.canonical();
    STIMME_CHECK(net::successful(api.send(request)));
    STIMME_CHECK(folder.pin_definition(definition.canonical()));
    context.out.line("The server has the definition. Its fingerprint (h_D), to be read out:");
    context.out.line(evidence::fingerprint(definition.hash()));
    context.out.document(json::Object{{"definition", to_hex(definition.hash())}});
    return {};
}

Status election_status(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const evidence::FoldedLog log, evidence::fold_log(session, context.out));
    STIMME_TRY(const auto election, election_so_far(session, log));
    show_status(session, log, election, context.out);
    context.out.document(status_document(session, log, election));
    return {};
}

Status election_pending(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto answer, session.get<wire::PendingActs>("acts"));
    if (answer.acts.empty() && answer.withheld.empty()) context.out.line("Nothing waits for a signature.");
    for (std::size_t i = 0; i < answer.acts.size(); ++i) {
        const auto& act = answer.acts[i];
        const auto lines = evidence::describe(session.definition(), act.content);
        context.out.line(fmt::format("{}. {} ({}; signed by {})", i + 1, lines.front(),
                                     election::to_string(events::type_of(act.content)), signers_of(act)));
        for (std::size_t line = 1; line < lines.size(); ++line) context.out.line("   " + lines[line]);
    }
    for (const wire::WithheldCount& count : answer.withheld) {
        context.out.line(fmt::format("{} of {}{}: entered by another official; count and enter it yourself",
                                     election::to_string(count.type), count.contest.str(),
                                     count.group.empty() ? "" : ", " + count.group));
    }
    context.out.document(to_json(answer));
    return {};
}

Status election_confirm(const ConfirmOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(auto pending, official.pending());
    const auto waiting = waiting_for(official.session().profile().id, options, std::move(pending.acts));
    if (waiting.empty()) return conflict("nothing-pending", "no act waits for your signature");
    if (waiting.size() > 1) {
        std::string numbers;
        for (const Waiting& each : waiting)
            numbers += fmt::format("\n{}. {}", each.number,
                                   evidence::describe(official.definition(), each.act.content).front());
        return conflict("confirm-ambiguous", "several acts wait; say which with --number:" + numbers);
    }
    const events::Content& content = waiting.front().act.content;
    if (!options.yes) return official.sign_if_wanted(content, context);
    STIMME_CHECK(official.sign(content, context.out));
    return {};
}

Status propose_draft(election::EntryType type, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const events::Content content, official.draft(type));
    STIMME_CHECK(official.sign(content, context.out));
    return {};
}

Status propose(const events::Content& content, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_CHECK(official.sign(content, context.out));
    return {};
}

Status propose_key(const ReplaceKeyOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    if (!is_name(options.signer) || official.definition().holder(SignerId(options.signer)) == nullptr)
        return invalid("signer-unknown", fmt::format("the definition has no signer \"{}\"", options.signer));
    STIMME_TRY(const auto key, array_from_hex<33>(options.key));
    STIMME_CHECK(crypto::VerifyKey::from_sec1(key));
    STIMME_CHECK(
        official.sign(events::KeyReplaced{SignerId(options.signer), key, options.reason}, context.out));
    return {};
}

}  // namespace stimme::office
