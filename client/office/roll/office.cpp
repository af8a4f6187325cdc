#include "client/office/roll/office.h"

#include <fmt/format.h>

#include "client/cli/progress.h"
#include "client/evidence/describe.h"
#include "client/office/acts/act.h"
#include "client/session/log_watch.h"
#include "client/session/session.h"
#include "core/base/file.h"
#include "core/events/roll_proof.h"
#include "core/net/client/url.h"
#include "core/wire/desk.h"

namespace stimme::office {
namespace {

using cli::Context;

constexpr std::size_t largest_list = std::size_t{256} << 20;

// GET roll.
struct RollState {
    std::uint64_t count;
    Hash root;
    std::uint64_t without_station;
};
void read(json::Fields& in, RollState& roll) {
    roll.count = static_cast<std::uint64_t>(in.integer("count", 0, json::max_integer));
    roll.root = in.hex<32>("root");
    roll.without_station = static_cast<std::uint64_t>(in.integer("without_station", 0, json::max_integer));
}

// GET voters?q=
struct FoundVoters {
    std::vector<wire::VoterView> voters;
};
void read(json::Fields& in, FoundVoters& found) {
    in.each("voters", 0, 1000, [&](json::Fields& item) { read(item, found.voters.emplace_back()); });
}

// POST roll/strikes, roll/admissions.
struct CorrectionRequest {
    std::string voter;
    std::string reason;
};
json::Value to_json(const CorrectionRequest& request) {
    return json::Object{{"voter", request.voter}, {"reason", request.reason}};
}

std::string join(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + text;
    return result;
}

std::vector<std::string> row_of(const wire::VoterView& voter) {
    return {voter.number,
            voter.family_name,
            voter.given_names,
            voter.birth_date,
            voter.address,
            voter.station.str(),
            voter.eligible ? "may vote" : join(voter.reasons),
            voter.checked_in_at  ? "checked in at " + voter.checked_in_at->str()
            : voter.paper_at     ? "voted on paper at " + voter.paper_at->str()
            : voter.polling_card ? "has a polling card"
                                 : ""};
}

// That the server's draft is about this voter and about nothing else.
Status check_correction(Official& official, Correction correction, const CorrectionOptions& options,
                        const events::Content& draft) {
    const Error other = corrupt("act-differs", "the server's draft is another act than the one asked for");
    const auto* const act = std::get_if<events::RollCorrected>(&draft);
    if (act == nullptr || act->reason != options.reason || act->added.size() + act->struck.size() != 1)
        return other;
    const auto& leaves = correction == Correction::admit ? act->added : act->struck;
    if (leaves.size() != 1) return other;
    STIMME_TRY(const auto voter,
               official.session().get<wire::VoterView>("roll/leaves/" + to_hex(leaves.front())));
    return voter.number == options.voter ? Status() : Status(other);
}

}  // namespace

Status roll_status(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto roll, session.get<RollState>("roll"));
    context.out.line(fmt::format("{} voters", roll.count));
    context.out.line("fingerprint      " + evidence::fingerprint(roll.root));
    context.out.line(fmt::format("without station  {}", roll.without_station));
    context.out.document(json::Object{
        {"count", roll.count}, {"root", to_hex(roll.root)}, {"without_station", roll.without_station}});
    return {};
}

Status roll_notices(const std::filesystem::path& out, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    Bytes csv;
    cli::Progress progress(context.out, "Bytes fetched");
    STIMME_CHECK(session.api().get_to(session.path("roll/notices"), [&](ByteView piece) -> Status {
        if (csv.size() + piece.size() > largest_list)
            return corrupt("answer-too-large", "the server's list of notices never ends");
        append(csv, piece);
        progress.at(csv.size());
        return {};
    }));
    STIMME_CHECK(write_file(out, csv, FileMode::private_file));
    context.out.line(fmt::format(
        "Written to {}. It names every voter: delete it when the letters are printed.", out.string()));
    context.out.document(json::Object{{"file", out.string()}});
    return {};
}

Status roll_proof(const ProofOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const std::string text, session.get_text("roll/people/" + options.voter + "/proof"));
    const auto proof = events::parse_roll_proof(text);
    if (!proof) return session::Session::answer_malformed("roll/people", proof.error());
    STIMME_CHECK(verified(events::verify_roll_proof(*proof, session::log_verifier(*session.definition()),
                                                    session::witness_verifiers(*session.definition()))));
    STIMME_CHECK(write_file(options.out, as_bytes(text + "\n"), FileMode::private_file));
    context.out.line(
        fmt::format("Written to {}. It is this voter's alone: whoever has it sees whether they took part.",
                    options.out.string()));
    context.out.document(json::Object{{"file", options.out.string()}});
    return {};
}

Status roll_find(const std::string& query, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto found, session.get<FoundVoters>("voters?q=" + net::percent_encoded(query)));
    std::vector<std::vector<std::string>> rows;
    json::Array voters;
    for (const wire::VoterView& voter : found.voters) {
        rows.push_back(row_of(voter));
        voters.push_back(to_json(voter));
    }
    for (const std::string& line : cli::table(rows, {})) context.out.line(line);
    if (rows.empty()) context.out.line("Nobody found.");
    context.out.document(json::Object{{"voters", std::move(voters)}});
    return {};
}

Status roll_card(const CardOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto voter,
               session.post<wire::VoterView>("roll/polling-cards",
                                             wire::CardRequest{options.voter, options.withdraw}));
    context.out.document(to_json(voter));
    context.out.line(
        voter.polling_card
            ? fmt::format("{} has a polling card: they vote by post, or hand it in at the station.",
                          voter.number)
            : fmt::format("{} has no polling card.", voter.number));
    return {};
}

Status roll_correct(Correction correction, const CorrectionOptions& options, Context& context) {
    STIMME_TRY(Official official, Official::open(context));
    const char* const route = correction == Correction::admit ? "roll/admissions" : "roll/strikes";
    STIMME_TRY(const auto draft, official.session().post<wire::DraftAnswer>(
                                     route, CorrectionRequest{options.voter, options.reason}));
    STIMME_CHECK(check_correction(official, correction, options, draft.content));
    STIMME_CHECK(official.sign(draft.content, context.out));
    return {};
}

}  // namespace stimme::office
