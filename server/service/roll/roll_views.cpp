#include "server/service/roll/roll_views.h"

#include "core/base/clock.h"
#include "core/roll/register/register_row.h"
#include "server/service/roll/stored_object.h"

namespace stimme::service {
namespace {

std::uint64_t count_in(const json::Object& object, std::string_view key) {
    return static_cast<std::uint64_t>(member<std::int64_t>(object, key));
}

}  // namespace

wire::ImportView view_of(const store::ImportRow& row) {
    const json::Object act = object_in(row.act);
    return {row.id,
            member<std::string>(act, "at"),
            SignerId(member<std::string>(act, "official")),
            row.taken_back,
            count_in(act, "people"),
            count_in(act, "added"),
            count_in(act, "changed"),
            count_in(act, "gone"),
            count_in(act, "returned")};
}

wire::MatterView view_of(const store::MatterRow& row) {
    wire::MatterView view;
    json::Problems problems;
    const json::Value entered = row.entered;
    json::Fields in(entered, problems);
    read_entered_part(in, view);
    view.id = row.id;
    view.number = row.number;
    if (row.decision) {
        const json::Value decision = *row.decision;
        json::Fields decided(decision, problems);
        read_decision_part(decided, view.decision.emplace());
    }
    return view;
}

std::vector<wire::ChangeView> with_after(const std::vector<store::ChangeRow>& changes,
                                         const roll::Person& now) {
    std::vector<wire::ChangeView> views;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const roll::Person& after = i + 1 < changes.size() ? changes[i + 1].before : now;
        views.push_back({changes[i].import, changes[i].number, std::string(to_string(changes[i].kind)),
                         to_json(changes[i].before), to_json(after)});
    }
    return views;
}

Result<wire::EntryView> view_of(const store::PeopleRows& rows, const RollDecision& decision,
                                const store::EntryRow& entry) {
    const std::string& number = entry.person.number;
    wire::EntryView view;
    view.number = number;
    view.version = entry.version;
    view.person = to_json(entry.person);
    view.origin = entry.origin;
    view.presence = to_string(entry.presence);
    if (entry.applied_on) view.applied_on = format_date(*entry.applied_on);
    view.ruling = to_string(entry.ruling);
    view.station = entry.station;
    view.style = entry.style;
    view.standing = to_string(entry.standing);
    view.reasons = entry.reasons;
    view.reasons_against_standing = decision.reasons_against_standing(entry);
    STIMME_TRY(const auto conflict, rows.conflict_of(number));
    if (conflict) view.conflict = to_string(conflict->kind);
    STIMME_TRY(const auto matters, rows.matters_of(number));
    for (const store::MatterRow& matter : matters) view.matters.push_back(view_of(matter));
    STIMME_TRY(const auto changes, rows.changes_of(number));
    view.changes = with_after(changes, entry.person);
    return view;
}

}  // namespace stimme::service
