#include "client/booth/console/console.h"

#include "client/booth/console/speech.h"
#include "client/booth/console/view.h"
#include "client/tty/worker.h"

namespace stimme::booth::console {
namespace {

using Name = tty::Key::Name;

// How long the screen may lag behind an answer.
constexpr std::chrono::milliseconds glance{40};

Answer carry_out(Backend& backend, Ask ask) {
    try {
        return backend.answer(std::move(ask));
    } catch (const std::exception& error) {
        return Failed{internal("unexpected", error.what())};
    }
}

class Console {
  public:
    explicit Console(const ConsoleParts& parts)
        : parts_(parts), worker_([&backend = parts.backend](Send what) {
              return Answered{what.number, carry_out(backend, std::move(what.ask))};
          }) {}

    Status run(Desktop desktop) {
        take(first_step(std::move(desktop)));
        for (;;) {
            fit_letters();
            draw();
            speak();
            const tty::Event event = parts_.terminal.next(glance);
            if (std::holds_alternative<tty::Gone>(event))
                return unavailable("terminal-gone", "the terminal was closed");
            const bool seen = fits(parts_.terminal.size());  // what the key would act on
            if (const auto* key = std::get_if<tty::Key>(&event); key != nullptr && seen) press(*key);
            if (const auto* scan = std::get_if<tty::Scan>(&event); scan != nullptr && seen) happen(*scan);
            look_around();
        }
    }

  private:
    // Sentences are read before a key acts on what stands below them.
    void press(const tty::Key& key) {
        const std::size_t pages = pages_to_read(state_, parts_.terminal.size());
        const std::size_t read = std::min(state_.read, pages);
        const bool on = key.name == Name::down || key.name == Name::page_down || key.name == Name::enter;
        const bool back = key.name == Name::up || key.name == Name::page_up;
        if (read < pages && on) return happen(Read{read + 1});
        if (read > 0 && back && (read < pages || state_.cursor.value_or(0) == 0))
            return happen(Read{read - 1});
        happen(key);
    }
    void happen(const Event& event) { take(next(std::move(state_), event)); }

    void take(Step step) {
        state_ = std::move(step.state);
        for (Send& send : step.effects) worker_.send(std::move(send));
    }

    void look_around() {
        while (auto answered = worker_.take()) happen(*answered);
        if (const TimePoint now = parts_.clock.now(); now != now_) {
            now_ = now;
            happen(Ticked{});
        }
        if (const bool up = parts_.link.up(); up != state_.desktop.connected) happen(LinkChanged{up});
    }

    // As the voter wants them; as they were, where the terminal has none or the screen doesn't fit into them.
    void fit_letters() {
        if (parts_.letters == nullptr) return;
        tty::TwoSizes& letters = *parts_.letters;
        if (const bool wanted = state_.desktop.manner.large; wanted != wanted_large_) {
            wanted_large_ = wanted;
            letters.enlarge(wanted);
            drawn_size_ = {0, 0};
        }
        if (letters.is_large() && !fits(letters.size())) letters.enlarge(false);
        if (letters.is_large() != wanted_large_) {
            wanted_large_ = letters.is_large();
            drawn_size_ = {0, 0};
            happen(LettersChanged{wanted_large_});
        }
    }

    void draw() {
        tty::Frame frame = view(state_, parts_.terminal.size());
        if (frame == drawn_ && parts_.terminal.size() == drawn_size_) return;
        parts_.terminal.draw(frame);
        drawn_ = std::move(frame);
        drawn_size_ = parts_.terminal.size();
    }

    // What is new on the screen; what is being said is broken off for it.
    void speak() {
        if (parts_.voice == nullptr) return;
        if (state_.desktop.manner.silent) {
            if (said_) parts_.voice->stop();
            said_.reset();
            return;
        }
        Speech speech = spoken(state_);
        if (said_ == speech) return;
        parts_.voice->stop();
        const bool new_screen =
            !said_ || said_->screen != speech.screen || said_->language != speech.language;
        if (new_screen) say(speech.screen, speech.language);
        if (new_screen || said_->note != speech.note) say(speech.note, speech.language);
        say(speech.item, speech.item_language);
        said_ = std::move(speech);
    }
    void say(const std::string& text, words::Language language) {
        if (!text.empty() && parts_.voice->speaks(language)) parts_.voice->say(text, language);
    }

    const ConsoleParts parts_;
    std::optional<Speech> said_;
    bool wanted_large_ = false;
    State state_{{}, Starting{}};
    TimePoint now_{};
    tty::Frame drawn_;
    tty::Size drawn_size_{0, 0};
    tty::Worker<Send, Answered> worker_;  // last: its thread ends first
};

}  // namespace

Status run_console(const ConsoleParts& parts, Desktop desktop, const std::function<void()>& ending) {
    Console console(parts);
    const Status status = console.run(std::move(desktop));
    ending();
    return status;
}

}  // namespace stimme::booth::console
