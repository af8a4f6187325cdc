#include "client/office/roll/import.h"

#include <chrono>
#include <future>
#include <set>

#include <fmt/format.h>

#include "client/cli/progress.h"
#include "client/office/roll/people.h"
#include "client/session/session.h"
#include "core/base/file.h"
#include "core/net/client/url.h"
#include "core/wire/roll.h"

namespace stimme::office {
namespace {

using cli::Context;
using cli::Output;

constexpr std::size_t largest_register = std::size_t{256} << 20;
constexpr std::size_t largest_mapping = std::size_t{64} << 10;
constexpr std::chrono::milliseconds between_looks{300};

std::string route_of(const ImportOptions& options, const roll::RegisterFormat& format) {
    std::string route = "roll/imports?format=" + net::percent_encoded(json::canonical(to_json(format)));
    if (options.dry_run) route += "&dry_run=1";
    if (options.good_lines) route += "&good_lines=1";
    return route;
}

// Draws how far the server is, until it has answered.
void watch(const std::future<Result<std::string>>& answer, const Context& context) {
    auto looking = session::Session::open(context);
    if (!looking) return;
    std::optional<cli::Progress> progress;
    while (answer.wait_for(between_looks) != std::future_status::ready) {
        const auto seen = looking->get<wire::ImportProgressView>("roll/imports/progress");
        if (!seen || seen->total == 0) continue;
        if (!progress) progress.emplace(context.out, "People read", seen->total);
        progress->at(seen->done, seen->people);
    }
}

Result<std::string> send(const std::string& route, std::string csv, const Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    std::future<Result<std::string>> answer =
        std::async(std::launch::async, [&session, &route, csv = std::move(csv)]() mutable {
            return session.post_large(route, std::move(csv), "text/csv");
        });
    if (context.out.terminal()) watch(answer, context);
    return answer.get();
}

void show_changes(const wire::RollImportAnswer& answer, Output& out) {
    out.line(fmt::format("{:>8}  new", answer.added));
    out.line(fmt::format("{:>8}  changed", answer.changed));
    out.line(fmt::format("{:>8}  no longer in the register", answer.gone));
    out.line(fmt::format("{:>8}  in it again", answer.returned));
    out.line(fmt::format("{:>8}  as before", answer.unchanged));
}

void show(const wire::RollImportAnswer& answer, Output& out) {
    for (const std::string& problem : answer.problems) out.note(problem);
    out.line(fmt::format("{} ({})",
                         answer.dry_run ? "This is what an import would do; nothing was changed."
                                        : fmt::format("Import {}.", answer.import),
                         answer.written_as));
    out.line(fmt::format("{} people, {} may vote", answer.people, answer.eligible));
    for (const auto& [code, count] : answer.reasons) out.line(fmt::format("{:>8}  {}", count, code));
    out.line();
    show_changes(answer, out);
    if (answer.bad_lines > 0)
        out.line(
            fmt::format("{} wrong lines or values, {}", answer.bad_lines,
                        answer.dry_run ? "listed above" : "not imported; whom they name stays as before"));
    if (answer.unnamed_lines > 0)
        out.line(
            fmt::format("{} of these lines tell no number, so nobody counts as gone", answer.unnamed_lines));
    if (answer.conflicts > 0)
        out.line(fmt::format("{} decisions made by hand must be looked at again: stimme roll conflicts",
                             answer.conflicts));
    if (answer.without_station > 0)
        out.line(
            fmt::format("{} who may vote belong to no station: there must be none to seal. Who they are: "
                        "stimme roll gaps",
                        answer.without_station));
    out.document(to_json(answer));
}

std::string text_of(const json::Object& person, const std::string& column) {
    const json::Value* value = person.find(column);
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    return text == nullptr ? "" : *text;
}

void show(const wire::ChangeView& change, Output& out) {
    out.line(fmt::format("{}  {}  {}", change.number, name_of(change.before), change.kind));
    for (const std::string& line : differences(change.before, change.after)) out.line("    " + line);
}

}  // namespace

std::vector<std::string> differences(const json::Object& before, const json::Object& after) {
    std::set<std::string> columns;
    for (const auto& side : {&before, &after})
        for (const json::Member& member : side->members()) columns.insert(member.first);
    std::vector<std::string> lines;
    for (const std::string& column : columns) {
        const std::string old = text_of(before, column);
        const std::string now = text_of(after, column);
        if (old != now) lines.push_back(fmt::format("{}: \"{}\" -> \"{}\"", column, old, now));
    }
    return lines;
}

Result<roll::RegisterFormat> read_format(const FormatOptions& options) {
    roll::RegisterFormat format;
    if (!options.mapping.empty()) {
        STIMME_TRY(const Bytes text, read_file(options.mapping, largest_mapping));
        STIMME_TRY(format, roll::RegisterFormat::parse(as_text(text)));
    }
    if (options.delimiter == "semicolon") format.delimiter = ';';
    if (options.delimiter == "comma") format.delimiter = ',';
    if (options.delimiter == "tab") format.delimiter = '\t';
    if (!options.encoding.empty())
        format.encoding = options.encoding == "UTF-8" ? roll::Encoding::utf8 : roll::Encoding::windows_1252;
    return format;
}

Status roll_import(const ImportOptions& options, Context& context) {
    STIMME_TRY(const roll::RegisterFormat format, read_format(options.format));
    STIMME_TRY(Bytes csv, read_file(options.register_file, largest_register));
    const std::string route = route_of(options, format);
    std::string text(as_text(csv));
    csv = {};
    STIMME_TRY(const std::string body, send(route, std::move(text), context));
    const auto answer = wire::parse<wire::RollImportAnswer>(body);
    if (!answer) return session::Session::answer_malformed("roll/imports", answer.error());
    show(*answer, context.out);
    return {};
}

Status roll_imports(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto imports, session.get<wire::ImportViews>("roll/imports"));
    std::vector<std::vector<std::string>> rows = {
        {"import", "at", "by", "people", "new", "changed", "gone", "again", ""}};
    for (const wire::ImportView& one : imports.imports)
        rows.push_back({std::to_string(one.import), one.at, one.official.str(), std::to_string(one.people),
                        std::to_string(one.added), std::to_string(one.changed), std::to_string(one.gone),
                        std::to_string(one.returned), one.taken_back ? "taken back" : ""});
    for (const std::string& line :
         cli::table(rows, {true, false, false, true, true, true, true, true, false}))
        context.out.line(line);
    context.out.document(to_json(imports));
    return {};
}

Status roll_changes(std::uint64_t import, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto imports, session.get<wire::ImportViews>("roll/imports"));
    if (imports.imports.empty()) return not_found("import-none", "no register was imported yet");
    const auto number = import == 0 ? imports.imports.back().import : static_cast<std::int64_t>(import);
    wire::ChangeViews all;
    while (true) {
        const std::string after = all.changes.empty() ? "" : all.changes.back().number;
        STIMME_TRY(auto some, session.get<wire::ChangeViews>(fmt::format(
                                  "roll/imports/{}/changes?after={}", number, net::percent_encoded(after))));
        if (some.changes.empty()) break;
        for (wire::ChangeView& change : some.changes) {
            show(change, context.out);
            all.changes.push_back(std::move(change));
        }
    }
    if (all.changes.empty()) context.out.line("This import changed nobody who was there before.");
    context.out.document(to_json(all));
    return {};
}

Status roll_take_back(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto imports, session.get<wire::ImportViews>("roll/imports"));
    const std::int64_t newest = imports.imports.empty() ? 0 : imports.imports.back().import;
    STIMME_TRY(const auto taken,
               session.post<wire::ImportView>("roll/take-backs", wire::TakeBackRequest{newest}));
    context.out.line(fmt::format(
        "Import {} is taken back; the roll is as it was before it, but for what officials decided since.",
        taken.import));
    context.out.document(to_json(taken));
    return {};
}

}  // namespace stimme::office
