#include "client/office/election.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/cli/exit_code.h"
#include "client/net/problem.h"
#include "client/office/ceremony.h"
#include "client/office/describe.h"
#include "client/office/roll_check.h"
#include "core/log/text.h"

namespace stimme::office {
namespace {

namespace cli = client::cli;
using cli::Context;

bool signed_by(const wire::PendingAct& act, const SignerId& signer) {
    return std::any_of(act.signatures.begin(), act.signatures.end(),
                       [&](const auto& signature) { return signature.signer == signer; });
}

bool is_of_officials(const wire::PendingAct& act) {
    return election::transition(events::type_of(act.content)).signers == election::SignedBy::two_officials;
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
        if (asked && is_of_officials(acts[i]) && !signed_by(acts[i], official))
            result.push_back({i + 1, std::move(acts[i])});
    }
    return result;
}

// h_E where there is one: from the log, or from the ceremony.
Result<std::optional<Hash>> election_so_far(cli::Session& session, const FoldedLog& log) {
    if (log.keys) return std::optional(log.keys->election);
    if (!session.definition()->trustees) return std::optional<Hash>();
    STIMME_TRY(const auto ceremony, replay_ceremony(session));
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

void show_status(const cli::Session& session, const FoldedLog& log, const std::optional<Hash>& election,
                 cli::Output& out) {
    const election::ValidDefinition& definition = session.definition();
    out.line(definition->titles.at(definition->languages.front()));
    out.line(fmt::format("state            {}", election::to_string(log.state.phase())));
    out.line("definition (h_D) " + fingerprint(definition.hash()));
    if (election) out.line("election (h_E)   " + fingerprint(*election));
    out.line(fmt::format("log              {} entries, root {}", log.view.size, fingerprint(log.view.root)));
    for (const StationCounts& station : count_stations(log.state))
        out.line(fmt::format("station          {:<24} {:<7} {:>8} ballots cast", station.id,
                             station.closed ? "closed" : "", station.cast));
}

json::Object status_document(const cli::Session& session, const FoldedLog& log,
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

// Two values of a flag may also be given as one with commas.
template <class Kind>
Result<std::vector<Name<Kind>>> names_of(const std::vector<std::string>& values) {
    std::vector<Name<Kind>> result;
    for (const std::string& value : values) {
        std::string_view rest = value;
        while (!rest.empty()) {
            const std::string_view name = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), name.size() + 1));
            if (!is_name(name))
                return invalid("name-invalid", fmt::format("\"{}\" is no id of the definition", name));
            result.emplace_back(std::string(name));
        }
    }
    return result;
}

Result<const election::Contest*> contest_named(const election::ValidDefinition& definition,
                                               const std::string& id) {
    const auto index = is_name(id) ? definition.contest_index(ContestId(id)) : std::nullopt;
    if (!index) return invalid("contest-unknown", fmt::format("the definition has no contest \"{}\"", id));
    return &definition->contests[*index];
}

// "k01=12" into its place of `totals`.
Status read_total(const election::Contest& contest, const std::string& text,
                  std::vector<std::uint64_t>& totals) {
    const std::size_t sign = text.find('=');
    const auto number = sign == std::string::npos ? std::nullopt : log::parse_decimal(text.substr(sign + 1));
    if (!number || *number > 1'000'000'000)
        return invalid("total-invalid", fmt::format("\"{}\": right is OPTION=NUMBER", text));
    for (std::size_t i = 0; i < contest.positions(); ++i) {
        if (contest.position_name(i) != text.substr(0, sign)) continue;
        totals[i] = *number;
        return {};
    }
    return invalid("option-unknown",
                   fmt::format("{} has no option \"{}\"", contest.id.str(), text.substr(0, sign)));
}

}  // namespace

Status election_check(const std::filesystem::path& file, Context& context) {
    STIMME_TRY(const auto definition, read_definition_file(file));
    context.out.line("A valid definition. Its fingerprint (h_D):");
    context.out.line(fingerprint(definition.hash()));
    context.out.document(json::Object{{"definition", to_hex(definition.hash())}});
    return {};
}

Status election_create(const std::filesystem::path& file, Context& context) {
    STIMME_TRY(const auto definition, read_definition_file(file));
    STIMME_TRY(const auto folder, cli::RoleFolder::open(context.role_folder));
    STIMME_CHECK(folder.check_definition(definition));
    STIMME_TRY(auto api, client::ApiClient::open(folder.client_config()));
    client::HttpRequest request;
    request.method = "POST";
    request.path = "/v1/elections";
    request.content_type = "application/json";
    request.idempotency_key = to_hex(context.random.bytes<16>());
    request.body = definition.canonical();
    STIMME_CHECK(client::successful(api.send(request)));
    STIMME_CHECK(folder.pin_definition(definition.canonical()));
    context.out.line("The server has the definition. Its fingerprint (h_D), to be read out:");
    context.out.line(fingerprint(definition.hash()));
    context.out.document(json::Object{{"definition", to_hex(definition.hash())}});
    return {};
}

Status election_status(Context& context) {
    STIMME_TRY(auto session, cli::Session::open(context));
    STIMME_TRY(const FoldedLog log, fold_log(session, context.out));
    STIMME_TRY(const auto election, election_so_far(session, log));
    show_status(session, log, election, context.out);
    context.out.document(status_document(session, log, election));
    return {};
}

Status election_pending(Context& context) {
    STIMME_TRY(auto session, cli::Session::open(context));
    STIMME_TRY(const auto answer, session.get<wire::PendingActs>("acts"));
    if (answer.acts.empty()) context.out.line("Nothing waits for a signature.");
    for (std::size_t i = 0; i < answer.acts.size(); ++i) {
        const auto& act = answer.acts[i];
        const auto lines = describe(session.definition(), act.content);
        context.out.line(fmt::format("{}. {} ({}; signed by {})", i + 1, lines.front(),
                                     election::to_string(events::type_of(act.content)), signers_of(act)));
        for (std::size_t line = 1; line < lines.size(); ++line) context.out.line("   " + lines[line]);
    }
    context.out.document(to_json(answer));
    return {};
}

Status election_confirm(const ConfirmOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(auto acts, official.pending());
    const auto waiting = waiting_for(official.session().profile().id, options, std::move(acts));
    if (waiting.empty()) return conflict("nothing-pending", "no act waits for your signature");
    if (waiting.size() > 1) {
        std::string numbers;
        for (const Waiting& each : waiting)
            numbers += fmt::format("\n{}. {}", each.number,
                                   describe(official.definition(), each.act.content).front());
        return conflict("confirm-ambiguous", "several acts wait; say which with --number:" + numbers);
    }
    const events::Content& content = waiting.front().act.content;
    return options.yes ? official.sign(content, context.out) : official.sign_if_wanted(content, context);
}

Status propose_draft(election::EntryType type, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const events::Content content, official.draft(type));
    return official.sign(content, context.out);
}

Status propose(const events::Content& content, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    return official.sign(content, context.out);
}

Status propose_lot(const LotOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    STIMME_TRY(auto between, names_of<OptionKind>(options.between));
    STIMME_TRY(auto drawn, names_of<OptionKind>(options.drawn));
    const std::uint64_t seats = drawn.size();
    return official.sign(events::LotDrawn{contest->id, seats, std::move(between), std::move(drawn),
                                          options.how, options.witnesses, options.drawn_by},
                         context.out);
}

Status propose_key(const ReplaceKeyOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    if (!is_name(options.signer) || official.definition().holder(SignerId(options.signer)) == nullptr)
        return invalid("signer-unknown", fmt::format("the definition has no signer \"{}\"", options.signer));
    STIMME_TRY(const auto key, array_from_hex<33>(options.key));
    STIMME_CHECK(crypto::VerifyKey::from_sec1(key));
    return official.sign(events::KeyReplaced{SignerId(options.signer), key, options.reason}, context.out);
}

Status propose_paper_count(const PaperCountOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    STIMME_TRY(const auto* const contest, contest_named(official.definition(), options.contest));
    if (!is_name(options.district))
        return invalid("district-unknown", fmt::format("no district \"{}\"", options.district));
    events::PaperCount count{contest->id,     DistrictId(options.district),
                             options.ballots, std::vector<std::uint64_t>(contest->positions()),
                             std::nullopt,    options.reason};
    for (const std::string& total : options.totals) STIMME_CHECK(read_total(*contest, total, count.totals));
    for (const auto& [index, earlier] : official.log().state.paper_counts()) {
        if (earlier.contest == count.contest && earlier.district == count.district) count.supersedes = index;
    }
    if (count.supersedes.has_value() == options.reason.empty())
        return invalid("reason-missing", count.supersedes
                                             ? "this count replaces an earlier one: say why with --reason"
                                             : "a first count takes no --reason");
    return official.sign(std::move(count), context.out);
}

}  // namespace stimme::office
