#include "server/service/roll/office_imports.h"

#include <fmt/format.h>

#include "core/crypto/sha256.h"
#include "server/service/roll/roll_views.h"

namespace stimme::service {
namespace {

using store::PeopleRows;

constexpr std::size_t changes_at_once = 500;

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

}  // namespace

Result<wire::RollImportAnswer> OfficeImports::bring(ByteView csv, const ImportOptions& options,
                                                    const Actor& actor) {
    using Answer = wire::RollImportAnswer;
    const auto import = [&](PeopleRows& rows, const RollDecision& decision) -> Result<Answer> {
        STIMME_TRY(const std::int64_t number, rows.next_import());
        return import_register(rows, decision, acts_.definition(), csv, options, number, progress_);
    };
    if (options.dry_run) {
        auto answer = acts_.rehearse(import);
        progress_.total = 0;
        return answer;
    }
    auto answer = acts_.change<Answer>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<Answer> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(const Answer done, import(rows, acts_.decision()));
        json::Object imported = act_of("roll-imported", actor);
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

Result<wire::ImportView> OfficeImports::take_back(const wire::TakeBackRequest& request, const Actor& actor) {
    using View = wire::ImportView;
    auto done = acts_.change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
        STIMME_CHECK(check_draft(actor));
        STIMME_TRY(const auto imports, rows.imports());
        if (imports.empty() || imports.back().taken_back)
            return conflict("import-none",
                            "there is no import that can be taken back: only the newest one can, "
                            "and only once");
        const store::ImportRow& newest = imports.back();
        if (newest.id != request.import)
            return conflict("import-newer", fmt::format("the newest import is {}", newest.id));
        STIMME_CHECK(take_back_import(rows, acts_.decision(), newest.id));
        json::Object taken = act_of("import-taken-back", actor);
        taken.set("import", newest.id);
        STIMME_CHECK(journal.append(std::move(taken)));
        View view = view_of(newest);
        view.taken_back = true;
        return view;
    });
    if (done) search_.people_changed();
    return done;
}

Result<wire::ImportViews> OfficeImports::all() const {
    return acts_.read([](const PeopleRows& rows) -> Result<wire::ImportViews> {
        STIMME_TRY(const auto imports, rows.imports());
        wire::ImportViews views;
        for (const store::ImportRow& row : imports) views.imports.push_back(view_of(row));
        return views;
    });
}

Result<wire::ChangeViews> OfficeImports::changes(std::int64_t import, std::string_view after) const {
    return acts_.read([&](const PeopleRows& rows) -> Result<wire::ChangeViews> {
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

}  // namespace stimme::service
