#include "client/office/roll/stations.h"

#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/session/session.h"
#include "core/base/file.h"
#include "core/roll/stations/station_check.h"
#include "core/wire/roll_stations.h"

namespace stimme::office {
namespace {

using cli::Context;
using cli::Output;

constexpr std::size_t largest_file = std::size_t{32} << 20;

using Rows = std::vector<std::vector<std::string>>;

void show_table(const Rows& rows, const std::vector<bool>& right, Output& out) {
    for (const std::string& line : cli::table(rows, right)) out.line(line);
}

void show_stations(const wire::Counts& stations, std::uint64_t without, Output& out) {
    Rows rows = {{"station", "may vote there"}};
    for (const auto& [station, voters] : stations) rows.push_back({station, std::to_string(voters)});
    show_table(rows, {false, true}, out);
    if (without == 0) return;
    out.line(fmt::format(
        "{} who may vote belong to no station: there must be none to seal. Who they are: stimme roll gaps",
        without));
}

std::string outcome(const wire::StationsAnswer& answer, bool brought) {
    if (answer.same) return "The roll has exactly this already; nothing was changed.";
    if (answer.dry_run) return "This is what it would do; nothing was changed.";
    const std::string part = source_in_words(answer.part);
    return brought ? fmt::format("From now on {} counts ({} entries).", part, answer.size)
                   : fmt::format("Taken away: {} ({} entries).", part, answer.size);
}

void show(const wire::StationsAnswer& answer, bool brought, Output& out) {
    out.line(outcome(answer, brought));
    out.line(
        fmt::format("{} people looked at; {} with another station than before", answer.people, answer.moved));
    out.line();
    show_stations(answer.stations, answer.without_station, out);
    out.document(to_json(answer));
}

void show_gaps(const std::vector<roll::StationGap>& gaps, Output& out) {
    std::size_t people = 0;
    Rows rows = {{"street", "postcode", "area", "people", "such as"}};
    for (const roll::StationGap& gap : gaps) {
        people += gap.people;
        rows.push_back({gap.street, gap.postcode, gap.area, std::to_string(gap.people),
                        fmt::format("{}", fmt::join(gap.house_numbers, ", "))});
    }
    if (gaps.empty()) return out.line("Everyone who may vote belongs to a station.");
    out.line(fmt::format("{} who may vote belong to no station:", people));
    show_table(rows, {false, false, false, true, false}, out);
}

void show_overlaps(const std::vector<roll::StationOverlap>& overlaps, Output& out) {
    if (overlaps.empty()) return;
    Rows rows = {{"counts", "station", "otherwise", "station", "people", "such as"}};
    for (const roll::StationOverlap& overlap : overlaps)
        rows.push_back({source_in_words(to_string(overlap.counts.source)), overlap.counts.station,
                        source_in_words(to_string(overlap.other.source)), overlap.other.station,
                        std::to_string(overlap.people), fmt::format("{}", fmt::join(overlap.numbers, ", "))});
    out.line();
    out.line("Who may vote and would belong elsewhere by another source than the one that counts:");
    show_table(rows, {false, false, false, false, true, false}, out);
}

void show_unused(const roll::StationReport& report, Output& out) {
    if (report.unused_count == 0) return;
    out.line();
    out.line(fmt::format("{} names that fit nobody on the roll:", report.unused_count));
    Rows rows = {{"in", "name"}};
    for (const roll::UnusedName& name : report.unused)
        rows.push_back({source_in_words(to_string(name.part)), name.name});
    show_table(rows, {}, out);
    if (report.unused.size() < report.unused_count)
        out.line(fmt::format("... and {} more", report.unused_count - report.unused.size()));
}

}  // namespace

std::string source_in_words(std::string_view source) {
    if (source == "list") return "the list of people";
    if (source == "streets") return "the street directory";
    if (source == "areas") return "the list of areas";
    return "the definition";
}

Status roll_assign(const AssignOptions& options, Context& context) {
    STIMME_TRY(const Bytes csv, read_file(options.file, largest_file));
    STIMME_TRY(auto session, session::Session::open(context));
    const std::string route = options.dry_run ? "roll/stations?dry_run=1" : "roll/stations";
    STIMME_TRY(const std::string body, session.post_large(route, std::string(as_text(csv)), "text/csv"));
    const auto answer = wire::parse<wire::StationsAnswer>(body);
    if (!answer) return session::Session::answer_malformed("roll/stations", answer.error());
    show(*answer, true, context.out);
    return {};
}

Status roll_unassign(const UnassignOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    const std::string message = wire::print(wire::StationsRemoval{options.part, options.dry_run});
    STIMME_TRY(const std::string body,
               session.post_large("roll/stations/removals", message, "application/json"));
    const auto answer = wire::parse<wire::StationsAnswer>(body);
    if (!answer) return session::Session::answer_malformed("roll/stations/removals", answer.error());
    show(*answer, false, context.out);
    return {};
}

Status roll_stations(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto view, session.get<wire::StationsView>("roll/stations"));
    Rows rows = {{"counts", "entries", "brought at", "by"}};
    for (const wire::StationsPartView& part : view.parts)
        rows.push_back({source_in_words(part.part), std::to_string(part.size), part.at, part.official.str()});
    rows.push_back({"the definition", "", "", ""});
    show_table(rows, {false, true, false, false}, context.out);
    context.out.line();
    show_stations(view.stations, view.without_station, context.out);
    context.out.document(to_json(view));
    return {};
}

Status roll_gaps(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto report, session.get<roll::StationReport>("roll/stations/gaps"));
    show_gaps(report.gaps, context.out);
    show_overlaps(report.overlaps, context.out);
    show_unused(report, context.out);
    context.out.document(to_json(report));
    return {};
}

}  // namespace stimme::office
