#include "server/service/roll_office.h"

#include <algorithm>
#include <set>
#include <type_traits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/crypto/sha256.h"
#include "core/roll/duplicates.h"
#include "core/roll/register_row.h"
#include "server/service/answered_once.h"
#include "server/service/roll_views.h"

namespace stimme::service {
namespace {

using store::EntryRow;
using store::PeopleRows;
using store::Presence;
using store::Ruling;

constexpr std::size_t changes_at_once = 500;
constexpr std::size_t pairs_at_once = 500;
// Numbers of those whom the office enters; registers don't use such.
constexpr std::string_view own_numbers = "AMT-";

Error person_not_found(std::string_view number) {
    return not_found("person-not-found", fmt::format("nobody on the roll has the number {}", number));
}

void set_counts(json::Object& act, const wire::RollImportAnswer& answer) {
    act.set("import", answer.import);
    act.set("people", answer.people);
    act.set("eligible", answer.eligible);
    act.set("added", answer.added);
    act.set("changed", answer.changed);
    act.set("gone", answer.gone);
    act.set("returned", answer.returned);
    act.set("bad_lines", answer.bad_lines);
}

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

Status check_matter(const PeopleRows& rows, const wire::MatterRequest& request) {
    using Kind = wire::MatterView::Kind;
    if (request.received.empty())
        return invalid("matter-wrong", "the day on which it was received is missing");
    if (request.kind == Kind::application && !request.by.empty())
        return invalid("matter-wrong",
                       "an application is the person's own; only objections come from others");
    if ((request.kind == Kind::appeal) != request.earlier.has_value())
        return invalid("matter-wrong", "an appeal names the matter it is about, and nothing else does");
    if (!request.earlier) return {};
    STIMME_TRY(const auto earlier, rows.matter(*request.earlier));
    if (!earlier || earlier->number != request.number)
        return invalid("matter-wrong", "the matter that the appeal names isn't one of this person");
    if (!earlier->decision) return invalid("matter-wrong", "what the appeal is about isn't decided yet");
    return {};
}

}  // namespace

Status check_draft(const Actor& actor) {
    if (actor.phase == election::Phase::draft) return {};
    return conflict("roll-sealed",
                    "the roll is sealed; from now on there are corrections by two officials only");
}

template <class Work>
auto RollOffice::read(Work work) const {
    using Answer = std::invoke_result_t<Work, const PeopleRows&>;
    return store::guarded([&]() -> Answer {
        store::Reader reader = database_.reader();
        return work(PeopleRows(*reader));
    });
}

template <class T, class Work>
Result<T> RollOffice::change(const Actor& actor, Work work) {
    return writer_.call<T>([&](store::Connection& connection) -> Result<T> {
        PeopleRows rows(connection);
        return answered_once<T>(rows, actor.once, [&]() -> Result<T> {
            STIMME_CHECK(decision_.follow(connection));
            Journal journal(connection, definition_.hash(), clock_);
            return work(rows, journal);
        });
    });
}

json::Object RollOffice::act(std::string_view type, const SignerId& official) const {
    return {{"type", type}, {"official", official.str()}};
}

Result<wire::RollImportAnswer> RollOffice::import_register(ByteView csv, const ImportOptions& options,
                                                           const Actor& actor) {
    using Answer = wire::RollImportAnswer;
    const auto import = [&](PeopleRows& rows, const RollDecision& decision) -> Result<Answer> {
        STIMME_TRY(const std::int64_t number, rows.next_import());
        return service::import_register(rows, decision, definition_, csv, options, number, progress_);
    };
    if (options.dry_run) {
        auto answer = store::guarded([&]() -> Result<Answer> {
            store::Reader reader = database_.reader();
            PeopleRows rows(*reader);
            RollDecision decision = decision_.by_definition();
            STIMME_CHECK(decision.follow(*reader));
            return import(rows, decision);
        });
        progress_.total = 0;
        return answer;
    }
    auto answer = change<Answer>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<Answer> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(const Answer done, import(rows, decision_));
        json::Object imported = act("roll-imported", actor.official);
        set_counts(imported, done);
        imported.set("register", to_hex(crypto::sha256(csv)));
        STIMME_TRY(const Hash changes, hash_of_changes(rows, done.import));
        imported.set("changes", to_hex(changes));
        STIMME_TRY(const std::string text, journal.append(std::move(imported)));
        STIMME_CHECK(rows.add_import(done.import, text));
        return done;
    });
    progress_.total = 0;
    if (answer) search_.people_changed();
    return answer;
}

Result<wire::ImportView> RollOffice::take_back(const wire::TakeBackRequest& request, const Actor& actor) {
    using View = wire::ImportView;
    auto done = change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(const auto imports, rows.imports());
        if (imports.empty() || imports.back().taken_back)
            return conflict("import-none",
                            "there is no import that can be taken back: only the newest one can, "
                            "and only once");
        const store::ImportRow& newest = imports.back();
        if (newest.id != request.import)
            return conflict("import-newer", fmt::format("the newest import is {}", newest.id));
        STIMME_CHECK(take_back_import(rows, decision_, newest.id));
        json::Object taken = act("import-taken-back", actor.official);
        taken.set("import", newest.id);
        STIMME_CHECK(journal.append(std::move(taken)));
        View view = view_of(newest);
        view.taken_back = true;
        return view;
    });
    if (done) search_.people_changed();
    return done;
}

Result<wire::ImportViews> RollOffice::imports() const {
    return read([](const PeopleRows& rows) -> Result<wire::ImportViews> {
        STIMME_TRY(const auto imports, rows.imports());
        wire::ImportViews views;
        for (const store::ImportRow& row : imports) views.imports.push_back(view_of(row));
        return views;
    });
}

Result<wire::ChangeViews> RollOffice::changes(std::int64_t import, std::string_view after) const {
    return read([&](const PeopleRows& rows) -> Result<wire::ChangeViews> {
        STIMME_TRY(const auto changes, rows.changes(import, after, changes_at_once));
        wire::ChangeViews views;
        for (const store::ChangeRow& change : changes) {
            STIMME_TRY(const auto all, rows.changes_of(change.number));
            STIMME_TRY(const auto entry, rows.find(change.number));
            for (wire::ChangeView& view : with_after(all, entry ? entry->person : change.before)) {
                if (view.import == import) views.changes.push_back(std::move(view));
            }
        }
        return views;
    });
}

Result<wire::EntryView> RollOffice::entry(std::string_view number) const {
    return read([&](const PeopleRows& rows) -> Result<wire::EntryView> {
        STIMME_TRY(const auto entry, rows.find(number));
        if (!entry) return person_not_found(number);
        return view_of(rows, decision_, *entry);
    });
}

Result<EntryRow> RollOffice::unchanged(const PeopleRows& rows, std::string_view number,
                                       std::int64_t version) const {
    STIMME_TRY(auto entry, rows.find(number));
    if (!entry) return person_not_found(number);
    if (entry->version != version)
        return conflict("person-changed",
                        "somebody else changed this entry meanwhile; look at it again, then decide");
    return *std::move(entry);
}

Result<wire::EntryView> RollOffice::add(const wire::AddRequest& request, const Actor& actor) {
    using View = wire::EntryView;
    auto done = change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
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
        decision_.decide(entry);
        STIMME_CHECK(rows.add(entry));
        for (const std::string& other : request.distinct_from) {
            STIMME_TRY(const auto there, rows.find(other));
            if (!there) return person_not_found(other);
            STIMME_CHECK(rows.add_distinct(entry.person.number, other));
        }
        json::Object added = act("person-added", actor.official);
        added.set("person", entry.person.number);
        added.set("entry", std::move(columns));
        STIMME_CHECK(journal.append(std::move(added)));
        return view_of(rows, decision_, entry);
    });
    if (done) search_.people_changed();
    return done;
}

Result<wire::EntryView> RollOffice::make_invalid(std::string_view number, const wire::InvalidRequest& request,
                                                 const Actor& actor) {
    using View = wire::EntryView;
    return change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(EntryRow entry, unchanged(rows, number, request.version));
        if (entry.presence == Presence::invalid)
            return conflict("entry-invalid", "this entry is invalid already");
        entry.presence = Presence::invalid;
        ++entry.version;
        decision_.decide(entry);
        STIMME_CHECK(rows.update(entry));
        STIMME_CHECK(rows.drop_conflicts(number));
        json::Object made = act("entry-invalid", actor.official);
        made.set("person", std::string(number));
        made.set("reason", request.reason);
        STIMME_CHECK(journal.append(std::move(made)));
        return view_of(rows, decision_, entry);
    });
}

Result<std::size_t> RollOffice::count_conflicts() const {
    return read([](const PeopleRows& rows) -> Result<std::size_t> {
        STIMME_TRY(const auto conflicts, rows.conflicts());
        return conflicts.size();
    });
}

Result<wire::EntryViews> RollOffice::conflicts() const {
    return read([&](const PeopleRows& rows) -> Result<wire::EntryViews> {
        STIMME_TRY(const auto conflicts, rows.conflicts());
        wire::EntryViews views;
        for (const store::ConflictRow& row : conflicts) {
            STIMME_TRY(const auto entry, rows.find(row.number));
            if (!entry) continue;
            STIMME_TRY(wire::EntryView one, view_of(rows, decision_, *entry));
            views.entries.push_back(std::move(one));
        }
        return views;
    });
}

namespace {

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

Result<wire::EntryView> RollOffice::resolve(std::string_view number, const wire::ResolutionRequest& request,
                                            const Actor& actor) {
    using View = wire::EntryView;
    return change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(EntryRow entry, unchanged(rows, number, request.version));
        STIMME_TRY(const auto found, rows.conflict_of(number));
        if (!found) return conflict("conflict-none", "nothing about this entry waits for a decision");
        STIMME_CHECK(choose(entry, request.choice));
        ++entry.version;
        decision_.decide(entry);
        STIMME_CHECK(rows.update(entry));
        STIMME_CHECK(rows.drop_conflicts(number));
        json::Object resolved = act("conflict-resolved", actor.official);
        resolved.set("person", std::string(number));
        resolved.set("choice", request.choice);
        resolved.set("reason", request.reason);
        STIMME_CHECK(journal.append(std::move(resolved)));
        return view_of(rows, decision_, entry);
    });
}

Result<wire::MatterView> RollOffice::enter(const wire::MatterRequest& request, const Actor& actor) {
    using View = wire::MatterView;
    return change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_TRY(auto entry, rows.find(request.number));
        if (!entry) return person_not_found(request.number);
        STIMME_CHECK(check_matter(rows, request));
        View matter{0,
                    request.number,
                    request.kind,
                    request.by,
                    request.received,
                    request.text,
                    request.earlier,
                    actor.official,
                    format_utc(clock_.now()),
                    {}};
        STIMME_TRY(matter.id, rows.add_matter(request.number, entered_part(matter)));
        if (request.kind == View::Kind::application && !entry->applied_on &&
            actor.phase == election::Phase::draft) {
            STIMME_TRY(entry->applied_on, parse_date(request.received));
            ++entry->version;
            decision_.decide(*entry);
            STIMME_CHECK(rows.update(*entry));
        }
        json::Object entered = act("matter-entered", actor.official);
        entered.set("person", request.number);
        entered.set("matter", matter.id);
        entered.set("content", entered_part(matter));
        STIMME_CHECK(journal.append(std::move(entered)));
        return matter;
    });
}

Status RollOffice::apply_effect(PeopleRows& rows, const std::string& number, std::string_view effect) const {
    STIMME_TRY(auto entry, rows.find(number));
    if (!entry) return person_not_found(number);
    entry->ruling = *store::ruling_named(effect);
    ++entry->version;
    decision_.decide(*entry);
    return rows.update(*entry);
}

Result<wire::MatterView> RollOffice::decide(std::int64_t id, const wire::MatterDecisionRequest& request,
                                            const Actor& actor) {
    using View = wire::MatterView;
    const bool effective = request.effect != "none";
    if (effective && request.outcome == wire::MatterDecision::Outcome::withdrawn)
        return invalid("matter-wrong", "what was withdrawn has no effect");
    if (request.decided_on.empty()) return invalid("matter-wrong", "the day of the decision is missing");
    return change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        if (effective) STIMME_CHECK(check_draft(actor));
        STIMME_TRY(const auto row, rows.matter(id));
        if (!row) return not_found("matter-not-found", fmt::format("there is no matter {}", id));
        View matter = view_of(*row);
        if (matter.decision)
            return conflict(
                "matter-decided",
                fmt::format("{} decided this on {} already; what is decided is appealed against, not "
                            "decided again",
                            matter.decision->decided_by.str(), matter.decision->decided_on));
        matter.decision = wire::MatterDecision{request.outcome,    request.effect, request.reason,
                                               request.decided_on, actor.official, format_utc(clock_.now())};
        STIMME_CHECK(rows.decide_matter(id, decision_part(*matter.decision)));
        if (effective) STIMME_CHECK(apply_effect(rows, matter.number, request.effect));
        json::Object decided = act("matter-decided", actor.official);
        decided.set("person", matter.number);
        decided.set("matter", id);
        decided.set("decision", decision_part(*matter.decision));
        STIMME_CHECK(journal.append(std::move(decided)));
        return matter;
    });
}

Result<wire::MatterViews> RollOffice::matters() const {
    return read([](const PeopleRows& rows) -> Result<wire::MatterViews> {
        STIMME_TRY(const auto matters, rows.matters());
        wire::MatterViews views;
        for (const store::MatterRow& row : matters) views.matters.push_back(view_of(row));
        return views;
    });
}

Result<wire::DuplicateViews> RollOffice::duplicates() const {
    return read([&](const PeopleRows& rows) -> Result<wire::DuplicateViews> {
        STIMME_TRY(const auto known, everyone(rows));
        STIMME_TRY(const auto told_apart, rows.distinct());
        const std::set<std::pair<std::string, std::string>> apart(told_apart.begin(), told_apart.end());
        wire::DuplicateViews views;
        for (const roll::DuplicatePair& pair : known.pairs(pairs_at_once + apart.size())) {
            if (apart.contains({pair.first, pair.second}) || views.pairs.size() == pairs_at_once) continue;
            STIMME_TRY(const auto a, rows.find(pair.first));
            STIMME_TRY(const auto b, rows.find(pair.second));
            wire::DuplicateView& one = views.pairs.emplace_back();
            STIMME_TRY(one.a, view_of(rows, decision_, *a));
            STIMME_TRY(one.b, view_of(rows, decision_, *b));
            one.reason = code_of(pair.likeness);
        }
        return views;
    });
}

Result<wire::DistinctRequest> RollOffice::tell_apart(const wire::DistinctRequest& request,
                                                     const Actor& actor) {
    using Answer = wire::DistinctRequest;
    if (request.a == request.b) return invalid("people-same", "these are one number; right are two");
    return change<Answer>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<Answer> {
        for (const std::string& number : {request.a, request.b}) {
            STIMME_TRY(const auto entry, rows.find(number));
            if (!entry) return person_not_found(number);
        }
        STIMME_CHECK(rows.add_distinct(request.a, request.b));
        json::Object told = act("people-distinct", actor.official);
        told.set("people", json::Array{request.a, request.b});
        STIMME_CHECK(journal.append(std::move(told)));
        return request;
    });
}

Result<std::string> RollOffice::entries() const {
    return read([&](const PeopleRows& rows) -> Result<std::string> {
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

Result<std::string> RollOffice::journal(const JournalFilter& filter) const {
    return store::guarded([&]() -> Result<std::string> {
        store::Reader reader = database_.reader();
        STIMME_TRY(const auto rows, store::RollRows(*reader).journal());
        std::string lines;
        for (const store::JournalRow& row : rows) {
            if (filter.matches(row.act)) lines += row.act + "\n";
        }
        return lines;
    });
}

}  // namespace stimme::service
