#include "client/desk/commands.h"
#include "client/desk/console.h"
#include "client/desk/folder_printer.h"
#include "client/desk/station_backend.h"
#include "client/tty/curses_terminal.h"

namespace stimme::desk {
namespace {

struct ScreenOptions {
    std::string language = "de";
    std::filesystem::path print_to;
};

Result<std::filesystem::path> folder_to_print_to(const ScreenOptions& options,
                                                 const cli::RoleFolder& folder) {
    if (!options.print_to.empty()) return options.print_to;
    const std::filesystem::path place = folder.file("printed");
    std::error_code error;
    std::filesystem::create_directories(place, error);
    if (error) return unavailable("printer-folder", "cannot make " + place.string() + ": " + error.message());
    return place;
}

Status full_screen(const ScreenOptions& options, cli::Context& context) {
    STIMME_TRY(const words::Language language, words::Language::parse(options.language));
    STIMME_TRY(const cli::RoleFolder folder, cli::RoleFolder::open(context.role_folder));
    STIMME_TRY(const std::filesystem::path place, folder_to_print_to(options, folder));
    STIMME_TRY(const auto link, LinkWatch::start(folder.client_config()));
    STIMME_TRY(const auto terminal, tty::open_terminal());
    FolderPrinter printer(place, context.random);
    StationBackend backend(context, printer, language);
    return run_console({*terminal, backend, *link, context.clock}, language);
}

}  // namespace

void add_full_screen(cli::Command& desk) {
    auto& options = desk.options<ScreenOptions>();
    desk.optional_choice("--language", options.language, {"de", "en"},
                         "of the screen and of what is printed");
    desk.optional("--print-to", options.print_to, "folder that takes what is printed, as text files");
    desk.footer(
        "Without a command: the full screen of a polling station's desk, for the whole day from the zero "
        "count to\n"
        "the close. It needs a terminal of at least 80 columns and 24 lines.");
    desk.runs([&options](cli::Context& context) { return full_screen(options, context); });
}

}  // namespace stimme::desk
