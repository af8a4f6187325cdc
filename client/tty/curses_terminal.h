// The terminal that this program runs in, through ncurses.
//
// While it is open, no key is a signal: Ctrl-C, Ctrl-Z and Ctrl-S are keys like any other. When the program
// ends, also by a signal or a failure of its own, the terminal is as it was before.
//
// Thread rule: one thread; at most one a program.
#pragma once

#include <memory>

#include "client/tty/terminal.h"
#include "core/base/result.h"

namespace stimme::tty {

// Errors: terminal-missing (invalid: input or output is no terminal), terminal-unknown (invalid: what TERM
// says can't show a full screen).
Result<std::unique_ptr<Terminal>> open_terminal();

}  // namespace stimme::tty
