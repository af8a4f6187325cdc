// A terminal that can be exchanged for one with larger letters, and back, while the program runs.
//
// Thread rule: one thread.
#pragma once

#include <functional>
#include <memory>

#include "client/tty/terminal.h"
#include "core/base/result.h"

namespace stimme::tty {

class TwoSizes final : public Terminal {
  public:
    using Open = std::function<Result<std::unique_ptr<Terminal>>()>;
    // `larger` opens the terminal with larger letters.
    TwoSizes(std::unique_ptr<Terminal> usual, Open larger)
        : usual_(std::move(usual)), open_larger_(std::move(larger)) {}

    Size size() const override { return now().size(); }
    void draw(const Frame& frame) override { now().draw(frame); }
    // Where the larger terminal is gone, the usual one goes on.
    Event next(std::chrono::milliseconds longest) override;

    bool is_large() const { return larger_ != nullptr; }
    // To the other letters, if they can be had; nothing is drawn there yet.
    void enlarge(bool large);

  private:
    Terminal& now() const { return larger_ ? *larger_ : *usual_; }

    const std::unique_ptr<Terminal> usual_;
    const Open open_larger_;
    std::unique_ptr<Terminal> larger_;
};

}  // namespace stimme::tty
