#include "tests/unit/core/net/raw_client.h"

#include <cerrno>
#include <csignal>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stimme::test {
namespace {

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const timeval patience{3, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
    ::close(socket);
    return -1;
}

std::size_t body_size(std::string_view head) {
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t at = head.find(name);
    return at == std::string_view::npos ? 0 : std::stoul(std::string(head.substr(at + name.size(), 12)));
}

}  // namespace

PlainSocket::PlainSocket(std::uint16_t port) : socket_(connect_to(port)) {}

PlainSocket::~PlainSocket() {
    if (socket_ >= 0) ::close(socket_);
}

bool PlainSocket::send(std::string_view bytes) const {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

std::string PlainSocket::rest() const {
    std::string all;
    char piece[4096];
    for (ssize_t got = 0; (got = ::recv(socket_, piece, sizeof piece, 0)) != 0;) {
        if (got < 0) return all + (errno == EAGAIN ? " (and silence)" : "");
        all.append(piece, static_cast<std::size_t>(got));
    }
    return all;
}

void PlainSocket::reset() {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

struct RawClient::State {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* tls = nullptr;
    int socket = -1;
    bool connected = false;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        SSL_free(tls);
        SSL_CTX_free(context);
        if (socket >= 0) ::close(socket);
    }
};

RawClient::RawClient(std::uint16_t port, const RawOptions& options) : state_(std::make_unique<State>()) {
    std::signal(SIGPIPE, SIG_IGN);
    if (options.max_version != 0) SSL_CTX_set_max_proto_version(state_->context, options.max_version);
    if (!options.certificate.empty()) {
        SSL_CTX_use_certificate_file(state_->context, options.certificate.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(state_->context, options.key.c_str(), SSL_FILETYPE_PEM);
    }
    if (!options.ciphers.empty()) {
        SSL_CTX_set_security_level(state_->context, 0);
        SSL_CTX_set_cipher_list(state_->context, options.ciphers.c_str());
    }
    if (!options.groups.empty()) SSL_CTX_set1_groups_list(state_->context, options.groups.c_str());
    state_->tls = SSL_new(state_->context);
    if (!options.server_name.empty()) SSL_set_tlsext_host_name(state_->tls, options.server_name.c_str());
    state_->socket = connect_to(port);
    SSL_set_fd(state_->tls, state_->socket);
    state_->connected = state_->socket >= 0 && SSL_connect(state_->tls) == 1;
}

RawClient::~RawClient() = default;
RawClient::RawClient(RawClient&&) noexcept = default;

bool RawClient::connected() const {
    return state_->connected;
}

bool RawClient::send(std::string_view bytes) {
    return SSL_write(state_->tls, bytes.data(), static_cast<int>(bytes.size())) ==
           static_cast<int>(bytes.size());
}

void RawClient::end_sending() {
    SSL_shutdown(state_->tls);
    ::shutdown(state_->socket, SHUT_WR);
}

void RawClient::reset() {
    const linger at_once{1, 0};
    setsockopt(state_->socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(state_->socket, -1));
}

bool RawClient::renegotiate() {
    if (SSL_renegotiate(state_->tls) != 1 || SSL_do_handshake(state_->tls) != 1) return false;
    send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    return !answer().empty();
}

std::uint32_t RawClient::early_data_offered() const {
    return SSL_SESSION_get_max_early_data(SSL_get_session(state_->tls));
}

bool RawClient::resumable() const {
    return SSL_SESSION_is_resumable(SSL_get_session(state_->tls)) == 1;
}

bool RawClient::receive() {
    char piece[4096];
    const int size = SSL_read(state_->tls, piece, sizeof piece);
    if (size > 0) received_.append(piece, static_cast<std::size_t>(size));
    return size > 0;
}

std::string RawClient::answer(bool with_body) {
    std::size_t end = received_.find("\r\n\r\n");
    while (end == std::string::npos && receive()) end = received_.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    const std::size_t size = end + 4 + (with_body ? body_size(received_.substr(0, end)) : 0);
    while (received_.size() < size && receive()) continue;
    std::string result = received_.substr(0, size);
    received_.erase(0, size);
    return result;
}

std::string RawClient::rest() {
    while (receive()) continue;
    return std::exchange(received_, {});
}

}  // namespace stimme::test
