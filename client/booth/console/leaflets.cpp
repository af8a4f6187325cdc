// `stimme booth leaflets`: a page for voters in every language, as PDF.
#include <fmt/format.h>

#include "client/booth/console/commands.h"
#include "client/print/leaflet.h"
#include "client/print/office_page.h"
#include "client/words/dates.h"
#include "core/base/file.h"

namespace stimme::booth::console {
namespace {

struct LeafletOptions {
    std::filesystem::path out;
};

Status write_leaflets(const LeafletOptions& options, cli::Context& context) {
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (error)
        return unavailable("folder-unwritable", fmt::format("the folder {} can't be made: {}",
                                                            options.out.string(), error.message()));
    const auto today = words::day_at("Europe/Berlin", context.clock.now());
    for (const words::Language language : words::Language::all()) {
        const print::Sheet sheet = print::leaflet(language, today);
        STIMME_TRY(const print::Pdf pdf, print::office_page(sheet));
        const std::filesystem::path path = options.out / (sheet.kind + ".pdf");
        STIMME_CHECK(write_file(path, pdf.bytes));
        context.out.line(path.string());
    }
    return {};
}

}  // namespace

void add_leaflets(cli::Command& booth) {
    auto& command = booth.subcommand("leaflets", "a page for voters in every language, as PDF");
    auto& options = command.options<LeafletOptions>();
    command.required("--out", options.out, "folder for them");
    command.runs([&options](cli::Context& context) { return write_leaflets(options, context); });
}

}  // namespace stimme::booth::console
