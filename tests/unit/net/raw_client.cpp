#include "tests/unit/net/raw_client.h"

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
    state_->tls = SSL_new(state_->context);
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
