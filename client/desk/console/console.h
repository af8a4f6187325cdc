// The desk at work on a terminal: events in, frames out, and what is asked carried out by a worker thread, so
// that the screen never waits. Terminal, server, printer, connection and clock are given.
//
// Thread rule: run_console belongs to one thread; the backend is used by another one, which it starts and
// ends.
#pragma once

#include "client/desk/console/asks.h"
#include "client/desk/console/screen.h"
#include "client/session/link_watch.h"
#include "client/tty/terminal.h"
#include "core/base/clock.h"

namespace stimme::desk::console {

struct ConsoleParts {
    tty::Terminal& terminal;
    Backend& backend;
    const session::Link& link;
    const Clock& clock;
};

// Until somebody leaves. Errors: terminal-gone (unavailable).
Status run_console(const ConsoleParts& parts, words::Language language);

}  // namespace stimme::desk::console
