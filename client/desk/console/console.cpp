#include "client/desk/console/console.h"

#include "client/desk/console/view.h"
#include "client/tty/worker.h"

namespace stimme::desk::console {
namespace {

// How long the screen may lag behind an answer.
constexpr std::chrono::milliseconds glance{40};

Answer carry_out(Backend& backend, const Ask& ask) {
    try {
        return backend.answer(ask);
    } catch (const std::exception& error) {
        return Failed{internal("unexpected", error.what())};
    }
}

class Console {
  public:
    explicit Console(const ConsoleParts& parts)
        : parts_(parts), worker_([&backend = parts.backend](const Send& what) {
              return Answered{what.number, carry_out(backend, what.ask), backend.counts()};
          }) {}

    Status run(words::Language language) {
        take(first_step(language));
        while (!over_) {
            draw();
            const tty::Event event = parts_.terminal.next(glance);
            if (std::holds_alternative<tty::Gone>(event))
                return unavailable("terminal-gone", "the terminal was closed; what was asked is kept");
            const bool seen = fits(parts_.terminal.size());  // what the key would act on
            if (const auto* key = std::get_if<tty::Key>(&event); key != nullptr && seen) happen(*key);
            if (const auto* scan = std::get_if<tty::Scan>(&event); scan != nullptr && seen) happen(*scan);
            look_around();
        }
        return {};
    }

  private:
    void happen(const Event& event) { take(next(std::move(state_), event)); }

    void take(Step step) {
        state_ = std::move(step.state);
        for (Effect& effect : step.effects) {
            if (auto* send = std::get_if<Send>(&effect)) {
                worker_.send(std::move(*send));
            } else {
                over_ = true;
            }
        }
    }

    void look_around() {
        while (auto answered = worker_.take()) happen(*answered);
        if (const TimePoint now = parts_.clock.now(); now != state_.desktop.now) happen(Ticked{now});
        if (const bool up = parts_.link.up(); up != state_.desktop.connected || !link_told_) {
            // Before the first answer there is nothing to miss.
            if (up || link_told_ || state_.desktop.seconds > 2) {
                link_told_ = true;
                happen(LinkChanged{up});
            }
        }
    }

    void draw() {
        tty::Frame frame = view(state_, parts_.terminal.size());
        if (frame == drawn_ && parts_.terminal.size() == drawn_size_) return;
        parts_.terminal.draw(frame);
        drawn_ = std::move(frame);
        drawn_size_ = parts_.terminal.size();
    }

    const ConsoleParts parts_;
    State state_{{}, Starting{}};
    bool over_ = false;
    bool link_told_ = false;
    tty::Frame drawn_;
    tty::Size drawn_size_{0, 0};
    tty::Worker<Send, Answered> worker_;  // last: its thread ends first
};

}  // namespace

Status run_console(const ConsoleParts& parts, words::Language language) {
    return Console(parts).run(language);
}

}  // namespace stimme::desk::console
