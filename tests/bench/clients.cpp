#include "tests/bench/clients.h"

#include <atomic>
#include <charconv>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/random.h"

namespace stimme::bench {
namespace {

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("connection: ") + what);
}

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
            "can't connect");
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

// The length of the body that a head announces.
std::size_t body_size(std::string_view head) {
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t at = head.find(name);
    require(at != std::string_view::npos, "an answer without Content-Length");
    std::size_t size = 0;
    std::from_chars(head.data() + at + name.size(), head.data() + head.size(), size);
    return size;
}

}  // namespace

struct Connection::State {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> tls{nullptr, SSL_free};
    int socket = -1;
    std::string received;

    ~State() {
        if (socket >= 0) ::close(socket);
    }
    void read_more() {
        char piece[16384];
        const int got = SSL_read(tls.get(), piece, sizeof piece);
        require(got > 0, "closed by the server");
        received.append(piece, static_cast<std::size_t>(got));
    }
};

Connection::Connection(std::uint16_t port, const std::filesystem::path& authority,
                       const test::Identity* identity)
    : state_(std::make_unique<State>()) {
    SSL_CTX* const context = state_->context.get();
    require(SSL_CTX_load_verify_locations(context, authority.c_str(), nullptr) == 1, "no authority");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (identity != nullptr) {
        require(SSL_CTX_use_certificate_chain_file(context, identity->certificate.c_str()) == 1 &&
                    SSL_CTX_use_PrivateKey_file(context, identity->key.c_str(), SSL_FILETYPE_PEM) == 1,
                "no certificate");
    }
    state_->socket = connect_to(port);
    state_->tls.reset(SSL_new(context));
    SSL_set_fd(state_->tls.get(), state_->socket);
    require(SSL_connect(state_->tls.get()) == 1, "no handshake");
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;

std::string_view Connection::fetch(std::string_view request) {
    std::string& received = state_->received;
    received.clear();
    require(SSL_write(state_->tls.get(), request.data(), static_cast<int>(request.size())) ==
                static_cast<int>(request.size()),
            "can't send");
    std::size_t end = std::string::npos;
    while ((end = received.find("\r\n\r\n")) == std::string::npos) state_->read_more();
    const std::size_t size = body_size(std::string_view(received).substr(0, end + 2));
    while (received.size() < end + 4 + size) state_->read_more();
    if (!received.starts_with("HTTP/1.1 200 ")) throw std::runtime_error("refused: " + received);
    return std::string_view(received).substr(end + 4, size);
}

std::string request_bytes(const std::string& path, const std::string& json) {
    if (json.empty()) return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
    SystemRandom random;
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nIdempotency-Key: {}\r\n"
        "Content-Length: {}\r\n\r\n{}",
        path, to_hex(random.bytes<16>()), json.size(), json);
}

Clients::Clients(std::uint16_t port, const std::filesystem::path& authority,
                 const std::vector<test::Identity>& identities) {
    for (const auto& identity : identities) connections_.emplace_back(port, authority, &identity);
}

Clients::Clients(std::uint16_t port, const std::filesystem::path& authority, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) connections_.emplace_back(port, authority, nullptr);
}

void Clients::run(std::size_t count, const std::function<void(Connection&, std::size_t number)>& work) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr failure;
    std::vector<std::thread> threads;
    for (Connection& connection : connections_) {
        threads.emplace_back([&] {
            try {
                for (std::size_t i = next++; i < count; i = next++) work(connection, i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                failure = std::current_exception();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace stimme::bench
