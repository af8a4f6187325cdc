// What a booth says when it is stopped with Ctrl-C: what became of the ballot.
//
// Thread rule: one thread; the signal may come at any time.
#pragma once

#include "client/booth/machine.h"

namespace stimme::booth {

// From now on SIGINT, SIGTERM and SIGHUP end the program with that sentence and exit code 130.
void catch_interrupts();
// The sentence for a voter who is at this point.
const char* if_stopped_now(const State& state);
void on_interrupt_say(const State& state);

}  // namespace stimme::booth
