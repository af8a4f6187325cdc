#include "core/net/client/connection.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <fmt/format.h>
#include <sys/socket.h>

#include "core/base/ascii.h"
#include "core/net/client/tls.h"
#include "core/net/client/url.h"

namespace stimme::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t piece_size = std::size_t{64} << 10;
constexpr std::uint32_t answer_header_bytes = std::uint32_t{64} << 10;

constexpr int most_interim_answers = 8;

using Parser = http::response_parser<http::buffer_body>;

std::string head_of(const HttpRequest& request, const std::string& authority) {
    std::string head = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, request.path, authority);
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) head += fmt::format("{}: {}\r\n", name, value);
    };
    add("Content-Type", request.content_type);
    add("Idempotency-Key", request.idempotency_key);
    for (const auto& [name, value] : request.headers) add(name, value);
    if (!request.body.empty() || request.method != "GET")
        add("Content-Length", fmt::to_string(request.body.size()));
    return head + "\r\n";
}

HttpResponse response_of(const Parser& parser) {
    HttpResponse response;
    response.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get()) {
        response.headers.emplace(lower({field.name_string().data(), field.name_string().size()}),
                                 std::string(field.value().data(), field.value().size()));
    }
    const auto type = response.headers.find("content-type");
    if (type != response.headers.end()) response.content_type = type->second;
    return response;
}

// Where the body of an answer goes; keeps the error of a sink.
class Destination {
  public:
    Destination(const Sink& sink, HttpResponse& response) : sink_(sink), response_(response) {}

    bool streams() const { return sink_ && response_.status == 200; }
    bool take(std::string_view bytes) {
        if (bytes.empty()) return true;
        if (streams()) {
            status_ = sink_(as_bytes(bytes));
        } else {
            response_.body.append(bytes);
        }
        return status_.ok();
    }
    const Status& status() const { return status_; }

  private:
    const Sink& sink_;
    HttpResponse& response_;
    Status status_;
};

}  // namespace

class Connection::Impl {
  public:
    Impl(const ClientConfig& config, ServerAddress address, TlsContext tls)
        : config_(config), address_(std::move(address)), tls_(std::move(tls)) {}

    Result<HttpResponse> exchange(const HttpRequest& request, const Sink& sink) {
        HttpResponse response;
        Destination body(sink, response);
        const auto for_sending = std::chrono::seconds(request.body.size() >> 18);
        end_ = sink ? Clock::time_point::max() : Clock::now() + config_.whole + for_sending;
        const error_code error = run(talk(request, response, body));
        if (!error && body.status().ok()) return response;
        const auto handle = stream_ ? stream_->native_handle() : nullptr;
        const Error failure =
            error ? connection_error(error, handle, address_.authority(), config_) : body.status().error();
        stream_.reset();
        return failure;
    }

  private:
    using Stream = beast::ssl_stream<beast::tcp_stream>;
    using Clock = std::chrono::steady_clock;

    error_code run(asio::awaitable<void> work) {
        error_code error;
        asio::co_spawn(context_, std::move(work), [&](const std::exception_ptr& failure) {
            try {
                if (failure) std::rethrow_exception(failure);
            } catch (const boost::system::system_error& thrown) {
                error = thrown.code();
            }
        });
        context_.restart();
        context_.run();
        return error;
    }

    asio::awaitable<void> talk(const HttpRequest& request, HttpResponse& response, Destination& body) {
        if (!is_alive()) co_await connect();
        const error_code unsent = co_await write(request);
        std::optional<Parser> answer;
        const error_code unread = co_await read_final_head(answer, request.answer.value_or(config_.answer));
        // A server that refuses a request answers before it has read all of it; so the answer counts first.
        if (unread) throw boost::system::system_error(unsent ? telling(unread, unsent) : unread);
        Parser& parser = *answer;
        response = response_of(parser);
        co_await read_body(parser, body);
        const bool reusable = !unsent && parser.is_done() && parser.keep_alive() && buffer_.size() == 0;
        if (!reusable) stream_.reset();
    }

    // Of two failures the one that explains more: a TLS alert rather than a broken pipe.
    static error_code telling(const error_code& unread, const error_code& unsent) {
        return unread.category() == asio::error::get_ssl_category() ? unread : unsent;
    }

    // Whether the kept connection is open as far as this side knows: nothing has come, not even an end.
    bool is_alive() {
        if (!stream_) return false;
        char byte = 0;
        const int socket = beast::get_lowest_layer(*stream_).socket().native_handle();
        const ssize_t got = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }

    // For the next step, but never beyond the end of the whole exchange.
    void deadline(std::chrono::milliseconds time) {
        const Clock::time_point now = Clock::now();
        beast::get_lowest_layer(*stream_).expires_at(end_ - now < time ? end_ : now + time);
    }

    asio::awaitable<void> connect() {
        stream_.reset();
        buffer_.clear();
        tcp::resolver resolver(context_);
        const auto endpoints = co_await resolver.async_resolve(address_.host, address_.port, use_awaitable);
        stream_.emplace(context_, *tls_);
        expect_host(stream_->native_handle(), address_.host);
        deadline(config_.connect);
        co_await beast::get_lowest_layer(*stream_).async_connect(endpoints, use_awaitable);
        beast::get_lowest_layer(*stream_).socket().set_option(tcp::no_delay(true));
        deadline(config_.connect);
        co_await stream_->async_handshake(asio::ssl::stream_base::client, use_awaitable);
    }

    asio::awaitable<error_code> write(const HttpRequest& request) {
        std::string piece = head_of(request, address_.authority());
        std::string_view rest = request.body;
        error_code error;
        do {
            const std::size_t count = std::min(rest.size(), piece_size);
            piece.append(rest.substr(0, count));
            rest.remove_prefix(count);
            deadline(config_.piece);
            co_await asio::async_write(*stream_, asio::buffer(piece),
                                       asio::redirect_error(use_awaitable, error));
            piece.clear();
        } while (!error && !rest.empty());
        co_return error;
    }

    // Passes over a few interim answers (1xx), which may come before the answer itself.
    asio::awaitable<error_code> read_final_head(std::optional<Parser>& parser,
                                                std::chrono::milliseconds longest) {
        deadline(longest);
        for (int i = 0; i < most_interim_answers; ++i) {
            parser.emplace();
            parser->header_limit(answer_header_bytes);
            parser->body_limit(boost::none);
            error_code error;
            co_await http::async_read_header(*stream_, buffer_, *parser,
                                             asio::redirect_error(use_awaitable, error));
            const unsigned status = parser->get().result_int();
            if (error || status >= 200) co_return error;
            if (status == 101) break;
        }
        co_return http::make_error_code(http::error::bad_status);
    }

    asio::awaitable<void> read_body(Parser& parser, Destination& body) {
        std::vector<char> piece(piece_size);
        std::size_t total = 0;
        bool wanted = true;
        while (wanted && !parser.is_done()) {
            parser.get().body().data = piece.data();
            parser.get().body().size = piece.size();
            deadline(config_.piece);
            error_code error;
            co_await http::async_read(*stream_, buffer_, parser, asio::redirect_error(use_awaitable, error));
            if (error && error != http::error::need_buffer) throw boost::system::system_error(error);
            const std::size_t got = piece.size() - parser.get().body().size;
            total += got;
            if (!body.streams() && total > config_.answer_bytes)
                throw boost::system::system_error(http::make_error_code(http::error::body_limit));
            wanted = body.take({piece.data(), got});
        }
    }

    const ClientConfig config_;
    const ServerAddress address_;
    const TlsContext tls_;
    asio::io_context context_;
    std::optional<Stream> stream_;  // none: not connected
    Clock::time_point end_ = Clock::time_point::max();
    beast::flat_buffer buffer_;
};

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const ClientConfig& config) {
    STIMME_TRY(ServerAddress address, parse_server_url(config.server));
    STIMME_TRY(TlsContext tls, client_tls(config));
    return std::unique_ptr<Connection>(
        new Connection(std::make_unique<Impl>(config, std::move(address), std::move(tls))));
}

Result<HttpResponse> Connection::exchange(const HttpRequest& request, const Sink& sink) {
    return impl_->exchange(request, sink);
}

}  // namespace stimme::net
