// How each screen of the booth looks.
//
// Thread rule: a pure function.
#pragma once

#include "client/booth/console/screen.h"
#include "client/tty/frame.h"

namespace stimme::booth::console {

// In letters of twice the size, an ordinary screen has half of its columns.
constexpr tty::Size smallest_screen{40, 14};
// On a smaller one nothing but that is shown, and no key may act.
inline bool fits(const tty::Size& size) {
    return size.width >= smallest_screen.width && size.height >= smallest_screen.height;
}

tty::Frame view(const State& state, const tty::Size& size);

// Sentences that don't fit above their list are read page by page, from the top, before the list: so many
// pages. 0 where they fit.
std::size_t pages_to_read(const State& state, const tty::Size& size);

}  // namespace stimme::booth::console
