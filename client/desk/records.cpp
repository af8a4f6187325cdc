// What the desk does beside passes: moving a check-in, voters on paper, and what the written record tells of
// them.
#include <fstream>

#include <fmt/format.h>

#include "client/desk/check_in.h"
#include "client/desk/closing.h"
#include "client/desk/commands.h"
#include "client/desk/station.h"

namespace stimme::desk {
namespace {

struct MoveOptions {
    wire::MoveRequest request;
};
struct PaperOptions {
    std::vector<std::string> voters;
    std::string batch;
    bool withdraw = false;
};

// Before anything new is asked, what was asked before gets its answer.
Status check_nothing_waits(const DeskStore& store) {
    if (!store.waits()) return {};
    return conflict("requests-pending",
                    "there are requests without an answer: run `stimme desk pending` first");
}

// Does `work(Desk&)` at this station.
template <class Work>
Status at_station(cli::Context& context, Work work) {
    STIMME_TRY(Station station, open_station(context));
    STIMME_CHECK(check_nothing_waits(station.store));
    SessionServer server(station.session, &station.store);
    Desk desk(station.store, server, {}, context.random, {}, [](const CheckedIn&) { return Status(); });
    return work(desk);
}

Status move(const MoveOptions& options, cli::Context& context) {
    return at_station(context, [&](Desk& desk) -> Status {
        STIMME_CHECK(desk.move(options.request));
        context.out.document(to_json(options.request));
        context.out.line(
            fmt::format("The check-in of {} is now that of {}.", options.request.from, options.request.to));
        return {};
    });
}

Result<std::vector<std::string>> numbers_of(const PaperOptions& options, cli::Context& context) {
    if (options.voters.empty() == options.batch.empty())
        return invalid("usage", "give either numbers or --batch FILE");
    if (options.batch.empty()) return options.voters;
    if (options.batch == "-") return read_numbers(context.in);
    std::ifstream file(options.batch);
    if (!file) return invalid("file-unreadable", "cannot read " + options.batch);
    return read_numbers(file);
}

void add(const wire::PaperAnswer& part, wire::PaperAnswer& all) {
    all.entered += part.entered;
    all.again += part.again;
    all.conflicts.insert(all.conflicts.end(), part.conflicts.begin(), part.conflicts.end());
}

void show(const wire::PaperAnswer& answer, bool withdrawn, cli::Output& out) {
    out.document(to_json(answer));
    out.line(fmt::format("{} voters on paper {}.", answer.entered, withdrawn ? "withdrawn" : "entered"));
    if (answer.again != 0) out.line(fmt::format("{} were entered before.", answer.again));
    for (const wire::PaperConflict& conflict : answer.conflicts)
        out.line(fmt::format("{}: {}{}", conflict.voter, conflict.reason,
                             conflict.station ? " (station " + conflict.station->str() + ")" : ""));
}

Status paper(const PaperOptions& options, cli::Context& context) {
    STIMME_TRY(const auto numbers, numbers_of(options, context));
    return at_station(context, [&](Desk& desk) -> Status {
        wire::PaperAnswer all;
        for (std::size_t i = 0; i < numbers.size(); i += wire::PaperRequest::most) {
            const auto end = std::min(i + wire::PaperRequest::most, numbers.size());
            STIMME_TRY(const auto part, desk.mark_paper({{numbers.begin() + static_cast<std::ptrdiff_t>(i),
                                                          numbers.begin() + static_cast<std::ptrdiff_t>(end)},
                                                         options.withdraw}));
            add(part, all);
        }
        show(all, options.withdraw, context.out);
        return {};
    });
}

Status record(cli::Context& context) {
    STIMME_TRY(Station station, open_station(context));
    STIMME_TRY(const auto record,
               station.session.get<wire::StationRecord>("station-records/" + station.id.str()));
    context.out.document(to_json(record));
    context.out.line(fmt::format("{} voters on paper", record.paper));
    for (const std::string& line : record_lines(record)) context.out.line(line);
    return {};
}

}  // namespace

void add_records(cli::Command& desk) {
    auto& move_command = desk.subcommand("move", "move a check-in to the person who has really come");
    auto& move_options = move_command.options<MoveOptions>();
    move_command.required("--from", move_options.request.from, "number of who was checked in");
    move_command.required("--to", move_options.request.to, "number of who has come");
    move_command.required("--member", move_options.request.members,
                          "names of the two members of the board who do it");
    move_command.footer("When the pass isn't used yet, take it back instead: stimme desk void.");
    move_command.runs([&move_options](cli::Context& context) { return move(move_options, context); });

    auto& paper_command =
        desk.subcommand("paper", "enter who votes on paper, or was ticked in the printed roll");
    auto& paper_options = paper_command.options<PaperOptions>();
    paper_command.optional("VOTER", paper_options.voters, "numbers in the register");
    paper_command.optional("--batch", paper_options.batch,
                           "file with a voter's number a line; - is the input");
    paper_command.flag("--withdraw", paper_options.withdraw, "they were entered at this desk by mistake");
    paper_command.footer(
        "Who voted otherwise, too, is told as a conflict and kept for the station's record.");
    paper_command.runs([&paper_options](cli::Context& context) { return paper(paper_options, context); });

    desk.subcommand("record", "what the station's written record tells of single entries").runs(record);
}

}  // namespace stimme::desk
