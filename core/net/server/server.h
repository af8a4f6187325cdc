// The server's two doors: the public port (TLS 1.2 or 1.3, no client certificate) and the staff port
// (TLS 1.3, client certificate with a P-256 key required and verified). HTTP/1.1 with keep-alive; the
// requests of a connection are answered one after the other, in order.
//
// Invariant: a Server that exists has both ports open until stop().
//
// Thread rule: stop() and the destructor from one thread that isn't one of the server's (never from a
// handler); bound_port() from any.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/net/server/http.h"
#include "core/net/server/limits.h"

namespace stimme::net {

struct Listen {
    std::string address = "127.0.0.1";  // IPv4 or IPv6 in figures
    std::uint16_t port = 0;             // 0: any free one, see bound_port()
    std::filesystem::path certificate;  // PEM, the server's own certificate first, then its chain
    std::filesystem::path key;          // PEM, not encrypted
};

struct ServerConfig {
    Listen public_port;
    Listen staff_port;
    std::filesystem::path staff_ca;  // PEM: whoever it signed may knock at the staff port
    unsigned threads = 2;            // at least 1; handlers run on them
    Limits limits;
    Handler handler;
    // Told in a sentence what goes wrong while accepting connections and what the operator should know; may
    // be empty. Called from any of the server's threads. Nothing about requests or peers is ever reported.
    std::function<void(std::string_view)> report;
};

class Server {
  public:
    // Raises the process' limit of open files as far as it may, lets it ignore SIGPIPE, opens both ports and
    // starts the threads.
    // Ports that would hold more connections than files may be open hold fewer, which is reported. Errors:
    // certificate-unreadable, key-unreadable (also when it doesn't belong to the certificate),
    // address-invalid, port-unavailable.
    static Result<std::unique_ptr<Server>> start(ServerConfig config);

    ~Server();  // stop()
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // The port that is listened on.
    std::uint16_t bound_port(Port port) const;

    // Refuses new connections, closes idle ones, finishes the requests in flight for at most limits.drain,
    // then cuts off what is left and joins the threads. Does nothing the second time.
    void stop();

  private:
    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace stimme::net
