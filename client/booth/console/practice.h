// Practice: an invented election with a server of its own inside this program, which plays its part as a real
// one would. So ballots are really encrypted, submitted, cast or tested, receipts verify, and nothing counts.
//
// Thread rule: belongs to one thread.
#pragma once

#include "client/booth/console/workplace.h"
#include "core/base/random.h"

namespace stimme::booth::console {

// Its server takes any pass. `random` outlives it.
std::unique_ptr<Workplace> practice_workplace(Random& random);

// To be used there.
pass::Pass practice_pass(Random& random);

}  // namespace stimme::booth::console
