// What a booth's full screen works with: an election and a server that takes its ballots.
//
// Thread rule: belongs to one thread.
#pragma once

#include <memory>

#include "client/booth/console/asks.h"
#include "client/booth/station.h"
#include "client/booth/visit.h"

namespace stimme::booth::console {

class Workplace {
  public:
    virtual ~Workplace() = default;
    virtual const Polling& polling() const = 0;
    virtual Server& server() = 0;
    virtual SignerId booth() const = 0;
};

// The booth of a role folder, at its server. Each request is tried once and not for long. Errors: those of
// open_station.
Result<std::unique_ptr<Workplace>> open_workplace(const cli::Context& context);

BoothInfo info_of(const Workplace& workplace);

}  // namespace stimme::booth::console
