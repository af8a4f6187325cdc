// One connection: handshake, then request and answer in turn, each step under a deadline of its own. TLS is
// set up only when the peer's first bytes are there: a silent connection costs next to nothing.
//
// A deadline is a time that the session writes down and the site's sweep reads: a timer for each step would
// cost more than the step.
//
// Invariant: from add() to the end of run() the session stands in the site's Connections.
//
// Thread rule: everything but stop(), drop(), is_late(), port() and origin() runs on the strand of the
// connection's socket.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "core/net/server/body_source.h"
#include "core/net/server/http.h"
#include "core/net/server/site.h"
#include "core/net/server/tls_socket.h"

namespace stimme::net {

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(boost::asio::ip::tcp::socket socket, Port port, boost::asio::ssl::context& tls,
            std::shared_ptr<Site> site);

    // Starts the coroutine, which holds the session until it ends.
    void start();
    // Ends the session at once when nothing is in flight, else after the present answer. REQUIRES:
    // site->connections.stopping().
    void stop();
    // Closes the connection: its place was given to another, or it is late.
    void drop();
    // The peer has taken longer than the present step allows.
    bool is_late(std::chrono::steady_clock::time_point now) const { return now >= deadline_.load(); }

    Port port() const { return port_; }
    // What connections of one address have in common: the IPv4 address, or the network of an IPv6 address.
    const std::string& origin() const { return origin_; }

  private:
    template <class T>
    using Awaitable = boost::asio::awaitable<T>;
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    // These throw boost::system::system_error when the peer is gone or too slow.
    Awaitable<void> run();
    Awaitable<void> handshake();
    Awaitable<bool> wait_for_request();                                         // false: none will come
    Awaitable<bool> serve();                                                    // false: the connection ends
    Awaitable<std::optional<Response>> read(Parser& parser, Request& request);  // an answer: refused
    Awaitable<std::optional<Response>> read_body(Parser& parser, const Request& request);
    // Reads until the parser has the headers, or the whole request. Returns what is wrong with it.
    Awaitable<boost::system::error_code> read_headers(Parser& parser);
    Awaitable<boost::system::error_code> read_rest(Parser& parser);
    Awaitable<void> refuse(Response response);
    Awaitable<void> write(Response response, bool with_body, bool keep_alive);
    Awaitable<void> write_body(std::string piece, BodySource body);
    Awaitable<void> write_all(std::string_view bytes);
    Awaitable<void> close();

    // Makes the call again and again, and waits in between, until it has come to its end.
    template <class Call>
    Awaitable<std::size_t> complete(Call call);
    Awaitable<std::size_t> receive();  // into buffer_
    Awaitable<void> wait(boost::asio::socket_base::wait_type what);

    // From the first time that this step has to wait for the peer it may take so long.
    void begin_step(std::chrono::milliseconds time) { step_ = time; }
    std::size_t body_limit(const Request& request) const;
    Response refusal_for_large(const Request& request, Response usual) const;

    static constexpr auto never = std::chrono::steady_clock::time_point::max();

    TlsSocket stream_;
    boost::asio::ssl::context& tls_;
    boost::beast::flat_buffer buffer_;
    std::optional<std::chrono::milliseconds> step_;  // whose deadline isn't running yet
    std::atomic<std::chrono::steady_clock::time_point> deadline_ = never;
    const Port port_;
    const std::shared_ptr<Site> site_;
    std::string remote_;
    std::string origin_;
    std::optional<Peer> peer_;
    bool idle_ = true;  // nothing of a request has come yet
};

}  // namespace stimme::net
