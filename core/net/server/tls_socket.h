// TLS over a socket that never blocks: OpenSSL reads and writes it, and where it can't go on, says what to
// wait for.
//
// Thread rule: everything on the strand of the socket.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <openssl/ssl.h>

namespace stimme::net {

class TlsSocket {
  public:
    // Until handshake() begins it costs nothing beyond the socket.
    explicit TlsSocket(boost::asio::ip::tcp::socket socket);

    // How far a call came: to its end with so many bytes, or up to where the socket must become ready for
    // the same call to be made again.
    struct Progress {
        std::size_t bytes = 0;
        std::optional<boost::asio::socket_base::wait_type> wait{};
    };

    // These throw boost::system::system_error when the connection is broken or the peer breaks the protocol.
    Progress handshake(SSL_CTX* context);
    Progress read(boost::asio::mutable_buffer to);  // no bytes and no wait: the peer has said goodbye
    Progress write(std::string_view bytes);         // all of them
    Progress shutdown();

    // Whether bytes of the peer were received that nobody has read.
    bool has_pending() const { return SSL_has_pending(tls_.get()) == 1; }

    boost::asio::ip::tcp::socket& socket() { return socket_; }
    SSL* native_handle() const { return tls_.get(); }
    void close();

  private:
    Progress after(int result) const;

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
};

}  // namespace stimme::net
