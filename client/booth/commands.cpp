#include "client/booth/commands.h"

#include <fstream>

#include <fmt/format.h>

#include "client/booth/batch.h"
#include "client/booth/interrupt.h"
#include "client/booth/screen.h"
#include "client/booth/station.h"

namespace stimme::booth {
namespace {

struct VoteOptions {
    std::string pass;
    std::string choices;
    bool invalid = false;
    bool blank = false;
    std::string then;
    std::filesystem::path receipt;
    std::string language;
    std::string batch;
};

Status check_flags(const VoteOptions& options) {
    const int wishes = !options.choices.empty() + options.invalid + options.blank;
    if (!options.then.empty() && options.then != "cast" && options.then != "challenge")
        return invalid("usage", "--then is either cast or challenge");
    if (wishes > 1) return invalid("usage", "--choices, --invalid and --blank exclude each other");
    const bool single = wishes > 0 || !options.pass.empty() || !options.then.empty();
    if (!options.batch.empty() && single)
        return invalid("usage", "--batch takes pass and choices from its lines");
    return {};
}

Wish wish_of(VoteOptions& options) {
    Wish wish;
    if (options.invalid) wish.kind = Wish::Kind::invalid;
    if (options.blank) wish.kind = Wish::Kind::blank;
    wish.contests = contests_of(options.choices);
    wipe(options.choices);
    return wish;
}

Result<ballot::ValidSelections> choose(VoteOptions& options, const ballot::Layout& layout, Screen& screen) {
    const bool said = !options.choices.empty() || options.invalid || options.blank;
    if (!said) return screen.ask_selections(layout);
    return resolve(layout, wish_of(options));
}

Status show_end(const VoteOptions& options, const Visit& visit, const json::Object& answer,
                cli::Context& context, Screen& screen) {
    context.out.document(answer);
    if (const auto* tested = std::get_if<Tested>(&visit.state())) {
        context.out.line("The ballot was tested. It is public and was NOT cast:");
        if (!context.out.json())
            screen.show_ballot(visit.polling().layouts.at(tested->style), tested->opened.opening.selections);
        if (const json::Value* document = answer.find("opened")) context.out.line(json::canonical(*document));
        context.out.line("Your pass is still good: vote again.");
        return {};
    }
    context.out.line("Your ballot is cast. This receipt proves it and says nothing of your choice:");
    context.out.line();
    const auto* receipt = answer.find("receipt")->get<std::string>();
    context.out.line(options.receipt.empty() ? *receipt : options.receipt.string());
    return {};
}

Result<pass::Pass> pass_of(const VoteOptions& options, Screen& screen) {
    return options.pass.empty() ? screen.ask_pass() : pass::parse_pass(options.pass);
}

Result<Then> decide(const VoteOptions& options, Screen& screen) {
    if (!options.then.empty()) return options.then == "cast" ? Then::cast : Then::challenge;
    STIMME_TRY(const bool cast, screen.ask_cast());
    return cast ? Then::cast : Then::challenge;
}

Status vote_once(VoteOptions& options, Visit& visit, cli::Context& context) {
    Screen screen(context.in, context.out, options.language);
    STIMME_TRY(const pass::Pass pass, pass_of(options, screen));
    visit.give(PassEntered{pass});
    STIMME_TRY(const Choosing* const choosing, visit.expect<Choosing>());
    STIMME_TRY(auto selections, choose(options, visit.polling().layouts.at(choosing->style), screen));
    visit.give(Chosen{std::move(selections)});
    visit.give(Confirmed{});
    STIMME_TRY(const Deciding* const deciding, visit.expect<Deciding>());
    screen.show_submitted(*deciding);
    STIMME_TRY(const Then then, decide(options, screen));
    const auto file = options.receipt.empty() ? std::nullopt : std::optional(options.receipt);
    STIMME_TRY(const json::Object answer, finish_visit(visit, then, file));
    return show_end(options, visit, answer, context, screen);
}

Status vote_batch(const VoteOptions& options, Station& station, Server& server, cli::Context& context) {
    if (options.batch == "-")
        return run_batch(context.in, station.polling, context.random, server, {}, on_interrupt_say,
                         context.out);
    std::ifstream file(options.batch);
    if (!file) return invalid("file-unreadable", "cannot read " + options.batch);
    return run_batch(file, station.polling, context.random, server, {}, on_interrupt_say, context.out);
}

Status vote(VoteOptions& options, cli::Context& context) {
    STIMME_CHECK(check_flags(options));
    STIMME_TRY(Station station, open_station(context));
    SessionServer server(station.session);
    catch_interrupts();
    if (!options.batch.empty()) return vote_batch(options, station, server, context);
    Visit visit(station.polling, context.random, server, {}, on_interrupt_say);
    auto status = vote_once(options, visit, context);
    if (!status && status.error().code == "input-ended") context.out.note(if_stopped_now(visit.state()));
    return status;
}

}  // namespace

cli::Command& add_commands(cli::Command& root) {
    auto& booth = root.subcommand("booth", "vote at a polling station; alone: the full screen");
    auto& command = booth.subcommand("vote", "cast or test a ballot; asks for what isn't given");
    auto& options = command.options<VoteOptions>();
    command.optional("--pass", options.pass, "voting pass");
    command.optional("--choices", options.choices,
                     "numbers, ids or lists: \"k01,k05,k05\", or \"board:k01;mayor:m3\"");
    command.flag("--invalid", options.invalid, "an explicitly invalid ballot");
    command.flag("--blank", options.blank, "a blank ballot");
    command.optional("--then", options.then, "cast or challenge, without being asked");
    command.optional("--receipt", options.receipt,
                     "file for the receipt, or for the opened ballot of a test");
    command.optional("--lang", options.language, "language of titles");
    command.optional("--batch", options.batch, "file of ballots, a JSON object a line; - is the input");
    command.footer(
        "A test opens the ballot for everyone to read; it isn't counted.\n"
        "--batch: {\"pass\", \"choices\": [..] or {contest: [..]} (or \"invalid\": true, \"blank\": true), "
        "\"then\": \"cast\"|\"challenge\", \"receipt\": file}\n"
        "  answers a line each: {\"tracking_code\", \"index\", \"then\", \"cast_index\"|\"challenge_index\", "
        "\"receipt\"|\"opened\"} or {\"line\", \"error\"}.\n"
        "  A failed line doesn't stop it, an unreachable server does; exit code 1 when a line failed.");
    command.runs([&options](cli::Context& context) { return vote(options, context); });
    return booth;
}

}  // namespace stimme::booth
