#include "client/desk/closing.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"

namespace stimme::desk {
namespace {

Result<events::StationClosed> get_draft(Station& station) {
    STIMME_TRY(auto answer, station.session.get<wire::DraftAnswer>("acts/drafts/station-closed?station=" +
                                                                   station.id.str()));
    auto* const draft = std::get_if<events::StationClosed>(&answer.content);
    if (draft == nullptr || draft->station != station.id)
        return corrupt("answer-malformed", "the server's draft isn't about this station");
    return std::move(*draft);
}

Status check_answered(const DeskStore& store) {
    if (!store.waits()) return {};
    return conflict("requests-pending",
                    "there are requests without an answer: run `stimme desk pending` before closing");
}

Status keep_explanation(const ClosingView& view, const std::string& explanation, const Station& station) {
    std::string text;
    for (const Error& difference : view.differences) text += difference.message + "\n";
    text += explanation + "\n";
    return write_file(station.session.folder().file("desk") / "explanation.txt", as_bytes(text));
}

}  // namespace

std::uint64_t Sums::people() const {
    return checked_in - std::min(voided, checked_in);
}

Sums sums_of(const events::StationClosed& draft) {
    Sums sums;
    for (const auto& desk : draft.desks) {
        sums.checked_in += desk.checked_in;
        sums.voided += desk.voided;
        sums.moved += desk.moved;
        sums.paper += desk.paper;
    }
    return sums;
}

Result<ClosingView> read_closing(Station& station, cli::Output& out) {
    STIMME_CHECK(check_answered(station.store));
    ClosingView view;
    STIMME_TRY(view.draft, get_draft(station));
    STIMME_TRY(view.log, read_station_log(station, out));
    STIMME_TRY(view.record, station.session.get<wire::StationRecord>("station-records/" + station.id.str()));
    view.own = station.store.counts();
    for (const Status& same :
         {compare_counts(view.draft, station.session.profile().id, view.own),
          compare_with_log(view.draft, view.log), compare_with_record(view.draft, view.record)}) {
        if (!same) view.differences.push_back(same.error());
    }
    return view;
}

Result<wire::ActAnswer> sign_closing(Station& station, const ClosingView& view,
                                     const std::string& explanation) {
    if (!view.differences.empty()) {
        const Error& first = view.differences.front();
        if (explanation.empty())
            return conflict(first.code, first.message + "; find out why, or say it with --explain TEXT");
        STIMME_CHECK(keep_explanation(view, explanation, station));
    }
    STIMME_TRY(auto signature, station.session.sign(view.draft));
    return station.session.post<wire::ActAnswer>("acts", wire::ActRequest{view.draft, std::move(signature)});
}

Status compare_counts(const events::StationClosed& draft, const SignerId& desk, const Counts& own) {
    const auto row = std::find_if(draft.desks.begin(), draft.desks.end(),
                                  [&](const auto& count) { return count.desk == desk; });
    if (row == draft.desks.end()) return conflict("desk-missing", "the server's counts don't name this desk");
    const std::uint64_t on_paper = own.paper - own.withdrawn;
    if (row->checked_in == own.checked_in && row->voided == own.voided && row->moved == own.moved &&
        row->paper == on_paper)
        return {};
    return conflict(
        "counts-differ",
        fmt::format("the server counts {} check-ins, {} passes given back, {} check-ins moved and {} "
                    "voters on paper at this desk, the desk itself {}, {}, {} and {}",
                    row->checked_in, row->voided, row->moved, row->paper, own.checked_in, own.voided,
                    own.moved, on_paper));
}

Status compare_with_log(const events::StationClosed& draft, const StationLog& log) {
    const Sums sums = sums_of(draft);
    if (log.cast > sums.people())
        return conflict("too-many-ballots", fmt::format("{} ballots were cast, but only {} voters checked in",
                                                        log.cast, sums.people()));
    if (log.voided == sums.voided) return {};
    return conflict("voids-differ", fmt::format("the desks counted {} passes given back, the log has {}",
                                                sums.voided, log.voided));
}

Status compare_with_record(const events::StationClosed& draft, const wire::StationRecord& record) {
    const Sums sums = sums_of(draft);
    if (record.paper != sums.paper)
        return conflict("paper-differs",
                        fmt::format("the desks counted {} voters on paper, the server names {}", sums.paper,
                                    record.paper));
    if (record.conflicts.empty()) return {};
    return conflict("paper-conflicts",
                    fmt::format("{} people voted on paper who voted otherwise, too, or shouldn't have",
                                record.conflicts.size()));
}

std::vector<std::string> record_lines(const wire::StationRecord& record) {
    std::vector<std::string> lines;
    for (const auto& [desk, move] : record.moves)
        lines.push_back(fmt::format("The check-in of {} was moved to {} by {} and {} (desk {}).", move.from,
                                    move.to, move.members[0], move.members[1], desk.str()));
    for (const wire::PaperConflict& conflict : record.conflicts)
        lines.push_back(fmt::format("On paper, yet {}: {}{}", conflict.reason, conflict.voter,
                                    conflict.station ? " (station " + conflict.station->str() + ")" : ""));
    return lines;
}

std::vector<std::string> reconciliation(const ClosingView& view) {
    const auto& [draft, log, record, own, differences] = view;
    const Sums sums = sums_of(draft);
    std::vector<std::string> lines{fmt::format("Station {}", draft.station.str())};
    for (const auto& desk : draft.desks) {
        lines.push_back(fmt::format("  desk {}: {} checked in, {} given back, {} moved, {} on paper",
                                    desk.desk.str(), desk.checked_in, desk.voided, desk.moved, desk.paper));
    }
    lines.push_back(fmt::format("{:>8}  voters checked in and not given back", sums.people()));
    lines.push_back(fmt::format("{:>8}  ballots cast", log.cast));
    lines.push_back(fmt::format("{:>8}  ballots tested, not counted", log.tested));
    if (log.failed != 0) lines.push_back(fmt::format("{:>8}  tests that failed", log.failed));
    if (log.expired != 0)
        lines.push_back(fmt::format("{:>8}  ballots left without cast or test", log.expired));
    if (log.cast <= sums.people())
        lines.push_back(
            fmt::format("{:>8}  voters with a pass who cast no ballot", sums.people() - log.cast));
    lines.push_back(fmt::format("{:>8}  voters on paper", sums.paper));
    for (const std::string& line : record_lines(record)) lines.push_back("  " + line);
    return lines;
}

json::Object reconciliation_json(const ClosingView& view) {
    const auto& [draft, log, record, own, differences] = view;
    const Sums sums = sums_of(draft);
    return {{"station", draft.station.str()},
            {"checked_in", sums.checked_in},
            {"voided", sums.voided},
            {"moved", sums.moved},
            {"paper", sums.paper},
            {"record", to_json(record)},
            {"cast", log.cast},
            {"tested", log.tested},
            {"failed", log.failed},
            {"expired", log.expired}};
}

}  // namespace stimme::desk
