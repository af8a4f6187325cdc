#include "client/station/commands.h"

#include "client/printer/printer_choice.h"
#include "client/station/check.h"

namespace stimme::station {
namespace {

struct CheckFlags {
    std::string printer;
    std::string expect;
    std::string language = "de";
    bool yes = false;
};
struct PrinterFlags {
    std::string choice;
};

Result<std::unique_ptr<printer::Printer>> open_chosen(const std::string& option,
                                                      const session::RoleFolder& folder, Random& random) {
    STIMME_TRY(const auto choice, printer::chosen_printer(option, folder.path()));
    return printer::open_printer(choice, random);
}

Status check(const CheckFlags& flags, cli::Context& context) {
    STIMME_TRY(const session::RoleFolder folder, session::RoleFolder::open(context.role_folder));
    const CheckOptions options{flags.expect, flags.yes,
                               flags.language == "en" ? Tongue::english : Tongue::german};
    RealSurroundings surroundings(context);
    StationCheck station(options, folder, surroundings, open_chosen(flags.printer, folder, context.random),
                         context);
    station.run();
    context.out.document(to_json(station.lines()));
    return verdict_of(station.lines());
}

Status choose_printer(const PrinterFlags& flags, cli::Context& context) {
    STIMME_TRY(const session::RoleFolder folder, session::RoleFolder::open(context.role_folder));
    STIMME_TRY(const auto choice, printer::chosen_printer(flags.choice, folder.path()));
    if (!flags.choice.empty()) STIMME_CHECK(printer::keep_choice(choice, folder.path()));
    context.out.document(json::Object{{"printer", printer::to_string(choice)}});
    context.out.line(printer::to_string(choice));
    return {};
}

}  // namespace

void add_check(cli::Command& station) {
    auto& command = station.subcommand(
        "check", "before the day: screen, printer, scanner, connection, clock, certificate, program, a vote");
    auto& flags = command.options<CheckFlags>();
    command.optional("--printer", flags.printer, "instead of the one set with `stimme station printer`");
    command.optional("--expect", flags.expect,
                     "published SHA-256 of this program, or a file with it as sha256sum writes it");
    command.optional_choice("--language", flags.language, {"de", "en"}, "of questions and report");
    command.flag("--yes", flags.yes, "ask nobody: what only a person can see counts as seen");
    command.footer(
        "Prints a test page and a report. Each line says ok, warning or failed, and what to do.\n"
        "Exit code 1 when anything failed. The voter is made up, with keys of their own: no server hears of "
        "them.");
    command.runs([&flags](cli::Context& context) { return check(flags, context); });
}

void add_printer(cli::Command& station) {
    auto& command = station.subcommand("printer", "show or set this machine's printer");
    auto& flags = command.options<PrinterFlags>();
    command.optional("PRINTER", flags.choice,
                     "cups:NAME, escpos:/dev/usb/lp0, escpos:tcp:HOST:PORT, pdf:FOLDER");
    command.footer(
        "Behind escpos may stand \",58mm\" for narrow rolls and \",silent\" for a printer that never tells its "
        "state.\nIt is kept in the file `printer` of the role folder.");
    command.runs([&flags](cli::Context& context) { return choose_printer(flags, context); });
}

void add_commands(cli::Command& root) {
    auto& station = root.subcommand("station", "get a machine of a polling station ready");
    add_check(station);
    add_printer(station);
}

}  // namespace stimme::station
