#include "core/net/server/session.h"

#include <algorithm>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/net/server/ask.h"
#include "core/net/server/message.h"
#include "core/net/server/problem.h"
#include "core/net/server/tls.h"

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
constexpr std::size_t read_size = std::size_t{16} << 10;    // of a request at a time

[[noreturn]] void give_up(asio::error::basic_errors reason) {
    throw boost::system::system_error(asio::error::make_error_code(reason));
}

// Lets the parser take from the buffer until `done`, which is looked at after each step. need_more: it has
// taken what it can, and there is room for more.
template <class Parser, class Done>
error_code parse(Parser& parser, beast::flat_buffer& buffer, Done done) {
    while (!done()) {
        if (buffer.size() == 0) return http::error::need_more;
        error_code error;
        buffer.consume(parser.put(buffer.data(), error));
        if (error == http::error::need_more && buffer.size() == buffer.max_size())
            return http::error::buffer_overflow;
        if (error) return error;
    }
    return {};
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
    : stream_(std::move(socket)), tls_(tls), buffer_(buffer_limit), port_(port), site_(std::move(site)) {
    const asio::ip::address address = address_of(stream_.socket());
    remote_ = address.to_string();
    origin_ = origin_of(address);
}

void Session::start() {
    asio::co_spawn(
        stream_.socket().get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

void Session::stop() {
    asio::post(stream_.socket().get_executor(), [self = shared_from_this()] {
        if (self->idle_) self->stream_.close();
    });
}

void Session::drop() {
    asio::post(stream_.socket().get_executor(), [self = shared_from_this()] { self->stream_.close(); });
}

asio::awaitable<void> Session::wait(asio::socket_base::wait_type what) {
    if (step_) {
        deadline_ = std::chrono::steady_clock::now() + *std::exchange(step_, std::nullopt);
        site_->connections.wait_for_peer(*this);
    }
    if (!stream_.socket().is_open()) give_up(asio::error::operation_aborted);
    co_await stream_.socket().async_wait(what, use_awaitable);
}

template <class Call>
asio::awaitable<std::size_t> Session::complete(Call call) {
    for (;;) {
        if (!stream_.socket().is_open()) give_up(asio::error::operation_aborted);
        const TlsSocket::Progress progress = call();
        if (!progress.wait) co_return progress.bytes;
        co_await wait(*progress.wait);
    }
}

asio::awaitable<std::size_t> Session::receive() {
    const auto free = buffer_.prepare(std::min(read_size, buffer_.max_size() - buffer_.size()));
    const std::size_t size = co_await complete([&] { return stream_.read(free); });
    buffer_.commit(size);
    co_return size;
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
        stream_.close();
    }
    site_->connections.remove(*this);
}

asio::awaitable<void> Session::handshake() {
    begin_step(site_->limits.handshake);
    co_await wait(asio::socket_base::wait_read);
    co_await complete([&] { return stream_.handshake(tls_.native_handle()); });
    if (port_ != Port::staff_port) co_return;
    peer_ = peer_of(stream_.native_handle());
    if (!peer_) give_up(asio::error::no_permission);
    site_->connections.verify(*this, std::string(as_text(peer_->key)));
}

asio::awaitable<bool> Session::wait_for_request() {
    if (site_->connections.stopping()) co_return false;
    if (buffer_.size() > 0) co_return true;
    idle_ = true;
    if (buffer_.capacity() > idle_buffer) buffer_.shrink_to_fit();
    begin_step(site_->limits.idle);
    try {
        if (!stream_.has_pending()) co_await wait(asio::socket_base::wait_read);
        const std::size_t size = co_await receive();
        if (size == 0) co_return false;
    } catch (const boost::system::system_error&) {
        co_return false;
    }
    idle_ = false;
    co_return true;
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
    deadline_ = never;
    site_->connections.wait_for_us(*this);
    Response response = co_await ask(site_->handler, std::move(request), site_->context.lock());
    const bool keep_alive = wanted && !site_->connections.stopping();
    co_await write(std::move(response), with_body, keep_alive);
    co_return keep_alive;
}

asio::awaitable<std::optional<Response>> Session::read(Parser& parser, Request& request) {
    parser.header_limit(static_cast<std::uint32_t>(site_->limits.header_bytes));
    parser.body_limit(boost::none);
    std::optional<Response> refusal = refusal_or_throw(co_await read_headers(parser));
    if (!refusal) refusal = refusal_of(parser.get().base());
    if (refusal) co_return refusal;
    Result<Request> head = request_of(parser.get().base());
    if (!head) co_return problem(400, head.error().code, head.error().message);
    request = *std::move(head);
    request.port = port_;
    request.peer = peer_;
    request.remote = remote_;
    if (parser.is_done()) co_return std::nullopt;
    refusal = co_await read_body(parser, request);
    if (refusal && refusal->status == 413) co_return refusal_for_large(request, *std::move(refusal));
    request.body = std::move(parser.get().body());
    co_return refusal;
}

// Beast's own limit is one for each call of the parser.
asio::awaitable<error_code> Session::read_headers(Parser& parser) {
    begin_step(site_->limits.header);
    for (std::size_t taken = 0;;) {
        const std::size_t before = buffer_.size();
        const error_code error = parse(parser, buffer_, [&] { return parser.is_header_done(); });
        taken += before - buffer_.size();
        if (taken > site_->limits.header_bytes) co_return http::error::header_limit;
        if (error != http::error::need_more) co_return error;
        const std::size_t size = co_await receive();
        if (size == 0) give_up(asio::error::connection_reset);
    }
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

asio::awaitable<std::optional<Response>> Session::read_body(Parser& parser, const Request& request) {
    const std::size_t limit = body_limit(request);
    if (parser.content_length() && *parser.content_length() > limit) {
        co_return refusal_of(http::make_error_code(http::error::body_limit));
    }
    parser.body_limit(limit);
    if (expects_continue(parser.get().base())) co_await write_all("HTTP/1.1 100 Continue\r\n\r\n");
    co_return refusal_or_throw(co_await read_rest(parser));
}

asio::awaitable<error_code> Session::read_rest(Parser& parser) {
    begin_step(site_->limits.piece);
    for (std::size_t since_step = 0;;) {
        const error_code error = parse(parser, buffer_, [&] { return parser.is_done(); });
        if (error != http::error::need_more) co_return error;
        const std::size_t size = co_await receive();
        if (size == 0) give_up(asio::error::connection_reset);
        since_step += size;
        if (since_step < piece_size) continue;
        begin_step(site_->limits.piece);
        since_step = 0;
    }
}

// Goes on reading for a while after the answer: closing with unread bytes would reset the connection, and the
// peer, still busy sending, would never see why.
asio::awaitable<void> Session::refuse(Response response) {
    co_await write(std::move(response), true, false);
    begin_step(site_->limits.linger);
    for (std::size_t size = 1; size > 0;) {
        buffer_.clear();
        size = co_await receive();
    }
}

asio::awaitable<void> Session::write(Response response, bool with_body, bool keep_alive) {
    if (!is_sendable(response)) response = internal_problem();
    Result<BodySource> body = BodySource::open(std::move(response.body));
    if (!body) {
        response = internal_problem();
        body = BodySource::open(std::move(response.body));
    }
    std::string head = head_of(response, body->size(), keep_alive, SystemClock().now());
    if (with_body) {
        co_await write_body(std::move(head), *std::move(body));
    } else {
        co_await write_all(head);
    }
}

asio::awaitable<void> Session::write_body(std::string piece, BodySource body) {
    std::size_t since_step = piece_size;
    do {
        if (!body.append_next(piece, write_size)) give_up(asio::error::connection_aborted);
        if (since_step >= piece_size) {
            begin_step(site_->limits.piece);
            since_step = 0;
        }
        co_await complete([&] { return stream_.write(piece); });
        since_step += piece.size();
        piece.clear();
    } while (body.left() > 0);
}

asio::awaitable<void> Session::write_all(std::string_view bytes) {
    begin_step(site_->limits.piece);
    co_await complete([&] { return stream_.write(bytes); });
}

asio::awaitable<void> Session::close() {
    begin_step(site_->limits.linger);
    co_await complete([&] { return stream_.shutdown(); });
    stream_.close();
}

}  // namespace stimme::net
