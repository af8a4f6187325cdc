#include "client/office/roll/matters.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/session/session.h"
#include "core/election/deadlines.h"

namespace stimme::office {
namespace {

using cli::Context;

std::string title_of(wire::MatterView::Kind kind) {
    std::string title(to_string(kind));
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
}

// A warning where something came in after its last day. It is entered all the same: whether it is late is for
// the official to decide.
void warn_if_late(const wire::MatterView& matter, const session::Session& session, Context& context) {
    using election::Deadline;
    const auto received = parse_date(matter.received);
    if (!received) return;
    const Deadline last = matter.kind == wire::MatterView::Kind::application ? Deadline::applications_until
                          : matter.kind == wire::MatterView::Kind::objection ? Deadline::objections_until
                                                                             : Deadline::appeals_until;
    for (const election::DueDate& due : deadlines(*session.definition(), *received)) {
        if (due.deadline == last && due.nearness == election::Nearness::over)
            context.out.note(fmt::format("This came after the last day for it, {}.", format_date(due.day)));
    }
}

Status enter(session::Session& session, const wire::MatterRequest& request, Context& context) {
    STIMME_TRY(const auto matter, session.post<wire::MatterView>("roll/matters", request));
    warn_if_late(matter, session, context);
    context.out.line(line_of(matter));
    context.out.document(to_json(matter));
    return {};
}

std::string today(const session::Session& session, const Context& context) {
    return format_date(election::local_day(session.definition(), context.clock.now()));
}

}  // namespace

std::string line_of(const wire::MatterView& matter) {
    std::string line = fmt::format("{} {} about {}, received {}", title_of(matter.kind), matter.id,
                                   matter.number, matter.received);
    if (!matter.by.empty()) line += " from " + matter.by;
    if (matter.earlier) line += fmt::format(" against the decision of {}", *matter.earlier);
    if (!matter.text.empty()) line += fmt::format(": {}", matter.text);
    if (!matter.decision) return line + " [open]";
    const wire::MatterDecision& decision = *matter.decision;
    return line + fmt::format(" [{} on {} by {}{}: {}]", to_string(decision.outcome), decision.decided_on,
                              decision.decided_by.str(),
                              decision.effect == "none" ? "" : ", " + decision.effect, decision.reason);
}

Status roll_enter(wire::MatterView::Kind kind, const MatterOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    const std::string received = options.received.empty() ? today(session, context) : options.received;
    return enter(session, {options.number, kind, options.by, received, options.text, {}}, context);
}

Status roll_appeal(const AppealOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto matters, session.get<wire::MatterViews>("roll/matters"));
    const auto earlier = static_cast<std::int64_t>(options.earlier);
    const auto found = std::find_if(matters.matters.begin(), matters.matters.end(),
                                    [&](const wire::MatterView& matter) { return matter.id == earlier; });
    if (found == matters.matters.end())
        return not_found("matter-not-found", fmt::format("there is no matter {}", earlier));
    const std::string received = options.received.empty() ? today(session, context) : options.received;
    return enter(session,
                 {found->number, wire::MatterView::Kind::appeal, "", received, options.text, earlier},
                 context);
}

Status roll_decide(const DecideOptions& options, Context& context) {
    using Outcome = wire::MatterDecision::Outcome;
    STIMME_TRY(auto session, session::Session::open(context));
    const Outcome outcome = options.outcome == "granted"   ? Outcome::granted
                            : options.outcome == "refused" ? Outcome::refused
                                                           : Outcome::withdrawn;
    const std::string decided_on = options.decided_on.empty() ? today(session, context) : options.decided_on;
    STIMME_TRY(const auto matter,
               session.post<wire::MatterView>(
                   fmt::format("roll/matters/{}/decision", options.matter),
                   wire::MatterDecisionRequest{outcome, options.effect, options.reason, decided_on}));
    context.out.line(line_of(matter));
    context.out.document(to_json(matter));
    return {};
}

Status roll_matters(const MattersOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(auto matters, session.get<wire::MatterViews>("roll/matters"));
    if (options.open)
        std::erase_if(matters.matters,
                      [](const wire::MatterView& matter) { return matter.decision.has_value(); });
    for (const wire::MatterView& matter : matters.matters) context.out.line(line_of(matter));
    if (matters.matters.empty()) context.out.line(options.open ? "Nothing is open." : "There are none.");
    context.out.document(to_json(matters));
    return {};
}

}  // namespace stimme::office
