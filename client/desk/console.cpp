#include "client/desk/console.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "client/desk/view.h"

namespace stimme::desk {
namespace {

// How long the screen may lag behind an answer.
constexpr std::chrono::milliseconds glance{40};

// Carries out what is asked, one after the other, on a thread of its own.
class Worker {
  public:
    explicit Worker(Backend& backend) : backend_(backend), thread_([this] { run(); }) {}
    // Waits for what is under way; the rest is dropped.
    ~Worker() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void send(Send what) {
        {
            const std::lock_guard lock(mutex_);
            asked_.push_back(std::move(what));
        }
        wake_.notify_all();
    }
    std::optional<Answered> take() {
        const std::lock_guard lock(mutex_);
        if (answered_.empty()) return std::nullopt;
        Answered answer = std::move(answered_.front());
        answered_.pop_front();
        return answer;
    }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            wake_.wait(lock, [this] { return ending_ || !asked_.empty(); });
            if (ending_) return;
            const Send what = std::move(asked_.front());
            asked_.pop_front();
            lock.unlock();
            Answered answered{what.number, carry_out(what.ask), backend_.counts()};
            lock.lock();
            answered_.push_back(std::move(answered));
        }
    }
    Answer carry_out(const Ask& ask) {
        try {
            return backend_.answer(ask);
        } catch (const std::exception& error) {
            return Failed{internal("unexpected", error.what())};
        }
    }

    Backend& backend_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Send> asked_;
    std::deque<Answered> answered_;
    bool ending_ = false;
    std::thread thread_;
};

class Console {
  public:
    explicit Console(const ConsoleParts& parts) : parts_(parts), worker_(parts.backend) {}

    Status run(words::Language language) {
        take(first_step(language));
        while (!over_) {
            draw();
            const tty::Event event = parts_.terminal.next(glance);
            if (std::holds_alternative<tty::Gone>(event))
                return unavailable("terminal-gone", "the terminal was closed; what was asked is kept");
            if (const auto* key = std::get_if<tty::Key>(&event)) happen(*key);
            if (const auto* scan = std::get_if<tty::Scan>(&event)) happen(*scan);
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
    Worker worker_;  // last: its thread ends first
};

}  // namespace

Status run_console(const ConsoleParts& parts, words::Language language) {
    return Console(parts).run(language);
}

}  // namespace stimme::desk
