#include "core/net/server/server.h"

#include <algorithm>
#include <csignal>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/base/clock.h"
#include "core/net/server/certificates.h"
#include "core/net/server/listener.h"
#include "core/net/server/open_files.h"
#include "core/net/server/site.h"
#include "core/net/server/tls.h"

namespace stimme::net {
namespace {

namespace asio = boost::asio;

int thread_count(const ServerConfig& config) {
    return static_cast<int>(std::max(1U, config.threads));
}

std::shared_ptr<Site> make_site(ServerConfig& config, const std::shared_ptr<asio::io_context>& context) {
    if (!config.report) config.report = [](std::string_view) {};
    if (const std::string why = fit_connections(config.limits, raise_open_files()); !why.empty())
        config.report(why);
    const Limits limits = config.limits;
    return std::shared_ptr<Site>(
        new Site{limits, std::move(config.handler), std::move(config.report), context, Connections(limits)});
}

// A server may run for weeks: warns at the start and twice a day. Holds what it needs to name the files.
asio::awaitable<void> watch_certificates(std::shared_ptr<Site> site, ServerConfig config) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        for (const std::string& warning : certificate_warnings(config, SystemClock().now()))
            site->report(warning);
        timer.expires_after(std::chrono::hours(12));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

// How often to look for peers that are late: a fraction of the shortest time that any has.
std::chrono::milliseconds sweep_interval(const Limits& limits) {
    const auto shortest =
        std::min({limits.handshake, limits.idle, limits.header, limits.piece, limits.linger});
    return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(500));
}

asio::awaitable<void> drop_late_peers(std::shared_ptr<Site> site) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        timer.expires_after(sweep_interval(site->limits));
        co_await timer.async_wait(asio::use_awaitable);
        site->connections.sweep(std::chrono::steady_clock::now());
    }
}

}  // namespace

class Server::Impl {
  public:
    explicit Impl(ServerConfig& config)
        : context_(std::make_shared<asio::io_context>(thread_count(config))),
          work_(context_->get_executor()),
          site_(make_site(config, context_)) {}
    ~Impl() { stop(); }

    Status open(const ServerConfig& config) {
        STIMME_CHECK(check_certificates(config, SystemClock().now()));
        STIMME_TRY(TlsContext for_public, public_tls(config.public_port));
        STIMME_TRY(TlsContext for_staff, staff_tls(config.staff_port, config.staff_ca));
        STIMME_TRY(public_, Listener::open(*context_, config.public_port, Port::public_port,
                                           std::move(for_public), site_));
        STIMME_TRY(staff_, Listener::open(*context_, config.staff_port, Port::staff_port,
                                          std::move(for_staff), site_));
        return {};
    }

    void start(int threads, const ServerConfig& config) {
        std::signal(SIGPIPE, SIG_IGN);  // a peer that is gone is an error of its connection
        public_->start();
        staff_->start();
        asio::co_spawn(*context_, watch_certificates(site_, config), asio::detached);
        asio::co_spawn(*context_, drop_late_peers(site_), asio::detached);
        for (int i = 0; i < threads; ++i) threads_.emplace_back([context = context_] { context->run(); });
    }

    void stop() {
        if (threads_.empty()) return;
        public_->stop();
        staff_->stop();
        site_->connections.stop();
        site_->connections.wait_until_none(site_->limits.drain);
        context_->stop();
        for (std::thread& thread : threads_) thread.join();
        threads_.clear();
    }

    const Listener& listener(Port port) const { return port == Port::staff_port ? *staff_ : *public_; }

  private:
    std::shared_ptr<asio::io_context> context_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    std::shared_ptr<Site> site_;
    std::shared_ptr<Listener> public_;
    std::shared_ptr<Listener> staff_;
    std::vector<std::thread> threads_;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(ServerConfig config) {
    auto impl = std::make_unique<Impl>(config);
    STIMME_CHECK(impl->open(config));
    impl->start(thread_count(config), config);
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::bound_port(Port port) const {
    return impl_->listener(port).bound_port();
}

void Server::stop() {
    impl_->stop();
}

}  // namespace stimme::net
