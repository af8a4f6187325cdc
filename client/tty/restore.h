// Gives the terminal back as it was, also when the program dies of a signal.
//
// Thread rule: one thread calls; the signal may come on any.
#pragma once

#include <string>

#include <termios.h>

namespace stimme::tty {

// From now on a signal that ends the program first writes `farewell` to the terminal and sets these modes,
// then ends it as it would have. Signals that would only stop the program are ignored. `farewell` is at most
// 255 bytes.
void restore_on_signals(const struct termios& modes, const std::string& farewell);
// The program has given the terminal back itself.
void restored();

}  // namespace stimme::tty
