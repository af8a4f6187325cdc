// The word for "this may be seen from here on", for a value that was computed from secrets: a point that is
// published, the response of a proof, whether something was zero. Whatever wasn't declassified must decide no
// branch and no address of ours (docs/protocol.md, section 9).
//
// In the programs the word does nothing. The test of constant time (tests/constant_time) runs the same
// compiled code with a declassify of its own, which tells valgrind; there every secret is memory whose use
// valgrind reports.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <type_traits>

namespace stimme::crypto {

void declassify(void* memory, std::size_t size);

template <class T>
T declassified(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    declassify(&value, sizeof value);
    return value;
}

}  // namespace stimme::crypto
