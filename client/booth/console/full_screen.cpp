#include <unistd.h>

#include "client/booth/console/commands.h"
#include "client/booth/console/console.h"
#include "client/booth/console/languages.h"
#include "client/booth/console/practice.h"
#include "client/booth/console/private_memory.h"
#include "client/booth/console/voting_backend.h"
#include "client/printer/printer_choice.h"
#include "client/tty/curses_terminal.h"
#include "client/tty/second_terminal.h"
#include "client/tty/two_sizes.h"
#include "client/voice/espeak_voice.h"

namespace stimme::booth::console {
namespace {

struct ScreenOptions {
    std::string printer;
    std::string voice;
    std::filesystem::path larger_letters;
    bool practice = false;
};

// No server, so nothing can be missing.
struct NoLink final : session::Link {
    bool up() const override { return true; }
};

Result<std::unique_ptr<printer::Printer>> printer_of(const ScreenOptions& options,
                                                     const std::filesystem::path& folder, Random& random) {
    STIMME_TRY(const auto choice, printer::chosen_printer(options.printer, folder));
    return printer::open_printer(choice, random);
}

// The terminal, and the program that opens one with larger letters, if there is one.
Result<std::unique_ptr<tty::TwoSizes>> open_letters(const std::filesystem::path& larger) {
    if (!larger.empty() && ::access(larger.c_str(), X_OK) != 0)
        return invalid("program-missing", larger.string() + " is no program that opens a terminal");
    STIMME_TRY(auto usual, tty::open_terminal());
    return std::make_unique<tty::TwoSizes>(std::move(usual),
                                           [larger] { return tty::open_second_terminal(larger); });
}

struct Place {
    VotingBackend::Parts backend;
    const session::Link& link;
};

Status work(const ScreenOptions& options, const cli::Context& context, Place place) {
    std::unique_ptr<voice::Voice> voice;
    if (!options.voice.empty()) {
        STIMME_TRY(const auto outlet, voice::parse_outlet(options.voice));
        STIMME_TRY(voice, voice::open_voice(outlet));
    }
    Desktop desktop;
    desktop.languages = offered_languages(options.practice, terminal_kind());
    desktop.speaks = voice != nullptr;
    desktop.has_larger_letters = !options.larger_letters.empty();
    if (options.practice) desktop.practice = practice_pass(context.random);
    STIMME_TRY(const auto terminal, open_letters(options.larger_letters));
    STIMME_CHECK(guard_memory());
    VotingBackend backend(std::move(place.backend));
    tty::TwoSizes* const letters = desktop.has_larger_letters ? terminal.get() : nullptr;
    return run_console({*terminal, backend, place.link, context.clock, voice.get(), letters},
                       std::move(desktop), [&backend] { backend.give_up(); });
}

Status practise(const ScreenOptions& options, const cli::Context& context) {
    STIMME_TRY(const auto printer, printer_of(options, context.role_folder, context.random));
    Random& random = context.random;
    const NoLink link;
    return work(options, context,
                {{[&random] { return Result<std::unique_ptr<Workplace>>(practice_workplace(random)); },
                  *printer, context.clock, random, true},
                 link});
}

Status full_screen(const ScreenOptions& options, const cli::Context& context) {
    if (options.practice) return practise(options, context);
    STIMME_TRY(const session::RoleFolder folder, session::RoleFolder::open(context.role_folder));
    STIMME_TRY(const auto printer, printer_of(options, folder.path(), context.random));
    STIMME_TRY(const auto link, session::LinkWatch::start(folder.client_config()));
    return work(
        options, context,
        {{[&context] { return open_workplace(context); }, *printer, context.clock, context.random, false},
         *link});
}

}  // namespace

void add_full_screen(cli::Command& booth) {
    auto& options = booth.options<ScreenOptions>();
    booth.optional("--printer", options.printer,
                   "cups:NAME, escpos:DEVICE or pdf:FOLDER; else the one set with stimme station printer");
    booth.optional("--voice", options.voice,
                   "reads everything aloud: headphones, or wav:FILE to keep what is said");
    booth.optional(
        "--larger-letters", options.larger_letters,
        "a program that opens a terminal with larger letters over this one and runs there what it is "
        "given; then voters can choose them");
    booth.flag("--practice", options.practice, "an invented ballot, without a server; in all languages");
    booth.footer(
        "Without a command: the full screen of a voting booth, for one voter after the other. It needs a "
        "terminal of at least 40 columns and 14 lines.");
    booth.runs([&options](cli::Context& context) { return full_screen(options, context); });
}

}  // namespace stimme::booth::console
