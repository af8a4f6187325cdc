#include "core/net/server/tls_socket.h"

#include <new>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/err.h>

namespace stimme::net {
namespace {

namespace asio = boost::asio;
using boost::system::system_error;

}  // namespace

TlsSocket::TlsSocket(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.native_non_blocking(true, ignored);
}

// What a call of OpenSSL that gave `result` came to.
TlsSocket::Progress TlsSocket::after(int result) const {
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_NONE:
            return {static_cast<std::size_t>(result)};
        case SSL_ERROR_WANT_READ:
            return {0, asio::socket_base::wait_read};
        case SSL_ERROR_WANT_WRITE:
            return {0, asio::socket_base::wait_write};
        case SSL_ERROR_ZERO_RETURN:
            return {};
        default:
            throw system_error(asio::error::make_error_code(asio::error::connection_reset));
    }
}

TlsSocket::Progress TlsSocket::handshake(SSL_CTX* context) {
    if (!tls_) {
        tls_.reset(SSL_new(context));
        if (!tls_ || SSL_set_fd(tls_.get(), socket_.native_handle()) != 1) throw std::bad_alloc();
        SSL_set_read_ahead(tls_.get(), 1);
    }
    ERR_clear_error();
    return after(SSL_accept(tls_.get()));
}

TlsSocket::Progress TlsSocket::read(asio::mutable_buffer to) {
    ERR_clear_error();
    return after(SSL_read(tls_.get(), to.data(), static_cast<int>(to.size())));
}

TlsSocket::Progress TlsSocket::write(std::string_view bytes) {
    if (bytes.empty()) return {};
    ERR_clear_error();
    return after(SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())));
}

// First our own goodbye, then the peer's.
TlsSocket::Progress TlsSocket::shutdown() {
    ERR_clear_error();
    int result = SSL_shutdown(tls_.get());
    if (result == 0) result = SSL_shutdown(tls_.get());
    return result == 1 ? Progress{} : after(result);
}

void TlsSocket::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace stimme::net
