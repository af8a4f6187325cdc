// A server on the loopback, whose handler knows a few paths, and clients for it.
//
//   /echo     answers with the method, a blank and the body
//   /hold     keeps its Respond in `held` until the test answers
//   /throw    throws          /drop  drops its Respond
//   others    answered by `other`, 404 when that is empty
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/net/client/api_client.h"
#include "core/net/server/server.h"
#include "tests/support/certificates.h"
#include "tests/unit/core/net/raw_client.h"
#include "tests/unit/core/net/raw_server.h"

namespace stimme::test {

using namespace std::chrono_literals;

inline constexpr char get_echo[] = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

// The settings of whoever shows this certificate.
inline net::ClientConfig as(net::ClientConfig settings, const Identity& identity) {
    settings.certificate = identity.certificate;
    settings.key = identity.key;
    return settings;
}

class NetTest : public testing::Test {
  protected:
    NetTest();
    ~NetTest() override;

    // Starts `server`; port 0 unless a port is given for the public one.
    void start(std::uint16_t public_port = 0);
    std::uint16_t port(net::Port which = net::Port::public_port) const { return server->bound_port(which); }

    // Settings for a client of the public port, and of the staff port as `desk`.
    net::ClientConfig to_public() const;
    net::ClientConfig to_staff() const;
    RawClient raw() const { return RawClient(port()); }
    RawClient raw_staff(int max_version = 0) const;

    // The answer to one request; a failure of the test when there is none.
    static net::HttpResponse send(net::ApiClient& to, net::HttpRequest request);
    static net::ApiClient open(net::ClientConfig settings);
    static net::HttpRequest get(std::string path);
    static net::HttpRequest post(std::string path, std::string body, std::string idempotency_key = "");

    // Waits until the handler has been called that many times.
    void wait_for_requests(std::size_t count);
    std::vector<net::Request> seen();

    static const std::filesystem::path& folder();
    static Authority& authority();
    static Authority& stranger();  // nobody trusts it
    static const Identity& desk();

    net::ServerConfig config;
    std::function<net::Response(const net::Request&)> other;
    std::vector<net::Respond> held;  // read only after wait_for_requests
    std::unique_ptr<net::Server> server;

  private:
    void handle(net::Request request, net::Respond respond);

    std::mutex mutex_;
    std::condition_variable called_;
    std::vector<net::Request> seen_;
};

net::Response text(std::string body, int status = 200);

}  // namespace stimme::test
