#include "server/net/session.h"

#include <array>
#include <utility>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "server/net/ask.h"
#include "server/net/message.h"
#include "server/net/problem.h"
#include "server/net/tls.h"

namespace stimme::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::use_awaitable;
using boost::system::error_code;

constexpr std::size_t piece_size = std::size_t{256} << 10;
constexpr std::size_t write_size = std::size_t{32} << 10;  // of an answer in memory at a time
constexpr std::size_t buffer_limit = std::size_t{128} << 10;
constexpr std::size_t idle_buffer = std::size_t{16} << 10;  // what an idle connection may keep
constexpr std::size_t hello_size = 512;                     // enough for most; the rest comes later

void throw_if(const error_code& error) {
    if (error) throw boost::system::system_error(error);
}

// The answer to a request that was wrong; throws when there is nobody to answer.
std::optional<Response> refusal_or_throw(const error_code& error) {
    if (!error) return std::nullopt;
    if (!is_refusal(error)) throw boost::system::system_error(error);
    return refusal_of(error);
}

asio::ip::address address_of(const asio::ip::tcp::socket& socket) {
    error_code error;
    const asio::ip::address address = socket.remote_endpoint(error).address();
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

std::string origin_of(const asio::ip::address& address) {
    if (address.is_v4()) return address.to_string();
    const auto bytes = address.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, Port port, asio::ssl::context& tls, std::shared_ptr<Site> site)
    : tcp_(std::move(socket)), tls_(tls), buffer_(buffer_limit), port_(port), site_(std::move(site)) {
    error_code ignored;
    tcp_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    const asio::ip::address address = address_of(tcp_.socket());
    remote_ = address.to_string();
    origin_ = origin_of(address);
}

void Session::start() {
    asio::co_spawn(
        tcp_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

void Session::stop() {
    asio::post(tcp_.get_executor(), [self = shared_from_this()] {
        if (self->idle_) self->tcp_.close();
    });
}

void Session::drop() {
    asio::post(tcp_.get_executor(), [self = shared_from_this()] { self->tcp_.close(); });
}

void Session::deadline(std::chrono::milliseconds time) {
    site_->connections.wait_for_peer(*this);
    tcp_.expires_after(time);
}

asio::awaitable<void> Session::run() {
    const auto self = shared_from_this();
    try {
        co_await handshake();
        bool go_on = true;
        while (go_on) {
            go_on = co_await wait_for_request();
            if (go_on) go_on = co_await serve();
        }
        co_await close();
    } catch (const std::exception&) {
        tcp_.close();
    }
    site_->connections.remove(*this);
}

asio::awaitable<void> Session::handshake() {
    deadline(site_->limits.handshake);
    std::array<char, hello_size> hello;
    const std::size_t size = co_await tcp_.async_read_some(asio::buffer(hello), use_awaitable);
    stream_.emplace(tcp_, tls_);
    co_await stream_->async_handshake(asio::ssl::stream_base::server, asio::buffer(hello.data(), size),
                                      use_awaitable);
    if (port_ != Port::staff_port) co_return;
    peer_ = peer_of(stream_->native_handle());
    if (!peer_) throw_if(asio::error::make_error_code(asio::error::no_permission));
    site_->connections.verify(*this, std::string(as_text(peer_->key)));
}

asio::awaitable<bool> Session::wait_for_request() {
    if (site_->connections.stopping()) co_return false;
    if (buffer_.size() > 0) co_return true;
    idle_ = true;
    if (buffer_.capacity() > idle_buffer) buffer_.shrink_to_fit();
    deadline(site_->limits.idle);
    error_code error;
    const std::size_t size =
        co_await stream_->async_read_some(buffer_.prepare(4096), asio::redirect_error(use_awaitable, error));
    buffer_.commit(size);
    idle_ = false;
    co_return !error;
}

asio::awaitable<bool> Session::serve() {
    Parser parser;
    Request request;
    std::optional<Response> refusal = co_await read(parser, request);
    if (refusal) {
        co_await refuse(*std::move(refusal));
        co_return false;
    }
    const bool with_body = parser.get().method() != http::verb::head;
    const bool wanted = parser.get().keep_alive();
    tcp_.expires_never();
    site_->connections.wait_for_us(*this);
    Response response = co_await ask(site_->handler, std::move(request), site_->context.lock());
    const bool keep_alive = wanted && !site_->connections.stopping();
    co_await write(std::move(response), with_body, keep_alive);
    co_return keep_alive;
}

asio::awaitable<std::optional<Response>> Session::read(Parser& parser, Request& request) {
    parser.header_limit(static_cast<std::uint32_t>(site_->limits.header_bytes));
    parser.body_limit(boost::none);
    deadline(site_->limits.header);
    error_code error;
    co_await http::async_read_header(*stream_, buffer_, parser, asio::redirect_error(use_awaitable, error));
    std::optional<Response> refusal = refusal_or_throw(error);
    if (!refusal) refusal = refusal_of(parser.get().base());
    if (refusal) co_return refusal;
    Result<Request> head = request_of(parser.get().base());
    if (!head) co_return problem(400, head.error().code, head.error().message);
    request = *std::move(head);
    request.port = port_;
    request.peer = peer_;
    request.remote = remote_;
    refusal = co_await read_body(parser, body_limit(request));
    if (refusal && refusal->status == 413) co_return refusal_for_large(request, *std::move(refusal));
    request.body = std::move(parser.get().body());
    co_return refusal;
}

std::size_t Session::body_limit(const Request& request) const {
    const Limits& limits = site_->limits;
    return limits.body_bytes_for ? limits.body_bytes_for(request) : limits.body_bytes;
}

Response Session::refusal_for_large(const Request& request, Response usual) const {
    const Limits& limits = site_->limits;
    std::optional<Response> other =
        limits.refusal_for_large ? limits.refusal_for_large(request) : std::nullopt;
    return other ? *std::move(other) : std::move(usual);
}

asio::awaitable<std::optional<Response>> Session::read_body(Parser& parser, std::size_t limit) {
    if (parser.is_done()) co_return std::nullopt;
    if (parser.content_length() && *parser.content_length() > limit) {
        co_return refusal_of(http::make_error_code(http::error::body_limit));
    }
    parser.body_limit(limit);
    if (expects_continue(parser.get().base())) co_await write_all("HTTP/1.1 100 Continue\r\n\r\n");
    while (!parser.is_done()) {
        const error_code error = co_await read_piece(parser);
        if (error) co_return refusal_or_throw(error);
    }
    co_return std::nullopt;
}

asio::awaitable<error_code> Session::read_piece(Parser& parser) {
    deadline(site_->limits.piece);
    error_code error;
    for (std::size_t size = 0; size < piece_size && !parser.is_done() && !error;) {
        size += co_await http::async_read_some(*stream_, buffer_, parser,
                                               asio::redirect_error(use_awaitable, error));
    }
    co_return error;
}

// Goes on reading for a while after the answer: closing with unread bytes would reset the connection, and the
// peer, still busy sending, would never see why.
asio::awaitable<void> Session::refuse(Response response) {
    co_await write(std::move(response), true, false);
    deadline(site_->limits.linger);
    std::array<char, 16384> rest;
    for (;;) co_await stream_->async_read_some(asio::buffer(rest), use_awaitable);
}

asio::awaitable<void> Session::write(Response response, bool with_body, bool keep_alive) {
    if (!is_sendable(response)) response = internal_problem();
    Result<BodySource> body = BodySource::open(std::move(response.body));
    if (!body) {
        response = internal_problem();
        body = BodySource::open(std::move(response.body));
    }
    std::string head = head_of(response, body->size(), keep_alive);
    if (with_body) {
        co_await write_body(std::move(head), *std::move(body));
    } else {
        co_await write_all(head);
    }
}

asio::awaitable<void> Session::write_body(std::string piece, BodySource body) {
    std::size_t since_deadline = piece_size;
    do {
        if (!body.append_next(piece, write_size)) throw_if(asio::error::make_error_code(asio::error::eof));
        if (since_deadline >= piece_size) {
            deadline(site_->limits.piece);
            since_deadline = 0;
        }
        co_await asio::async_write(*stream_, asio::buffer(piece), use_awaitable);
        since_deadline += piece.size();
        piece.clear();
    } while (body.left() > 0);
}

asio::awaitable<void> Session::write_all(const std::string& bytes) {
    deadline(site_->limits.piece);
    co_await asio::async_write(*stream_, asio::buffer(bytes), use_awaitable);
}

asio::awaitable<void> Session::close() {
    deadline(site_->limits.linger);
    co_await stream_->async_shutdown(use_awaitable);
}

}  // namespace stimme::net
