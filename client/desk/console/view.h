// How each state of the desk looks: a frame for a terminal of at least 80 columns and 24 lines. At the top
// the status line (station, connection, clock, checked in so far), at the foot the keys that do something
// now. Below that size only a sentence says so.
//
// Thread rule: pure function.
#pragma once

#include "client/desk/console/screen.h"
#include "client/tty/frame.h"

namespace stimme::desk::console {

constexpr tty::Size smallest_screen{80, 24};
// On a smaller one nothing but that is shown, and no key may act.
inline bool fits(const tty::Size& size) {
    return size.width >= smallest_screen.width && size.height >= smallest_screen.height;
}

tty::Frame view(const State& state, const tty::Size& size);

}  // namespace stimme::desk::console
