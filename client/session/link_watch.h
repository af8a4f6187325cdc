// Whether the server answers right now, asked four times a second over a connection of its own, so that a
// network that is gone is told within a second, also while a request waits.
//
// Thread rule: up() may be called from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/net/client/api_client.h"

namespace stimme::session {

class Link {
  public:
    virtual ~Link() = default;
    virtual bool up() const = 0;
};

class LinkWatch final : public Link {
  public:
    static constexpr std::chrono::milliseconds period{250};
    // Without an answer for so long the network counts as gone.
    static constexpr std::chrono::milliseconds patience{850};

    // Errors: those of net::ApiClient::open.
    static Result<std::unique_ptr<LinkWatch>> start(net::ClientConfig config);
    // Waits for the question that is under way, two seconds at most.
    ~LinkWatch() override;

    bool up() const override;

  private:
    using Clock = std::chrono::steady_clock;
    explicit LinkWatch(net::ApiClient api) : api_(std::move(api)), thread_([this] { run(); }) {}
    void run();

    net::ApiClient api_;
    std::atomic<Clock::rep> last_answer_{0};  // 0: none yet
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace stimme::session
