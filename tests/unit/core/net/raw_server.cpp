#include "tests/unit/core/net/raw_server.h"

#include <csignal>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stimme::test {
namespace {

// Long enough for the other side to be seen, short enough to notice the end of a test.
constexpr timeval tick{0, 20'000};

}  // namespace

std::string RawPeer::request() {
    std::string all;
    char piece[4096];
    while (!stopping_ && all.find("\r\n\r\n") == std::string::npos) {
        const int got = SSL_read(static_cast<SSL*>(tls_), piece, sizeof piece);
        if (got > 0) all.append(piece, static_cast<std::size_t>(got));
        if (got <= 0 && SSL_get_error(static_cast<SSL*>(tls_), got) != SSL_ERROR_WANT_READ) return {};
    }
    return all;
}

bool RawPeer::send(std::string_view bytes) {
    while (!stopping_) {
        const int sent = SSL_write(static_cast<SSL*>(tls_), bytes.data(), static_cast<int>(bytes.size()));
        if (sent > 0) return true;
        if (SSL_get_error(static_cast<SSL*>(tls_), sent) != SSL_ERROR_WANT_WRITE) return false;
    }
    return false;
}

void RawPeer::cut() {
    ::shutdown(socket_, SHUT_RDWR);
}

void RawPeer::wait() {
    char piece[4096];
    while (!stopping_) {
        const int got = SSL_read(static_cast<SSL*>(tls_), piece, sizeof piece);
        if (got <= 0 && SSL_get_error(static_cast<SSL*>(tls_), got) != SSL_ERROR_WANT_READ) return;
    }
}

struct RawServer::State {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    std::uint16_t port = 0;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        ::close(socket);
        SSL_CTX_free(context);
    }
};

RawServer::RawServer(const Identity& identity, std::function<void(RawPeer&)> script)
    : state_(std::make_unique<State>()), script_(std::move(script)) {
    std::signal(SIGPIPE, SIG_IGN);
    SSL_CTX_use_certificate_file(state_->context, identity.certificate.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(state_->context, identity.key.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_set_mode(state_->context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(state_->socket, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(state_->socket, 16) != 0 ||
        ::getsockname(state_->socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no port for a raw server");
    state_->port = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

RawServer::~RawServer() {
    stopping_ = true;
    thread_.join();
}

std::string RawServer::url() const {
    return "https://127.0.0.1:" + std::to_string(state_->port);
}

void RawServer::serve() {
    while (!stopping_) {
        pollfd ready{state_->socket, POLLIN, 0};
        if (::poll(&ready, 1, 10) != 1) continue;
        const int socket = ::accept(state_->socket, nullptr, nullptr);
        if (socket < 0) continue;
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &tick, sizeof tick);
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &tick, sizeof tick);
        talk(socket);
        ::close(socket);
    }
}

void RawServer::talk(int socket) {
    SSL* const tls = SSL_new(state_->context);
    SSL_set_fd(tls, socket);
    int done = 0;
    do {
        done = SSL_accept(tls);
    } while (done != 1 && SSL_get_error(tls, done) == SSL_ERROR_WANT_READ && !stopping_);
    if (done == 1) {
        ++connections_;
        RawPeer peer(tls, socket, stopping_);
        script_(peer);
        SSL_shutdown(tls);
    }
    SSL_free(tls);
}

}  // namespace stimme::test
