// From a resident register to the roll: who may vote and why not, at which station, with which ballot, and
// with a fresh salt and leaf for each voter (docs/protocol.md, sections 2.1 and 7).
//
// Thread rule: pure functions but for the database; import_register within an operation of the Writer.
#pragma once

#include "core/base/random.h"
#include "core/roll/eligibility.h"
#include "core/wire/office.h"
#include "server/store/roll_store.h"

namespace stimme::service {

// The name of the station whose areas hold that one; empty when there is none.
std::string station_of_area(const election::Definition& definition, std::string_view area);

// The first style that names the district and one of the groups. An empty `station` is in no district.
StyleId style_of(const election::ValidDefinition& definition, std::string_view station,
                 const std::vector<election::Group>& groups);

// Replaces everyone on the roll. All or nothing: within an operation, an error undoes it. Errors:
// register-invalid, whose message has a line for each of the first 100 problems; register-columns-missing,
// and the other errors of roll::read_register.
Result<wire::RollImportAnswer> import_register(store::RollRows& rows,
                                               const election::ValidDefinition& definition, ByteView csv,
                                               Random& random);

}  // namespace stimme::service
