// Reading what an office brings for the assignment of people to polling stations: a CSV file, written down in
// any way in which registers are (core/roll/register/csv.h, core/roll/register/field_decoder.h). Its header
// tells its kind:
//
//     Straße;von;bis;Seite;PLZ;Wahlbezirk      a street directory
//     Personennummer;Wahlbezirk                a list of people
//     Stadtteil;Wahlbezirk                     areas
//
// in any order and perhaps among other columns, which aren't read; where several kinds fit, the first of them
// counts. Wahlbezirk is the id of a polling station of the definition. von, bis, Seite (alle, gerade,
// ungerade) and PLZ may be empty.
//
// A file is taken as a whole or not at all. An error names every line that is wrong, with column, value and
// what would be right, also two lines that give one address, person or area different stations.
//
// Thread rule: pure functions.
#pragma once

#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/election/definition.h"
#include "core/roll/stations/assignment.h"

namespace stimme::roll {

// Errors: assignment-empty (no header line), assignment-encoding (UTF-16), assignment-header-invalid,
// assignment-invalid.
Result<AssignmentPart> read_assignment(ByteView csv, const std::vector<election::Station>& stations);

}  // namespace stimme::roll
