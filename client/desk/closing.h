// Closing a station: what the desk compares before it signs.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "client/desk/station.h"

namespace stimme::desk {

// That the server's row of this desk says what the desk counted itself. Errors (conflict): desk-missing,
// counts-differ, naming both figures.
Status compare_counts(const events::StationClosed& draft, const SignerId& desk, const Counts& own);

// That what the desks counted together fits what the log says. Errors (conflict): too-many-ballots,
// voids-differ.
Status compare_with_log(const events::StationClosed& draft, const StationLog& log);

// The station in words: checked in, given back, cast, tested, left.
std::vector<std::string> reconciliation(const events::StationClosed& draft, const StationLog& log);
json::Object reconciliation_json(const events::StationClosed& draft, const StationLog& log);

}  // namespace stimme::desk
