// Keeps what voters choose out of everything that outlives their vote: no page is swapped out, a crash leaves
// no image of the memory, no other process may look into it, and what C++ code gives back to the heap is
// overwritten.
//
// The C library's own blocks (of printing and speaking) are overwritten, too, where the environment says
// GLIBC_TUNABLES=glibc.malloc.tcache_count=0, as in client/kiosk.
//
// Thread rule: call once, before anything is chosen.
#pragma once

#include "core/base/result.h"

namespace stimme::booth::console {

// Errors: memory-unlockable (unavailable: the machine has swap, and this program may not keep its pages out
// of it), memory-exposed (unavailable: what protects from dumps can't be set).
Status guard_memory();

}  // namespace stimme::booth::console
