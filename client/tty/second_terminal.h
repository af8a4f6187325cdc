// Another terminal window over the one that this program runs in, such as one with larger letters: the window
// comes from a program, what is in it from here.
//
// In the window waits a shell that does nothing, on a pipe whose other end is held here. So the window closes
// when it is given back, and also when this program ends, however it ends.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>
#include <memory>

#include "client/tty/terminal.h"
#include "core/base/result.h"

namespace stimme::tty {

// `program` opens a terminal window and runs there the command that its arguments are. Waits for the window
// for some seconds. Errors: terminal-missing (unavailable: no window came), those of open_terminal_at.
Result<std::unique_ptr<Terminal>> open_second_terminal(const std::filesystem::path& program);

}  // namespace stimme::tty
