#include "client/desk/console/sheets.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/desk/closing.h"
#include "client/desk/console/sentences.h"
#include "client/tty/frame.h"
#include "client/words/dates.h"

namespace stimme::desk::console {
namespace {

print::StationOnPaper on_paper(const StationInfo& station, TimePoint now) {
    return {station.titles, station.name, words::day_at(station.time_zone, now)};
}

std::string in_words(const Tongue& t, const Error& difference) {
    if (difference.code == "counts-differ")
        return t("The server counts other check-ins or returned passes at this desk than the desk itself.");
    if (difference.code == "desk-missing") return t("The server's counts don't name this desk.");
    if (difference.code == "paper-differs")
        return t("The voters on paper aren't those that the desks counted.");
    if (difference.code == "paper-conflicts")
        return t("People voted on paper who voted otherwise, too, or shouldn't have; they are named below.");
    if (difference.code == "too-many-ballots") return t("More ballots were cast than voters have passes.");
    return t("The passes given back at the desks aren't those in the log.");
}

}  // namespace

std::vector<Figure> figures(const Tongue& t, const ZeroCounted& counts) {
    return {{counts.own.checked_in, t("voters checked in at this desk")},
            {counts.own.voided, t("passes given back at this desk")},
            {counts.passes_used, t("ballots of this station")}};
}

std::vector<Figure> figures(const Tongue& t, const ClosingFigures& seen) {
    const ClosingView& view = seen.view;
    const Sums sums = sums_of(view.draft);
    std::vector<Figure> all{
        {sums.checked_in, t("check-ins at all desks of this station")},
        {sums.voided, t("passes given back")},
        {sums.moved, t("check-ins moved to another person")},
        {sums.people(), t("voters with a pass")},
        {view.log.cast, t("ballots cast")},
        {sums.people() - std::min(view.log.cast, sums.people()), t("voters with a pass who cast no ballot")},
        {view.log.tested, t("ballots tested, not counted")},
        {sums.paper, t("voters on paper")}};
    // What mostly doesn't happen is told only when it did.
    if (view.log.failed != 0) all.push_back({view.log.failed, t("tests that failed")});
    if (view.log.expired != 0)
        all.push_back({view.log.expired, t("ballots left without \"cast\" or \"test\"")});
    if (seen.helped != 0) all.push_back({seen.helped, t("voters with a person of trust, at this desk")});
    if (view.draft.desks.size() > 1) all.push_back({view.own.checked_in, t("check-ins at this desk")});
    return all;
}

std::vector<std::string> differences(const Tongue& t, const ClosingView& view) {
    std::vector<std::string> all;
    for (const Error& difference : view.differences) all.push_back(in_words(t, difference));
    return all;
}

std::vector<std::string> notes(const Tongue& t, const StationInfo& here, const wire::StationRecord& record) {
    std::vector<std::string> all;
    for (const auto& [desk, move] : record.moves)
        all.push_back(t("Check-in moved from {0} to {1} by {2} and {3}.", tty::printable(move.from),
                        tty::printable(move.to), tty::printable(move.members[0]),
                        tty::printable(move.members[1])));
    for (const wire::PaperConflict& conflict : record.conflicts) {
        std::string note = conflict.reason == "already-checked-in"
                               ? t("On paper, but checked in, too: {0}.", tty::printable(conflict.voter))
                           : conflict.reason == "already-on-paper"
                               ? t("On paper, twice: {0}.", tty::printable(conflict.voter))
                           : conflict.reason == "voter-other-station"
                               ? t("On paper, but of another station: {0}.", tty::printable(conflict.voter))
                               : t("On paper, but may not vote: {0}.", tty::printable(conflict.voter));
        if (conflict.station) note += " " + t("It is: {0}.", name_of(here, *conflict.station));
        all.push_back(std::move(note));
    }
    return all;
}

std::string title_of(const StationInfo& station, words::Language language) {
    const auto found = station.titles.find(std::string(language.tag()));
    if (found != station.titles.end()) return found->second;
    return station.titles.empty() ? "" : station.titles.begin()->second;
}

std::string time_of(const StationInfo& station, TimePoint now) {
    return words::time_of_day(station.time_zone, now);
}

print::PassSlip slip(const StationInfo& station, const pass::Pass& pass, print::Copy copy, TimePoint now) {
    print::PassSlip slip;
    slip.where = on_paper(station, now);
    slip.pass = pass;
    slip.copy = copy;
    return slip;
}

print::OpeningSheet opening_sheet(const StationInfo& station, const OpeningRecord& opening, TimePoint now) {
    print::OpeningSheet sheet;
    sheet.where = on_paper(station, now);
    sheet.time = time_of(station, now);
    sheet.present = opening.present;
    sheet.checked_in = sheet.passes = opening.counts.own.checked_in;
    sheet.cast = opening.counts.passes_used;
    return sheet;
}

print::ClosingSheet closing_sheet(const Tongue& t, const StationInfo& station, const ClosingFigures& seen,
                                  const std::string& explanation, const std::vector<std::string>& present,
                                  TimePoint now) {
    const StationLog& log = seen.view.log;
    const Sums sums = sums_of(seen.view.draft);
    print::ClosingSheet sheet;
    sheet.where = on_paper(station, now);
    sheet.time = time_of(station, now);
    sheet.checked_in = sheet.passes = sums.checked_in;
    sheet.given_back = sums.voided;
    sheet.moved = sums.moved;
    sheet.cast = log.cast;
    sheet.challenged = log.tested;
    sheet.failed = log.failed;
    sheet.expired = log.expired;
    sheet.helped = seen.helped;
    sheet.paper = sums.paper;
    sheet.notes = notes(t, station, seen.view.record);
    for (const std::string& difference : differences(t, seen.view)) sheet.explanation += difference + " ";
    sheet.explanation += explanation;
    sheet.board = present;
    return sheet;
}

}  // namespace stimme::desk::console
