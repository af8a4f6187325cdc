#include "client/office/roll/people.h"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/office/roll/matters.h"
#include "client/session/session.h"
#include "client/words/words.h"
#include "core/net/client/url.h"
#include "core/roll/register/register_row.h"
#include "core/wire/roll.h"

namespace stimme::office {
namespace {

using cli::Context;
using cli::Output;

std::string text_of(const json::Object& person, roll::Column column) {
    const json::Value* value = person.find(roll::header_of(column));
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    return text == nullptr ? "" : *text;
}

void show_standing(const wire::EntryView& entry, words::Language language, Output& out) {
    if (entry.reasons.empty()) {
        out.line(fmt::format("May vote{}, at the station {}, ballot {}",
                             entry.standing == "admitted" ? " (admitted after sealing)" : "",
                             entry.station.empty() ? "(none)" : entry.station, entry.style.str()));
    } else {
        out.line("May not vote; said to the person:");
        for (const std::string& code : entry.reasons)
            out.line(fmt::format("    {:<24} {}", code, words::sentence(language, code).value_or("")));
    }
    out.line(
        entry.reasons_against_standing.empty()
            ? "May stand for election by the rules"
            : fmt::format("May not stand for election: {}", fmt::join(entry.reasons_against_standing, ", ")));
}

void show_office(const wire::EntryView& entry, Output& out) {
    if (entry.presence != "present") out.line("The entry is " + entry.presence);
    if (entry.origin == 0) out.line("Entered by hand");
    if (!entry.applied_on.empty()) out.line("Application received on " + entry.applied_on);
    if (entry.ruling != "none") out.line(fmt::format("Decided by hand: {}", entry.ruling));
    if (!entry.conflict.empty())
        out.line(
            fmt::format("Waits for a decision ({}): stimme roll resolve {}", entry.conflict, entry.number));
}

void show(const wire::EntryView& entry, words::Language language, Output& out) {
    out.line(fmt::format("{}  {}", entry.number, name_of(entry.person)));
    for (std::size_t i = 0; i < roll::column_count; ++i) {
        const auto column = static_cast<roll::Column>(i);
        if (const std::string text = text_of(entry.person, column); !text.empty())
            out.line(fmt::format("    {}: {}", roll::header_of(column), text));
    }
    show_standing(entry, language, out);
    show_office(entry, out);
    for (const wire::MatterView& matter : entry.matters) out.line(line_of(matter));
    for (const wire::ChangeView& change : entry.changes) {
        out.line(fmt::format("Import {}: {}", change.import, change.kind));
        for (const std::string& line : differences(change.before, change.after)) out.line("    " + line);
    }
}

Result<wire::EntryView> fetch(session::Session& session, const std::string& number) {
    return session.get<wire::EntryView>("roll/people/" + net::percent_encoded(number));
}

void tell(const wire::EntryView& entry, Output& out, words::Language language = words::Language::english()) {
    show(entry, language, out);
    out.document(to_json(entry));
}

Result<json::Object> columns_of(const std::vector<std::string>& words) {
    json::Object person;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        const auto column = roll::column_named(word.substr(0, equals));
        if (equals == std::string::npos || !column)
            return invalid("column-unknown",
                           fmt::format("\"{}\": right is COLUMN=VALUE with a column of the register, such as "
                                       "Familienname=Yılmaz",
                                       word));
        person.set(std::string(roll::header_of(*column)), word.substr(equals + 1));
    }
    return person;
}

// Two entries side by side, by column; what differs has a mark.
std::vector<std::string> side_by_side(const wire::EntryView& a, const wire::EntryView& b) {
    std::vector<std::vector<std::string>> rows;
    const auto row = [&](const std::string& name, const std::string& left, const std::string& right) {
        if (!left.empty() || !right.empty()) rows.push_back({left == right ? "" : "*", name, left, right});
    };
    for (std::size_t i = 0; i < roll::column_count; ++i) {
        const auto column = static_cast<roll::Column>(i);
        row(std::string(roll::header_of(column)), text_of(a.person, column), text_of(b.person, column));
    }
    row("entry", a.presence, b.presence);
    row("against voting", fmt::format("{}", fmt::join(a.reasons, " ")),
        fmt::format("{}", fmt::join(b.reasons, " ")));
    return cli::table(rows, {});
}

}  // namespace

std::string name_of(const json::Object& person) {
    return fmt::format("{}, {}", text_of(person, roll::Column::family_name),
                       text_of(person, roll::Column::given_names));
}

Status roll_show(const PersonOptions& options, Context& context) {
    STIMME_TRY(const auto language,
               words::Language::parse(options.language.empty() ? "en" : options.language));
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto entry, fetch(session, options.number));
    tell(entry, context.out, language);
    return {};
}

Status roll_add(const AddOptions& options, Context& context) {
    wire::AddRequest request;
    STIMME_TRY(request.person, columns_of(options.columns));
    request.distinct_from = options.distinct;
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto entry, session.post<wire::EntryView>("roll/people", request));
    tell(entry, context.out);
    return {};
}

Status roll_invalid(const InvalidOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto seen, fetch(session, options.number));
    STIMME_TRY(const auto entry, session.post<wire::EntryView>(
                                     "roll/people/" + net::percent_encoded(options.number) + "/invalid",
                                     wire::InvalidRequest{seen.version, options.reason}));
    tell(entry, context.out);
    return {};
}

Status roll_conflicts(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto conflicts, session.get<wire::EntryViews>("roll/conflicts"));
    for (const wire::EntryView& entry : conflicts.entries) {
        show(entry, words::Language::english(), context.out);
        context.out.line();
    }
    context.out.line(
        conflicts.entries.empty()
            ? "Nothing waits for a decision."
            : fmt::format("{} wait for a decision: stimme roll resolve NUMBER keep|drop|same|other",
                          conflicts.entries.size()));
    context.out.document(to_json(conflicts));
    return {};
}

Status roll_resolve(const ResolveOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto seen, fetch(session, options.number));
    STIMME_TRY(const auto entry, session.post<wire::EntryView>(
                                     "roll/people/" + net::percent_encoded(options.number) + "/resolution",
                                     wire::ResolutionRequest{seen.version, options.choice, options.reason}));
    tell(entry, context.out);
    return {};
}

Status roll_duplicates(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto duplicates, session.get<wire::DuplicateViews>("roll/duplicates"));
    for (const wire::DuplicateView& pair : duplicates.pairs) {
        context.out.line(pair.reason);
        for (const std::string& line : side_by_side(pair.a, pair.b)) context.out.line("  " + line);
        context.out.line();
    }
    context.out.line(
        duplicates.pairs.empty()
            ? "No two entries look like one person."
            : fmt::format("{} pairs. One person: stimme roll invalid NUMBER --reason ...; two: stimme "
                          "roll distinct NUMBER NUMBER",
                          duplicates.pairs.size()));
    context.out.document(to_json(duplicates));
    return {};
}

Status roll_distinct(const std::vector<std::string>& numbers, Context& context) {
    if (numbers.size() != 2) return invalid("two-numbers", "right are two numbers");
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto told,
               session.post<wire::DistinctRequest>("roll/duplicates/distinct",
                                                   wire::DistinctRequest{numbers[0], numbers[1]}));
    context.out.line(fmt::format("{} and {} are two people.", told.a, told.b));
    context.out.document(to_json(told));
    return {};
}

}  // namespace stimme::office
