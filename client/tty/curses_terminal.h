// Terminals through ncurses: the one that this program runs in, and others of the same user.
//
// While a terminal is open, no key is a signal: Ctrl-C, Ctrl-Z and Ctrl-S are keys like any other. When the
// program ends, also by a signal or a failure of its own, the terminal that it runs in is as it was before.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "client/tty/terminal.h"
#include "core/base/result.h"

namespace stimme::tty {

// At most one a program. Errors: terminal-missing (invalid: input or output is no terminal), terminal-unknown
// (invalid: what TERM says can't show a full screen).
Result<std::unique_ptr<Terminal>> open_terminal();

// A terminal by its device and kind (TERM). `given_back` is called when it is closed. Errors:
// terminal-missing (unavailable), terminal-unknown (invalid).
Result<std::unique_ptr<Terminal>> open_terminal_at(const std::filesystem::path& path, const std::string& kind,
                                                   std::function<void()> given_back);

}  // namespace stimme::tty
