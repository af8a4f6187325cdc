// Carries out what a full-screen program asks, one thing after the other, on a thread of its own, so that the
// screen never waits.
//
// Thread rule: belongs to the thread that made it; `carry_out` is called on the other one.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace stimme::tty {

template <class Asked, class Done>
class Worker {
  public:
    using CarryOut = std::function<Done(Asked)>;

    explicit Worker(CarryOut carry_out) : carry_out_(std::move(carry_out)), thread_([this] { run(); }) {}
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

    void send(Asked what) {
        {
            const std::lock_guard lock(mutex_);
            asked_.push_back(std::move(what));
        }
        wake_.notify_all();
    }
    // What was done, in order.
    std::optional<Done> take() {
        const std::lock_guard lock(mutex_);
        if (done_.empty()) return std::nullopt;
        std::optional<Done> done(std::move(done_.front()));
        done_.pop_front();
        return done;
    }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            wake_.wait(lock, [this] { return ending_ || !asked_.empty(); });
            if (ending_) return;
            Asked what = std::move(asked_.front());
            asked_.pop_front();
            lock.unlock();
            Done done = carry_out_(std::move(what));
            lock.lock();
            done_.push_back(std::move(done));
        }
    }

    const CarryOut carry_out_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Asked> asked_;
    std::deque<Done> done_;
    bool ending_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace stimme::tty
