// A terminal, injected: what a full-screen program draws on and hears from.
//
// Thread rule: one thread.
#pragma once

#include <chrono>

#include "client/tty/event.h"
#include "client/tty/frame.h"

namespace stimme::tty {

class Terminal {
  public:
    virtual ~Terminal() = default;
    virtual Size size() const = 0;
    // Shows the frame in place of the one before. Where it is larger than the terminal, the rest is left out.
    virtual void draw(const Frame& frame) = 0;
    // The next event, or Idle when none came in that time.
    virtual Event next(std::chrono::milliseconds longest) = 0;
};

}  // namespace stimme::tty
