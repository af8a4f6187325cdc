// Closing a station: what the desk compares before it signs.
//
// Thread rule: one thread; the functions without a Station are pure.
#pragma once

#include <string>
#include <vector>

#include "client/desk/station.h"
#include "core/wire/office.h"

namespace stimme::desk {

// Reads draft and log. Errors: requests-pending (conflict: something of this desk has no answer yet),
// answer-malformed, those of the server and of read_station_log.
Result<ClosingView> read_closing(Station& station, cli::Output& out);
// Signs what was seen. A difference needs an explanation, which is kept in the role folder: it belongs into
// the written record of the station. Errors: that of the first difference when there is no explanation, those
// of the server.
Result<wire::ActAnswer> sign_closing(Station& station, const ClosingView& view,
                                     const std::string& explanation);

// That the server's row of this desk says what the desk counted itself. Errors (conflict): desk-missing,
// counts-differ, naming both figures.
Status compare_counts(const events::StationClosed& draft, const SignerId& desk, const Counts& own);

// That what the desks counted together fits what the log says. Errors (conflict): too-many-ballots,
// voids-differ.
Status compare_with_log(const events::StationClosed& draft, const StationLog& log);

// That the voters on paper are those that the desks counted, and none of them voted otherwise, too. Errors
// (conflict): paper-differs, paper-conflicts.
Status compare_with_record(const events::StationClosed& draft, const wire::StationRecord& record);

// A line for each move and conflict, as the program's words tell them.
std::vector<std::string> record_lines(const wire::StationRecord& record);
// The station in words: checked in, given back, moved, cast, tested, left, on paper, and what belongs into
// the written record.
std::vector<std::string> reconciliation(const ClosingView& view);
json::Object reconciliation_json(const ClosingView& view);

}  // namespace stimme::desk
