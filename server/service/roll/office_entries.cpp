#include "server/service/roll/office_entries.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/roll/register/register_row.h"
#include "core/roll/search/duplicates.h"
#include "server/service/roll/roll_views.h"

namespace stimme::service {
namespace {

using store::EntryRow;
using store::PeopleRows;
using store::Presence;
using store::Ruling;

constexpr std::size_t pairs_at_once = 500;
// Numbers of those whom the office enters; registers don't use such.
constexpr std::string_view own_numbers = "AMT-";

roll::NamedPerson named(const roll::Person& person, const std::string& born) {
    return {person.number, person.family_name, person.given_names, born, person.sex, person.nationalities};
}

Result<roll::Duplicates> everyone(const PeopleRows& rows) {
    roll::Duplicates::Builder builder;
    STIMME_CHECK(rows.each([&](const EntryRow& entry) -> Status {
        if (entry.presence != Presence::invalid)
            builder.add(named(entry.person, format_date(entry.person.born)));
        return {};
    }));
    return std::move(builder).build();
}

// Who on the roll the new person probably is, but those whom the official told apart.
Status check_new(const PeopleRows& rows, const roll::Person& person,
                 const std::vector<std::string>& distinct) {
    STIMME_TRY(const auto known, everyone(rows));
    std::vector<std::string> offered;
    for (const roll::Lookalike& like : known.like(named(person, format_date(person.born)))) {
        if (std::find(distinct.begin(), distinct.end(), like.number) == distinct.end())
            offered.push_back(fmt::format("{} ({})", like.number, code_of(like.likeness)));
    }
    if (offered.empty()) return {};
    return conflict(
        "person-known",
        fmt::format("this probably is who is on the roll already: {}; look at them, and either work on "
                    "that entry or say that they are other people",
                    fmt::join(offered, ", ")));
}

Result<std::string> next_own_number(const PeopleRows& rows) {
    for (int i = 1;; ++i) {
        std::string number = fmt::format("{}{:04}", own_numbers, i);
        STIMME_TRY(const auto taken, rows.find(number));
        if (!taken) return number;
    }
}

// What the choice makes of the entry. Errors: choice-wrong.
Status choose(EntryRow& entry, std::string_view choice) {
    const bool about_identity = choice == "same" || choice == "other";
    if (about_identity != (entry.presence == Presence::returned))
        return invalid("choice-wrong",
                       entry.presence == Presence::returned
                           ? "who is in the register again is the \"same\" or an \"other\" person"
                           : "a decision made by hand is one to \"keep\" or to \"drop\"");
    if (about_identity) entry.presence = Presence::present;
    if (choice == "drop" && entry.presence == Presence::invalid) entry.presence = Presence::present;
    if (choice == "drop" || choice == "other") entry.ruling = Ruling::none;
    if (choice != "other") return {};
    entry.applied_on.reset();
    entry.salt.reset();  // the letter of whoever had the number before is none of theirs
    return {};
}

}  // namespace

Result<wire::EntryView> OfficeEntries::find(std::string_view number) const {
    return acts_.read([&](const PeopleRows& rows) -> Result<wire::EntryView> {
        STIMME_TRY(const auto entry, rows.find(number));
        if (!entry) return person_not_found(number);
        return view_of(rows, acts_.decision(), *entry);
    });
}

Result<std::string> OfficeEntries::all() const {
    return acts_.read([&](const PeopleRows& rows) -> Result<std::string> {
        std::string lines;
        STIMME_CHECK(rows.each([&](const EntryRow& entry) -> Status {
            json::Object line{{"person", to_json(entry.person)},
                              {"presence", to_string(entry.presence)},
                              {"station", entry.station},
                              {"style", entry.style.str()},
                              {"standing", to_string(entry.standing)}};
            json::Array reasons(entry.reasons.begin(), entry.reasons.end());
            line.set("reasons", std::move(reasons));
            if (entry.may_vote()) line.set("code", events::to_string({entry.person.number, *entry.salt}));
            lines += json::canonical(line) + "\n";
            return {};
        }));
        return lines;
    });
}

Result<wire::EntryView> OfficeEntries::add(const wire::AddRequest& request, const Actor& actor) {
    using View = wire::EntryView;
    auto done = acts_.change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_CHECK(check_draft(actor));
        json::Object columns = request.person;
        const std::string column(roll::header_of(roll::Column::number));
        if (columns.find(column) == nullptr) {
            STIMME_TRY(std::string number, next_own_number(rows));
            columns.set(column, std::move(number));
        }
        EntryRow entry;
        STIMME_TRY(entry.person, roll::person_from_json(columns));
        STIMME_TRY(const auto taken, rows.find(entry.person.number));
        if (taken) return conflict("person-there", "this number is on the roll already");
        STIMME_CHECK(check_new(rows, entry.person, request.distinct_from));
        acts_.decision().decide(entry);
        STIMME_CHECK(rows.add(entry));
        for (const std::string& other : request.distinct_from) {
            STIMME_TRY(const auto there, rows.find(other));
            if (!there) return person_not_found(other);
            STIMME_CHECK(rows.add_distinct(entry.person.number, other));
        }
        json::Object added = act_of("person-added", actor);
        added.set("person", entry.person.number);
        added.set("entry", std::move(columns));
        STIMME_CHECK(journal.append(std::move(added)));
        return view_of(rows, acts_.decision(), entry);
    });
    if (done) search_.people_changed();
    return done;
}

Result<wire::EntryView> OfficeEntries::make_invalid(std::string_view number,
                                                    const wire::InvalidRequest& request, const Actor& actor) {
    using View = wire::EntryView;
    return acts_.change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(EntryRow entry, unchanged(rows, number, request.version));
        if (entry.presence == Presence::invalid)
            return conflict("entry-invalid", "this entry is invalid already");
        entry.presence = Presence::invalid;
        STIMME_CHECK(keep(rows, acts_.decision(), entry));
        STIMME_CHECK(rows.drop_conflicts(number));
        json::Object made = act_of("entry-invalid", actor);
        made.set("person", std::string(number));
        made.set("reason", request.reason);
        STIMME_CHECK(journal.append(std::move(made)));
        return view_of(rows, acts_.decision(), entry);
    });
}

Result<wire::EntryViews> OfficeEntries::conflicts() const {
    return acts_.read([&](const PeopleRows& rows) -> Result<wire::EntryViews> {
        STIMME_TRY(const auto conflicts, rows.conflicts());
        wire::EntryViews views;
        for (const store::ConflictRow& row : conflicts) {
            STIMME_TRY(const auto entry, rows.find(row.number));
            if (!entry) continue;
            STIMME_TRY(wire::EntryView one, view_of(rows, acts_.decision(), *entry));
            views.entries.push_back(std::move(one));
        }
        return views;
    });
}

Result<std::size_t> OfficeEntries::count_conflicts() const {
    return acts_.read([](const PeopleRows& rows) -> Result<std::size_t> {
        STIMME_TRY(const auto conflicts, rows.conflicts());
        return conflicts.size();
    });
}

Result<wire::EntryView> OfficeEntries::resolve(std::string_view number,
                                               const wire::ResolutionRequest& request, const Actor& actor) {
    using View = wire::EntryView;
    return acts_.change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(EntryRow entry, unchanged(rows, number, request.version));
        STIMME_TRY(const auto found, rows.conflict_of(number));
        if (!found) return conflict("conflict-none", "nothing about this entry waits for a decision");
        STIMME_CHECK(choose(entry, request.choice));
        STIMME_CHECK(keep(rows, acts_.decision(), entry));
        STIMME_CHECK(rows.drop_conflicts(number));
        json::Object resolved = act_of("conflict-resolved", actor);
        resolved.set("person", std::string(number));
        resolved.set("choice", request.choice);
        resolved.set("reason", request.reason);
        STIMME_CHECK(journal.append(std::move(resolved)));
        return view_of(rows, acts_.decision(), entry);
    });
}

Result<wire::DuplicateViews> OfficeEntries::duplicates() const {
    return acts_.read([&](const PeopleRows& rows) -> Result<wire::DuplicateViews> {
        STIMME_TRY(const auto known, everyone(rows));
        STIMME_TRY(const auto told_apart, rows.distinct());
        const std::set<std::pair<std::string, std::string>> apart(told_apart.begin(), told_apart.end());
        wire::DuplicateViews views;
        for (const roll::DuplicatePair& pair : known.pairs(pairs_at_once + apart.size())) {
            if (apart.contains({pair.first, pair.second}) || views.pairs.size() == pairs_at_once) continue;
            STIMME_TRY(const auto a, rows.find(pair.first));
            STIMME_TRY(const auto b, rows.find(pair.second));
            wire::DuplicateView& one = views.pairs.emplace_back();
            STIMME_TRY(one.a, view_of(rows, acts_.decision(), *a));
            STIMME_TRY(one.b, view_of(rows, acts_.decision(), *b));
            one.reason = code_of(pair.likeness);
        }
        return views;
    });
}

Result<wire::DistinctRequest> OfficeEntries::tell_apart(const wire::DistinctRequest& request,
                                                        const Actor& actor) {
    using Answer = wire::DistinctRequest;
    if (request.a == request.b) return invalid("people-same", "these are one number; right are two");
    return acts_.change<Answer>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<Answer> {
        for (const std::string& number : {request.a, request.b}) {
            STIMME_TRY(const auto entry, rows.find(number));
            if (!entry) return person_not_found(number);
        }
        STIMME_CHECK(rows.add_distinct(request.a, request.b));
        json::Object told = act_of("people-distinct", actor);
        told.set("people", json::Array{request.a, request.b});
        STIMME_CHECK(journal.append(std::move(told)));
        return request;
    });
}

}  // namespace stimme::service
