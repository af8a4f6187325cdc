#include "server/service/roll/office_matters.h"

#include <fmt/format.h>

#include "server/service/roll/roll_views.h"

namespace stimme::service {
namespace {

using store::PeopleRows;

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

Status apply_effect(PeopleRows& rows, const RollDecision& decision, const std::string& number,
                    std::string_view effect) {
    STIMME_TRY(auto entry, rows.find(number));
    if (!entry) return person_not_found(number);
    entry->ruling = *store::ruling_named(effect);
    return keep(rows, decision, *entry);
}

}  // namespace

Result<wire::MatterView> OfficeMatters::enter(const wire::MatterRequest& request, const Actor& actor) {
    using View = wire::MatterView;
    return acts_.change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
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
                    acts_.now(),
                    {}};
        STIMME_TRY(matter.id, rows.add_matter(request.number, entered_part(matter)));
        if (request.kind == View::Kind::application && !entry->applied_on &&
            actor.phase == election::Phase::draft) {
            STIMME_TRY(entry->applied_on, parse_date(request.received));
            STIMME_CHECK(keep(rows, acts_.decision(), *entry));
        }
        json::Object entered = act_of("matter-entered", actor);
        entered.set("person", request.number);
        entered.set("matter", matter.id);
        entered.set("content", entered_part(matter));
        STIMME_CHECK(journal.append(std::move(entered)));
        return matter;
    });
}

Result<wire::MatterView> OfficeMatters::decide(std::int64_t id, const wire::MatterDecisionRequest& request,
                                               const Actor& actor) {
    using View = wire::MatterView;
    const bool effective = request.effect != "none";
    if (effective && request.outcome == wire::MatterDecision::Outcome::withdrawn)
        return invalid("matter-wrong", "what was withdrawn has no effect");
    if (request.decided_on.empty()) return invalid("matter-wrong", "the day of the decision is missing");
    return acts_.change<View>(actor, [&](PeopleRows& rows, Journal& journal) -> Result<View> {
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
                                               request.decided_on, actor.official, acts_.now()};
        STIMME_CHECK(rows.decide_matter(id, decision_part(*matter.decision)));
        if (effective) STIMME_CHECK(apply_effect(rows, acts_.decision(), matter.number, request.effect));
        json::Object decided = act_of("matter-decided", actor);
        decided.set("person", matter.number);
        decided.set("matter", id);
        decided.set("decision", decision_part(*matter.decision));
        STIMME_CHECK(journal.append(std::move(decided)));
        return matter;
    });
}

Result<wire::MatterViews> OfficeMatters::all() const {
    return acts_.read([](const PeopleRows& rows) -> Result<wire::MatterViews> {
        STIMME_TRY(const auto matters, rows.matters());
        wire::MatterViews views;
        for (const store::MatterRow& row : matters) views.matters.push_back(view_of(row));
        return views;
    });
}

}  // namespace stimme::service
