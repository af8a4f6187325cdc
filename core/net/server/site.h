// What all connections of a server share: limits, handler, and the list of connections themselves.
//
// Thread rule: limits, handler and report are set before the first connection and then only read; Connections
// may be used from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include <boost/asio/io_context.hpp>

#include "core/net/server/http.h"
#include "core/net/server/limits.h"
#include "core/net/server/places.h"

namespace stimme::net {

class Session;

// The connections that are open, and their places (places.h) on the two ports. Who loses its place is closed.
class Connections {
  public:
    explicit Connections(const Limits& limits);

    // False when the session gets no place or stop() was called; it then isn't in the list.
    bool add(const std::shared_ptr<Session>& session);
    void remove(const Session& session);

    // As in Places.
    void verify(const Session& session, const std::string& key);
    void wait_for_peer(const Session& session);
    void wait_for_us(const Session& session);

    // Drops the connections whose peers are late.
    void sweep(std::chrono::steady_clock::time_point now);

    bool stopping() const { return stopping_; }
    // Refuses new connections and asks each to end as soon as nothing is in flight.
    void stop();
    // Waits until none is left, but no longer than `time`.
    void wait_until_none(std::chrono::milliseconds time);

  private:
    Places& places(const Session& session);
    std::shared_ptr<Session> session_of(std::optional<Places::Id> id) const;

    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::condition_variable none_;
    std::unordered_map<Places::Id, std::weak_ptr<Session>> open_;
    Places public_places_;
    Places staff_places_;
};

struct Site {
    Limits limits;
    Handler handler;
    std::function<void(std::string_view)> report;  // not empty
    std::weak_ptr<boost::asio::io_context> context;
    Connections connections;
};

}  // namespace stimme::net
