// A TLS server that answers with exactly the bytes it is told to, right or wrong.
//
// Thread rule: belongs to one test; it answers on a thread of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "tests/support/certificates.h"

namespace stimme::test {

// A connection of the server, after the handshake.
class RawPeer {
  public:
    RawPeer(void* tls, int socket, const std::atomic<bool>& stopping)
        : tls_(tls), socket_(socket), stopping_(stopping) {}

    // Reads to the end of the headers of a request and what follows them at once; "" when the peer is gone.
    std::string request();
    // False when the peer is gone or the server stops.
    bool send(std::string_view bytes);
    // The end of the connection without TLS's goodbye: as when somebody cuts the wire.
    void cut();
    // Until the peer goes or the server stops.
    void wait();
    bool stopping() const { return stopping_; }

  private:
    void* tls_;
    int socket_;
    const std::atomic<bool>& stopping_;
};

class RawServer {
  public:
    // Serves one connection after the other in a thread of its own.
    RawServer(const Identity& identity, std::function<void(RawPeer&)> script);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    std::string url() const;
    int connections() const { return connections_; }

  private:
    struct State;
    void serve();
    void talk(int socket);

    std::unique_ptr<State> state_;
    std::function<void(RawPeer&)> script_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> connections_ = 0;
    std::thread thread_;
};

}  // namespace stimme::test
