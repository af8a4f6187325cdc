#include "client/desk/sheets.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/words/dates.h"

namespace stimme::desk {
namespace {

std::string line_of(const Figure& figure) {
    return fmt::format("{} {}", figure.count, figure.what);
}

Sheet begun(const Tongue& t, const StationInfo& station, std::string title, TimePoint now) {
    Sheet sheet;
    sheet.language = t.language();
    sheet.title = std::move(title);
    sheet.lines = {
        title_of(station, t.language()), station.name,
        t("Desk {0}, {1}", station.desk.str(), words::date_and_time(t.language(), station.time_zone, now)),
        ""};
    return sheet;
}

std::string in_words(const Tongue& t, const Error& difference) {
    if (difference.code == "counts-differ")
        return t("The server counts other check-ins or returned passes at this desk than the desk itself.");
    if (difference.code == "desk-missing") return t("The server's counts don't name this desk.");
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
        {view.log.failed, t("tests that failed")},
        {view.log.expired, t("ballots left without \"cast\" or \"test\"")}};
    if (seen.helped != 0) all.push_back({seen.helped, t("voters with a person of trust, at this desk")});
    if (view.draft.desks.size() > 1) all.push_back({view.own.checked_in, t("check-ins at this desk")});
    return all;
}

std::vector<std::string> differences(const Tongue& t, const ClosingView& view) {
    std::vector<std::string> all;
    for (const Error& difference : view.differences) all.push_back(in_words(t, difference));
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

Sheet opening_sheet(const Tongue& t, const StationInfo& station, const OpeningRecord& opening,
                    TimePoint now) {
    Sheet sheet = begun(t, station, t("Opening of the polling station"), now);
    sheet.lines.push_back(t("Counted before the first voter came:"));
    for (const Figure& figure : figures(t, opening.counts)) sheet.lines.push_back(line_of(figure));
    if (!opening.counts.zero()) sheet.lines.push_back(t("These figures are not all zero. Reason:"));
    sheet.lines.insert(sheet.lines.end(), {"", t("Present:")});
    sheet.signatures = opening.present;
    return sheet;
}

Sheet closing_sheet(const Tongue& t, const StationInfo& station, const ClosingFigures& seen,
                    const std::string& explanation, const std::vector<std::string>& present, TimePoint now) {
    Sheet sheet = begun(t, station, t("Closing of the polling station"), now);
    for (const Figure& figure : figures(t, seen)) sheet.lines.push_back(line_of(figure));
    for (const std::string& difference : differences(t, seen.view))
        sheet.lines.insert(sheet.lines.end(), {"", t("Difference:") + " " + difference});
    if (!explanation.empty()) sheet.lines.push_back(t("Explanation:") + " " + explanation);
    sheet.lines.insert(sheet.lines.end(), {"", t("Signatures of the board:")});
    sheet.signatures = present;
    return sheet;
}

}  // namespace stimme::desk
