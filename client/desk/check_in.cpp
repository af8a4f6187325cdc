#include "client/desk/check_in.h"

#include <fstream>
#include <istream>

#include <fmt/format.h>

#include "client/cli/progress.h"
#include "client/desk/commands.h"
#include "client/desk/station.h"

namespace stimme::desk {
namespace {

// Voters whose requests share one write to the disk.
constexpr std::size_t group_size = 32;

struct CheckInOptions {
    std::string voter;
    std::string batch;
    bool card = false;
};
struct FindOptions {
    std::string query;
};

void print_pass(const pass::Pass& pass, cli::Output& out) {
    const std::string text = pass::write_pass(pass);
    if (out.json()) {
        out.raw(json::canonical(json::Object{{"pass", text}}) + "\n");
    } else {
        out.line(text);
    }
    out.flush();
}

std::string standing(const wire::VoterView& voter) {
    if (voter.checked_in_at) return "checked in at " + voter.checked_in_at->str();
    if (voter.paper_at) return "voted on paper at " + voter.paper_at->str();
    if (voter.eligible) return voter.polling_card ? "may vote with their polling card" : "may vote";
    std::string text = "may not vote:";
    for (const std::string& reason : voter.reasons) text += " " + reason;
    return text;
}

void show(const std::vector<wire::VoterView>& voters, cli::Output& out) {
    json::Array list;
    std::vector<std::vector<std::string>> rows{{"number", "name", "born", "address", "station", "standing"}};
    for (const auto& voter : voters) {
        list.push_back(to_json(voter));
        rows.push_back({voter.number, voter.family_name + ", " + voter.given_names, voter.birth_date,
                        voter.address, voter.station.str(), standing(voter)});
    }
    out.document(json::Object{{"voters", std::move(list)}});
    for (const std::string& line : cli::table(rows, {})) out.line(line);
}

Status find(const FindOptions& options, cli::Context& context) {
    STIMME_TRY(session::Session session, session::Session::open(context));
    STIMME_TRY(const auto voters, search_voters(session, options.query));
    if (voters.empty()) return not_found("voter-not-found", "nobody is found by that");
    show(voters, context.out);
    return {};
}

// Before anything new is asked, what was asked before gets its answer.
Status resume(Station& station, Server& server, const PassKeys& keys, cli::Context& context) {
    if (!station.store.waits()) return {};
    for (const PendingCheckIn& pending : station.store.check_ins())
        context.out.note("The check-in of voter " + pending.voter + " wasn't answered before; asking again.");
    Summary summary;
    Desk desk(station.store, server, keys, context.random, {}, batch_printer(context.out, summary));
    const Status resumed = desk.resume();
    for (const Desk::Refusal& refusal : desk.refused())
        context.out.note(fmt::format("Something asked before was refused: {} ({})", refusal.error.message,
                                     refusal.error.code));
    STIMME_CHECK(resumed);
    context.out.note(fmt::format("{} passes that were asked for before are now printed", summary.passes));
    return {};
}

Status check_in_one(const CheckInOptions& options, Station& station, Server& server, const PassKeys& keys,
                    cli::Context& context) {
    Status refusal;
    Desk desk(station.store, server, keys, context.random, {}, [&](const CheckedIn& outcome) -> Status {
        if (outcome.pass) {
            print_pass(*outcome.pass, context.out);
        } else {
            refusal = outcome.pass.error();
        }
        return {};
    });
    const std::set<std::string> cards = options.card ? std::set{options.voter} : std::set<std::string>();
    STIMME_CHECK(desk.check_in({options.voter}, cards));
    return refusal;
}

Status check_in_file(const std::string& name, Desk& desk, cli::Context& context) {
    if (name == "-") return check_in_all(context.in, desk, context.out);
    std::ifstream file(name);
    if (!file) return invalid("file-unreadable", "cannot read " + name);
    return check_in_all(file, desk, context.out);
}

Status check_in(const CheckInOptions& options, cli::Context& context) {
    if (options.voter.empty() == options.batch.empty())
        return invalid("usage", "give either a voter's number or --batch FILE");
    if (options.card && options.voter.empty())
        return invalid("usage", "--card is of one voter, whose number must be given");
    STIMME_TRY(Station station, open_station(context));
    SessionServer server(station.session, &station.store);
    STIMME_TRY(const PassKeys keys, station.pass_keys());
    STIMME_CHECK(resume(station, server, keys, context));
    if (!options.voter.empty()) return check_in_one(options, station, server, keys, context);
    Summary summary;
    Desk desk(station.store, server, keys, context.random, {}, batch_printer(context.out, summary));
    const auto status = check_in_file(options.batch, desk, context);
    context.out.note(fmt::format("{} checked in, {} refused", summary.passes, summary.refused));
    return status;
}

Status pending(cli::Context& context) {
    STIMME_TRY(Station station, open_station(context));
    SessionServer server(station.session, &station.store);
    STIMME_TRY(const PassKeys keys, station.pass_keys());
    if (!station.store.waits()) context.out.note("Every request was answered.");
    return resume(station, server, keys, context);
}

Result<std::string> read_number(std::string text, std::uint64_t line) {
    const auto last = text.find_last_not_of(" \t\r");
    text.erase(last == std::string::npos ? 0 : last + 1);
    if (text.size() > 64 || text.find_first_of(" \t,;\"") != std::string::npos)
        return invalid("voter-number-invalid", fmt::format("line {}: one voter's number a line", line));
    return text;
}

}  // namespace

Result<std::vector<std::string>> read_numbers(std::istream& in) {
    std::vector<std::string> numbers;
    std::uint64_t line = 0;
    for (std::string text; std::getline(in, text);) {
        STIMME_TRY(std::string number, read_number(std::move(text), ++line));
        if (!number.empty()) numbers.push_back(std::move(number));
        text.clear();
    }
    return numbers;
}

Desk::Tell batch_printer(cli::Output& out, Summary& summary) {
    return [&out, &summary](const CheckedIn& outcome) -> Status {
        if (outcome.pass) {
            ++summary.passes;
            print_pass(*outcome.pass, out);
            return {};
        }
        ++summary.refused;
        const Error& error = outcome.pass.error();
        out.note(fmt::format("{}: {} ({})", outcome.voter, error.message, error.code));
        return {};
    };
}

Status check_in_all(std::istream& in, Desk& desk, cli::Output& out) {
    STIMME_TRY(const auto numbers, read_numbers(in));
    cli::Progress progress(out, "Check-ins", numbers.size());
    for (std::size_t i = 0; i < numbers.size(); i += group_size) {
        const auto end = std::min(i + group_size, numbers.size());
        STIMME_CHECK(desk.check_in({numbers.begin() + static_cast<std::ptrdiff_t>(i),
                                    numbers.begin() + static_cast<std::ptrdiff_t>(end)}));
        progress.at(end);
    }
    return {};
}

void add_check_in(cli::Command& desk) {
    auto& find_command = desk.subcommand("find", "find a voter by the beginning of number or name");
    auto& find_options = find_command.options<FindOptions>();
    find_command.required("QUERY", find_options.query, "at least two characters");
    find_command.runs([&find_options](cli::Context& context) { return find(find_options, context); });

    auto& command = desk.subcommand("check-in", "check a voter in and print their pass");
    auto& options = command.options<CheckInOptions>();
    command.optional("VOTER", options.voter, "number in the register");
    command.optional("--batch", options.batch, "file with a voter's number a line; - is the input");
    command.flag("--card", options.card, "the voter has handed in their polling card");
    command.footer(
        "The pass is printed without a name: give it to the voter who stands before you.\n"
        "--batch: passes on the output, one a line; refusals with voter and reason on the error stream.\n"
        "  Refusals don't stop it; exit code 0 unless the server can't be reached or proves wrong.\n"
        "A request that wasn't answered is repeated first, also after a crash.");
    command.runs([&options](cli::Context& context) { return check_in(options, context); });

    desk.subcommand("pending", "repeat requests that weren't answered, and print their passes").runs(pending);
}

}  // namespace stimme::desk
