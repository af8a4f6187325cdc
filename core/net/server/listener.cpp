#include "core/net/server/listener.h"

#include <chrono>
#include <future>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <fmt/format.h>

#include "core/net/server/session.h"

namespace stimme::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// How long to leave a port alone whose accept failed: files may be closed meanwhile.
constexpr std::chrono::milliseconds pause_after_error{100};

}  // namespace

Listener::Listener(asio::io_context& context, Port port, TlsContext tls, std::shared_ptr<Site> site)
    : context_(context),
      acceptor_(asio::make_strand(context)),
      port_(port),
      tls_(std::move(tls)),
      site_(std::move(site)) {}

Result<std::shared_ptr<Listener>> Listener::open(asio::io_context& context, const Listen& listen, Port port,
                                                 TlsContext tls, std::shared_ptr<Site> site) {
    const std::shared_ptr<Listener> listener(new Listener(context, port, std::move(tls), std::move(site)));
    STIMME_CHECK(listener->bind(listen));
    return listener;
}

Status Listener::bind(const Listen& listen) {
    error_code error;
    const auto address = asio::ip::make_address(listen.address, error);
    if (error) return invalid("address-invalid", listen.address + ": isn't an IP address");
    const tcp::endpoint endpoint(address, listen.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) bound_port_ = acceptor_.local_endpoint(error).port();
    if (!error) return {};
    return unavailable("port-unavailable",
                       fmt::format("{} port {}: {}", listen.address, listen.port, error.message()));
}

void Listener::start() {
    asio::co_spawn(
        acceptor_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

void Listener::stop() {
    asio::post(acceptor_.get_executor(), asio::use_future([self = shared_from_this()] {
                   error_code ignored;
                   self->acceptor_.close(ignored);
               }))
        .wait();
}

asio::awaitable<void> Listener::run() {
    asio::steady_timer pause(acceptor_.get_executor());
    while (acceptor_.is_open()) {
        tcp::socket socket(asio::make_strand(context_));
        error_code error;
        co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
        if (!error) {
            begin(std::move(socket));
        } else if (acceptor_.is_open()) {
            report(error.message());
            pause.expires_after(pause_after_error);
            co_await pause.async_wait(asio::use_awaitable);
        }
    }
}

void Listener::begin(tcp::socket socket) try {
    const auto session = std::make_shared<Session>(std::move(socket), port_, *tls_, site_);
    if (site_->connections.add(session)) session->start();
} catch (const std::exception& error) {
    report(error.what());
}

void Listener::report(std::string_view reason) const {
    const char* name = port_ == Port::staff_port ? "staff" : "public";
    site_->report(fmt::format("a connection to the {} port could not be accepted: {}", name, reason));
}

}  // namespace stimme::net
