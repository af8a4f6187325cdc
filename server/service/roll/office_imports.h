// Registers that the election office brings into the roll, compared with what stands there, and takes back
// (office_acts.h).
//
// Thread rule: that of office_acts.h.
#pragma once

#include <string_view>

#include "core/wire/roll.h"
#include "server/service/roll/office_acts.h"
#include "server/service/roll/roll_import.h"
#include "server/service/roll/roll_search.h"

namespace stimme::service {

class OfficeImports {
  public:
    // Both must outlive it.
    OfficeImports(OfficeActs& acts, RollSearch& search) : acts_(acts), search_(search) {}

    // Errors: roll-sealed (conflict; the phase isn't draft), those of service::import_register.
    Result<wire::RollImportAnswer> bring(ByteView csv, const ImportOptions& options, const Actor& actor);
    wire::ImportProgressView progress() const { return {progress_.done, progress_.total, progress_.people}; }
    // The newest one. Errors: roll-sealed, import-none (conflict; there is none, or it was taken back),
    // import-newer (conflict; the newest is another one), import-in-use.
    Result<wire::ImportView> take_back(const wire::TakeBackRequest& request, const Actor& actor);

    Result<wire::ImportViews> all() const;
    // Of one import, those behind the number `after`, at most 500.
    Result<wire::ChangeViews> changes(std::int64_t import, std::string_view after) const;

  private:
    OfficeActs& acts_;
    RollSearch& search_;
    ImportProgress progress_;
};

}  // namespace stimme::service
