// What all connections of a server share: limits, handler, and the list of connections themselves.
//
// Thread rule: limits, handler and report are set before the first connection and then only read; Connections
// may be used from any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "server/net/http.h"
#include "server/net/limits.h"

namespace stimme::net {

class Session;

// The connections that are open, counted by port.
class Connections {
  public:
    explicit Connections(std::size_t limit) : limit_(limit) {}

    // False when the port is full or stop() was called; the session then isn't in the list.
    bool add(const std::shared_ptr<Session>& session);
    void remove(const Session& session);

    bool stopping() const { return stopping_; }
    // Refuses new connections and asks each to end as soon as nothing is in flight.
    void stop();
    // Waits until none is left, but no longer than `time`.
    void wait_until_none(std::chrono::milliseconds time);

  private:
    std::size_t& count(const Session& session);

    const std::size_t limit_;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::condition_variable none_;
    std::map<const Session*, std::weak_ptr<Session>> open_;
    std::array<std::size_t, 2> counts_ = {};
};

struct Site {
    Limits limits;
    Handler handler;
    std::function<void(std::string_view)> report;  // not empty
    std::weak_ptr<boost::asio::io_context> context;
    Connections connections;
};

}  // namespace stimme::net
