// Matters of the roll: applications, objections and appeals, which the election office enters and decides
// (office_acts.h). It does so after the roll is sealed, too, but then they have no effect of themselves.
//
// Thread rule: that of office_acts.h.
#pragma once

#include <cstdint>

#include "core/wire/roll.h"
#include "server/service/roll/office_acts.h"

namespace stimme::service {

class OfficeMatters {
  public:
    // It must outlive this.
    explicit OfficeMatters(OfficeActs& acts) : acts_(acts) {}

    // An application that is entered before the roll is sealed is one at once. Errors: person-not-found,
    // matter-wrong (what contradicts itself).
    Result<wire::MatterView> enter(const wire::MatterRequest& request, const Actor& actor);
    // Errors: matter-not-found, matter-wrong, matter-decided (conflict; says by whom), roll-sealed (an effect
    // on a sealed roll: that is a correction by two officials).
    Result<wire::MatterView> decide(std::int64_t matter, const wire::MatterDecisionRequest& request,
                                    const Actor& actor);
    Result<wire::MatterViews> all() const;

  private:
    OfficeActs& acts_;
};

}  // namespace stimme::service
