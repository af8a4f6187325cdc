// The roll as the election office keeps it until it is sealed: registers imported and taken back, entries
// added and made invalid, conflicts resolved, applications, objections and appeals entered and decided,
// duplicates told apart. What happens on polling day is roll_service.h.
//
// Thread rule: that of office_acts.h.
#pragma once

#include "server/service/roll/office_entries.h"
#include "server/service/roll/office_imports.h"
#include "server/service/roll/office_matters.h"

namespace stimme::service {

struct RollOffice {
    // All must outlive it.
    RollOffice(const election::ValidDefinition& definition, Random& random, const Clock& clock,
               store::Database& database, store::Writer& writer)
        : people(database),
          acts(definition, random, clock, database, writer),
          imports(acts, people),
          entries(acts, people),
          matters(acts) {}
    RollOffice(const RollOffice&) = delete;
    RollOffice& operator=(const RollOffice&) = delete;

    RollSearch people;
    OfficeActs acts;
    OfficeImports imports;
    OfficeEntries entries;
    OfficeMatters matters;
};

}  // namespace stimme::service
