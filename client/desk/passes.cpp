#include <fmt/format.h>

#include "client/desk/commands.h"
#include "client/desk/station.h"

namespace stimme::desk {
namespace {

struct PassOptions {
    std::string pass;
};
struct VoidOptions {
    std::string voter;
    std::string pass;
};
struct FailureOptions {
    std::string pass;
    std::string booth;
    std::string reason;
};
struct UnlockOptions {
    std::string booth;
};

std::string_view in_words(wire::PassStateAnswer::Status status) {
    constexpr std::string_view words[] = {
        "No ballot of this pass is under way; it is still good.",
        "A ballot of this pass waits in a booth for cast or test.",
        "A ballot was cast with this pass.",
        "This pass was given back; it is no longer good.",
    };
    return words[static_cast<std::size_t>(status)];
}

void show(const wire::PassStateAnswer& state, cli::Output& out) {
    out.document(to_json(state));
    out.line(in_words(state.status));
    if (state.challenges != 0) out.line(fmt::format("Tests made with it: {}", state.challenges));
}

Status give_back(const VoidOptions& options, cli::Context& context) {
    STIMME_TRY(const pass::Pass pass, pass::parse_pass(options.pass));
    STIMME_TRY(Station station, open_station(context));
    SessionServer server(station.session, &station.store);
    Desk desk(station.store, server, {}, context.random, {}, [](const CheckedIn&) { return Status(); });
    STIMME_TRY(auto signature, station.session.sign(events::PassVoided{station.id, pass.t}));
    STIMME_CHECK(
        desk.give_back(wire::print(wire::VoidRequest{options.voter, proof_of(pass), std::move(signature)})));
    context.out.document(json::Object{{"status", "voided"}});
    context.out.line("The pass is void and the check-in undone. Destroy the paper.");
    return {};
}

Status pass_state(const PassOptions& options, cli::Context& context) {
    STIMME_TRY(const pass::Pass pass, pass::parse_pass(options.pass));
    STIMME_TRY(session::Session session, session::Session::open(context));
    STIMME_TRY(const auto state, session.post<wire::PassStateAnswer>("pass-states", proof_of(pass)));
    show(state, context.out);
    return {};
}

Status expire(const PassOptions& options, cli::Context& context) {
    STIMME_TRY(const pass::Pass pass, pass::parse_pass(options.pass));
    STIMME_TRY(session::Session session, session::Session::open(context));
    STIMME_TRY(const auto state,
               session.post<wire::PassStateAnswer>("expirations", wire::ExpirationRequest{proof_of(pass)}));
    show(state, context.out);
    return {};
}

Status challenge_failed(const FailureOptions& options, cli::Context& context) {
    STIMME_TRY(const pass::Pass pass, pass::parse_pass(options.pass));
    if (!is_name(options.booth))
        return invalid("booth-unknown", "the booth's name is that of the definition");
    STIMME_TRY(Station station, open_station(context));
    STIMME_TRY(const auto ballot, find_submission(station, pass.t));
    const events::ChallengeFailed content{station.id, pass.t, ballot.tracking_code, options.reason};
    STIMME_TRY(auto signature, station.session.sign(content));
    const wire::ChallengeFailureRequest request{proof_of(pass), SignerId(options.booth), options.reason,
                                                std::move(signature)};
    STIMME_TRY(const auto state, station.session.post<wire::PassStateAnswer>("challenge-failures", request));
    show(state, context.out);
    context.out.line("The booth " + options.booth + " is closed: nobody may vote there any more.");
    return {};
}

Status unlock(const UnlockOptions& options, cli::Context& context) {
    if (!is_name(options.booth))
        return invalid("booth-unknown", "the booth's name is that of the definition");
    STIMME_TRY(session::Session session, session::Session::open(context));
    const wire::BoothUnlockRequest request{SignerId(options.booth)};
    STIMME_CHECK(session.post_text("booth-unlocks", wire::print(request), "application/json"));
    context.out.document(json::Object{{"booth", options.booth}});
    context.out.line("The booth " + options.booth + " is no longer locked by wrong passes.");
    return {};
}

}  // namespace

void add_passes(cli::Command& desk) {
    auto& void_command = desk.subcommand("void", "take an unused pass back and undo the check-in");
    auto& void_options = void_command.options<VoidOptions>();
    void_command.required("--voter", void_options.voter, "number in the register");
    void_command.required("--pass", void_options.pass, "the pass that comes back");
    void_command.runs([&void_options](cli::Context& context) { return give_back(void_options, context); });

    auto& state_command = desk.subcommand("pass-state", "what became of a pass");
    auto& state_options = state_command.options<PassOptions>();
    state_command.required("PASS", state_options.pass, "the pass");
    state_command.runs(
        [&state_options](cli::Context& context) { return pass_state(state_options, context); });

    auto& expire_command = desk.subcommand("expire", "end a ballot that its voter left in the booth");
    auto& expire_options = expire_command.options<PassOptions>();
    expire_command.required("PASS", expire_options.pass, "its pass");
    expire_command.runs([&expire_options](cli::Context& context) { return expire(expire_options, context); });

    auto& failure_command = desk.subcommand(
        "challenge-failed", "a test was asked for and no opened ballot came; closes the booth");
    auto& failure_options = failure_command.options<FailureOptions>();
    failure_command.required("PASS", failure_options.pass, "the voter's pass");
    failure_command.required("--booth", failure_options.booth, "name of the booth");
    failure_command.required("--reason", failure_options.reason, "what happened, for the public log");
    failure_command.runs(
        [&failure_options](cli::Context& context) { return challenge_failed(failure_options, context); });

    auto& unlock_command = desk.subcommand("unlock", "unlock a booth after ten wrong passes");
    auto& unlock_options = unlock_command.options<UnlockOptions>();
    unlock_command.required("BOOTH", unlock_options.booth, "name of the booth");
    unlock_command.runs([&unlock_options](cli::Context& context) { return unlock(unlock_options, context); });
}

}  // namespace stimme::desk
