#include "client/desk/console/commands.h"
#include "client/desk/console/console.h"
#include "client/desk/console/station_backend.h"
#include "client/printer/printer_choice.h"
#include "client/tty/curses_terminal.h"

namespace stimme::desk::console {
namespace {

struct ScreenOptions {
    std::string language = "de";
    std::string printer;
};

Status full_screen(const ScreenOptions& options, cli::Context& context) {
    STIMME_TRY(const words::Language language, words::Language::parse(options.language));
    STIMME_TRY(const session::RoleFolder folder, session::RoleFolder::open(context.role_folder));
    STIMME_TRY(const auto choice, printer::chosen_printer(options.printer, folder.path()));
    STIMME_TRY(const auto printer, printer::open_printer(choice, context.random));
    STIMME_TRY(const auto link, session::LinkWatch::start(folder.client_config()));
    STIMME_TRY(const auto terminal, tty::open_terminal());
    StationBackend backend(context, *printer, language);
    return run_console({*terminal, backend, *link, context.clock}, language);
}

}  // namespace

void add_full_screen(cli::Command& desk) {
    auto& options = desk.options<ScreenOptions>();
    desk.optional_choice("--language", options.language, {"de", "en"}, "of the screen");
    desk.optional("--printer", options.printer,
                  "cups:NAME, escpos:DEVICE or pdf:FOLDER; else the one set with stimme station printer");
    desk.footer(
        "Without a command: the full screen of a polling station's desk, for the whole day from the zero count to\n"
        "the close. It needs a terminal of at least 80 columns and 24 lines.");
    desk.runs([&options](cli::Context& context) { return full_screen(options, context); });
}

}  // namespace stimme::desk::console
