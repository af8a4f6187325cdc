// A voter who doesn't exist, from check-in to a ballot that is opened as a test, on this machine alone: all
// keys are made in memory for this and thrown away, and no server hears of it. Shows that the machine can do
// what the day asks of it.
//
// Thread rule: pure function.
#pragma once

#include <chrono>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/election/definition.h"

namespace stimme::station {

struct Rehearsal {
    std::size_t ballots = 0;  // one of each ballot style
    std::chrono::milliseconds longest{0};
};

// For each style: the request for a pass is blinded, evaluated, verified and unblinded, the pass written and
// read, a ballot filled in, encrypted, checked as the server does it, opened and recomputed. Errors: those of
// the steps, which all mean that this machine can't be used; rehearsal-differs (corrupt).
Result<Rehearsal> rehearse(const election::ValidDefinition& definition, Random& random);

}  // namespace stimme::station
