#include "server/api/application.h"

#include "server/api/routes.h"

namespace stimme::api {

Result<std::unique_ptr<Application>> Application::start(ApplicationConfig config) {
    std::unique_ptr<Application> made(new Application(config.threads));
    STIMME_TRY(made->elections_, service::Elections::open(config.data, {made->random_, made->workers_,
                                                                        config.passphrase, config.report}));
    made->router_ = std::make_unique<Router>(all_routes(), *made->elections_, config.report);
    net::ServerConfig server;
    server.public_port = config.public_port;
    server.staff_port = config.staff_port;
    server.staff_ca = config.staff_ca;
    server.threads = config.threads;
    server.report = config.report;
    server.limits = config.limits;
    const Router& router = *made->router_;
    server.limits.body_bytes_for = [&router](const net::Request& request) {
        return router.body_limit(request);
    };
    server.limits.refusal_for_large = [&router](const net::Request& request) {
        return router.refusal_for_large(request);
    };
    server.handler = [&router](net::Request request, net::Respond respond) {
        router.handle(std::move(request), std::move(respond));
    };
    STIMME_TRY(made->server_, net::Server::start(std::move(server)));
    return made;
}

Application::~Application() {
    stop();
}

void Application::stop() {
    if (server_) server_->stop();
    workers_.stop();
    if (elections_) elections_->stop();
}

}  // namespace stimme::api
