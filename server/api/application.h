// The whole server in one object: elections, routes and the two ports. What stimme-server runs and what tests
// start.
//
// Thread rule: stop() and the destructor from one thread that isn't one of the server's; the rest from any.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/random.h"
#include "core/net/server/server.h"
#include "server/api/router.h"
#include "server/service/acts/elections.h"

namespace stimme::api {

struct ApplicationConfig {
    std::filesystem::path data;  // a folder each election
    net::Listen public_port;
    net::Listen staff_port;
    std::filesystem::path staff_ca;
    unsigned threads = 2;                   // for requests, and as many for checking ballots
    net::Limits limits;                     // those of bodies are the routes' own
    std::optional<std::string> passphrase;  // of log keys and pass keys
    // Told what the server itself does and suffers, in a sentence without personal data, passes and codes;
    // may be empty. Called from any thread. Nothing about desk and booth routes but that something failed,
    // without the route.
    std::function<void(std::string_view)> report;
};

class Application {
  public:
    // Opens every election, then the ports. Errors: those of Elections::open and net::Server::start.
    static Result<std::unique_ptr<Application>> start(ApplicationConfig config);
    ~Application();

    std::uint16_t bound_port(net::Port port) const { return server_->bound_port(port); }
    service::Elections& elections() { return *elections_; }
    const Router& router() const { return *router_; }

    // Finishes the requests in flight, then everything that was begun.
    void stop();

  private:
    explicit Application(unsigned threads) : workers_(threads) {}

    SystemRandom random_;
    service::Workers workers_;
    std::unique_ptr<service::Elections> elections_;
    std::unique_ptr<Router> router_;
    std::unique_ptr<net::Server> server_;
};

}  // namespace stimme::api
