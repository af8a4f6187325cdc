// A terminal for tests: gives the events of a script, one after the other, and keeps all frames as text.
//
// Thread rule: one thread.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "client/tty/terminal.h"

namespace stimme::tty {

class ScriptedTerminal final : public Terminal {
  public:
    // An event, given once the last frame shows that text (empty: at once).
    struct Cue {
        std::string when;
        Event event;
    };
    explicit ScriptedTerminal(std::deque<Cue> script, Size size = {})
        : script_(std::move(script)), size_(size) {}

    Size size() const override { return size_; }
    void draw(const Frame& frame) override;
    // Gone when the script is over, or when its next cue doesn't come in 10 seconds.
    Event next(std::chrono::milliseconds longest) override;

    const std::vector<std::string>& frames() const { return frames_; }
    const std::string& shown() const { return frames_.back(); }
    // Cues that were never given.
    std::size_t left() const { return script_.size(); }

  private:
    std::deque<Cue> script_;
    Size size_;
    std::vector<std::string> frames_{""};
    std::chrono::milliseconds waited_{0};
};

}  // namespace stimme::tty
