// The booth at work on a terminal: events in, frames out, and what is asked carried out by a worker thread,
// so that the screen never waits. Terminal, server, printer, connection and clock are given.
//
// Thread rule: run_console belongs to one thread; the backend is used by another one, which it starts and
// ends.
#pragma once

#include <functional>

#include "client/booth/console/screen.h"
#include "client/session/link_watch.h"
#include "client/tty/two_sizes.h"
#include "client/voice/voice.h"
#include "core/base/clock.h"

namespace stimme::booth::console {

struct ConsoleParts {
    tty::Terminal& terminal;
    Backend& backend;
    const session::Link& link;
    const Clock& clock;
    voice::Voice* voice = nullptr;     // if there is one
    tty::TwoSizes* letters = nullptr;  // the terminal, if it has larger letters
};

// As long as there is a terminal; then `ending` is called, before what is under way is waited for. Errors:
// terminal-gone (unavailable).
Status run_console(const ConsoleParts& parts, Desktop desktop, const std::function<void()>& ending);

}  // namespace stimme::booth::console
