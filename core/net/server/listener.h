// One open port: accepts connections and starts a Session for each. An error (too many open files, a peer
// that left before it was accepted) is reported and never ends the accepting.
//
// Thread rule: stop() and bound_port() from any thread that isn't one of the server's; the rest runs on the
// listener's strand.
#pragma once

#include <cstdint>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "core/base/result.h"
#include "core/net/server/server.h"
#include "core/net/server/site.h"
#include "core/net/server/tls.h"

namespace stimme::net {

class Listener : public std::enable_shared_from_this<Listener> {
  public:
    // Binds and listens. Errors: address-invalid, port-unavailable.
    static Result<std::shared_ptr<Listener>> open(boost::asio::io_context& context, const Listen& listen,
                                                  Port port, TlsContext tls, std::shared_ptr<Site> site);

    std::uint16_t bound_port() const { return bound_port_; }
    void start();
    // Closes the port and returns when it is closed.
    void stop();

  private:
    Listener(boost::asio::io_context& context, Port port, TlsContext tls, std::shared_ptr<Site> site);
    Status bind(const Listen& listen);
    boost::asio::awaitable<void> run();
    void begin(boost::asio::ip::tcp::socket socket);
    void report(std::string_view reason) const;

    boost::asio::io_context& context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    const Port port_;
    const TlsContext tls_;
    const std::shared_ptr<Site> site_;
    std::uint16_t bound_port_ = 0;
};

}  // namespace stimme::net
