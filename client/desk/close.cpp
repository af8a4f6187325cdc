#include <fmt/format.h>

#include "client/desk/closing.h"
#include "client/desk/commands.h"

namespace stimme::desk {
namespace {

struct CloseOptions {
    std::string explain;
};

void show_answer(const wire::ActAnswer& answer, const ClosingView& view, cli::Output& out) {
    json::Object document = reconciliation_json(view);
    document.set("missing", answer.missing);
    if (answer.index) document.set("index", *answer.index);
    out.document(document);
    if (answer.index) {
        out.line(fmt::format("The station is closed (entry {} of the log).", *answer.index));
    } else {
        out.line(fmt::format("Signed. {} more desks of this station must sign.", answer.missing));
    }
}

Status close(const CloseOptions& options, cli::Context& context) {
    STIMME_TRY(Station station, open_station(context));
    STIMME_TRY(const ClosingView view, read_closing(station, context.out));
    for (const std::string& line : reconciliation(view)) context.out.line(line);
    for (const Error& difference : view.differences)
        if (!options.explain.empty()) context.out.note("Signing in spite of this: " + difference.message);
    STIMME_TRY(const auto answer, sign_closing(station, view, options.explain));
    show_answer(answer, view, context.out);
    return {};
}

}  // namespace

void add_close(cli::Command& desk) {
    auto& command = desk.subcommand("close", "close the station: compare the counts and sign them");
    auto& options = command.options<CloseOptions>();
    command.optional("--explain", options.explain,
                     "sign although the server's counts differ from this desk's, for this reason");
    command.footer("The reason is kept in the role folder and belongs into the station's written record.");
    command.runs([&options](cli::Context& context) { return close(options, context); });
}

}  // namespace stimme::desk
