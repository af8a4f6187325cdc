#include "client/desk/closing.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/desk/commands.h"
#include "core/base/file.h"
#include "core/wire/office.h"

namespace stimme::desk {
namespace {

struct CloseOptions {
    std::string explain;
};

struct Sums {
    std::uint64_t checked_in = 0, voided = 0, moved = 0;
    std::uint64_t people() const { return checked_in - std::min(voided, checked_in); }
};

Sums sums_of(const events::StationClosed& draft) {
    Sums sums;
    for (const auto& desk : draft.desks) {
        sums.checked_in += desk.checked_in;
        sums.voided += desk.voided;
        sums.moved += desk.moved;
    }
    return sums;
}

Result<events::StationClosed> get_draft(Station& station) {
    STIMME_TRY(auto answer, station.session.get<wire::DraftAnswer>("acts/drafts/station-closed?station=" +
                                                                   station.id.str()));
    auto* const draft = std::get_if<events::StationClosed>(&answer.content);
    if (draft == nullptr || draft->station != station.id)
        return corrupt("answer-malformed", "the server's draft isn't about this station");
    return std::move(*draft);
}

Status check_answered(const DeskStore& store) {
    if (store.check_ins().empty() && store.voids().empty()) return {};
    return conflict("requests-pending",
                    "there are requests without an answer: run `stimme desk pending` before closing");
}

// Who signs in spite of a difference says why; it belongs into the written record of the station.
Status accept_difference(const Error& difference, const CloseOptions& options, const Station& station,
                         cli::Output& out) {
    if (options.explain.empty())
        return conflict(difference.code,
                        difference.message + "; find out why, or say it with --explain TEXT");
    const std::string text = difference.message + "\n" + options.explain + "\n";
    out.note("Signing in spite of this: " + difference.message);
    return write_file(station.session.folder().file("desk") / "explanation.txt", as_bytes(text));
}

void show_answer(const wire::ActAnswer& answer, const events::StationClosed& draft, const StationLog& log,
                 cli::Output& out) {
    json::Object document = reconciliation_json(draft, log);
    document.set("missing", answer.missing);
    if (answer.index) document.set("index", *answer.index);
    out.document(document);
    if (answer.index) {
        out.line(fmt::format("The station is closed (entry {} of the log).", *answer.index));
    } else {
        out.line(fmt::format("Signed. {} more desks of this station must sign.", answer.missing));
    }
}

Status close(const CloseOptions& options, cli::Context& context) {
    STIMME_TRY(Station station, open_station(context));
    STIMME_CHECK(check_answered(station.store));
    STIMME_TRY(const events::StationClosed draft, get_draft(station));
    STIMME_TRY(const StationLog log, read_station_log(station, context.out));
    for (const std::string& line : reconciliation(draft, log)) context.out.line(line);
    for (const Status& same : {compare_counts(draft, station.session.profile().id, station.store.counts()),
                               compare_with_log(draft, log)}) {
        if (!same) STIMME_CHECK(accept_difference(same.error(), options, station, context.out));
    }
    STIMME_TRY(auto signature, station.session.sign(draft));
    STIMME_TRY(const auto answer,
               station.session.post<wire::ActAnswer>("acts", wire::ActRequest{draft, std::move(signature)}));
    show_answer(answer, draft, log, context.out);
    return {};
}

}  // namespace

Status compare_counts(const events::StationClosed& draft, const SignerId& desk, const Counts& own) {
    const auto row = std::find_if(draft.desks.begin(), draft.desks.end(),
                                  [&](const auto& count) { return count.desk == desk; });
    if (row == draft.desks.end()) return conflict("desk-missing", "the server's counts don't name this desk");
    if (row->checked_in == own.checked_in && row->voided == own.voided) return {};
    return conflict("counts-differ",
                    fmt::format("the server counts {} check-ins and {} passes given back at this desk, the "
                                "desk itself {} and {}",
                                row->checked_in, row->voided, own.checked_in, own.voided));
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

std::vector<std::string> reconciliation(const events::StationClosed& draft, const StationLog& log) {
    const Sums sums = sums_of(draft);
    std::vector<std::string> lines{fmt::format("Station {}", draft.station.str())};
    for (const auto& desk : draft.desks) {
        lines.push_back(fmt::format("  desk {}: {} checked in, {} given back, {} moved", desk.desk.str(),
                                    desk.checked_in, desk.voided, desk.moved));
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
    return lines;
}

json::Object reconciliation_json(const events::StationClosed& draft, const StationLog& log) {
    const Sums sums = sums_of(draft);
    return {{"station", draft.station.str()},
            {"checked_in", sums.checked_in},
            {"voided", sums.voided},
            {"moved", sums.moved},
            {"cast", log.cast},
            {"tested", log.tested},
            {"failed", log.failed},
            {"expired", log.expired}};
}

void add_close(cli::Command& desk) {
    auto& command = desk.subcommand("close", "close the station: compare the counts and sign them");
    auto& options = command.options<CloseOptions>();
    command.optional("--explain", options.explain,
                     "sign although the server's counts differ from this desk's, for this reason");
    command.footer("The reason is kept in the role folder and belongs into the station's written record.");
    command.runs([&options](cli::Context& context) { return close(options, context); });
}

}  // namespace stimme::desk
