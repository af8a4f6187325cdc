// The figures of a station in words, and the sheets that its board signs on paper.
//
// Thread rule: pure functions.
#pragma once

#include "client/desk/console/opening.h"
#include "client/desk/console/sentences.h"
#include "client/print/station_paper.h"

namespace stimme::desk::console {

// A figure with what it counts.
struct Figure {
    std::uint64_t count;
    std::string what;
};
std::vector<Figure> figures(const Tongue& t, const ZeroCounted& counts);
std::vector<Figure> figures(const Tongue& t, const ClosingFigures& seen);
// One sentence for each difference that must be explained.
std::vector<std::string> differences(const Tongue& t, const ClosingView& view);

// What the written record tells of single entries, a sentence each.
std::vector<std::string> notes(const Tongue& t, const StationInfo& here, const wire::StationRecord& record);

// The election's title in that language, or in the first one that it has.
std::string title_of(const StationInfo& station, words::Language language);
// "08:05", by the clock of the election's place.
std::string time_of(const StationInfo& station, TimePoint now);

// Slips and sheets, to be printed. Explanations are in the language of `t`.
print::PassSlip slip(const StationInfo& station, const pass::Pass& pass, print::Copy copy, TimePoint now);
print::OpeningSheet opening_sheet(const StationInfo& station, const OpeningRecord& opening, TimePoint now);
print::ClosingSheet closing_sheet(const Tongue& t, const StationInfo& station, const ClosingFigures& seen,
                                  const std::string& explanation, const std::vector<std::string>& present,
                                  TimePoint now);

}  // namespace stimme::desk::console
