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

#include "client/net/api_client.h"
#include "server/net/server.h"
#include "tests/support/certificates.h"
#include "tests/unit/net/raw_client.h"
#include "tests/unit/net/raw_server.h"

namespace stimme::test {

using namespace std::chrono_literals;

class NetTest : public testing::Test {
  protected:
    NetTest();
    ~NetTest() override;

    // Starts `server`; port 0 unless a port is given for the public one.
    void start(std::uint16_t public_port = 0);
    std::uint16_t port(net::Port which = net::Port::public_port) const { return server->bound_port(which); }

    // Settings for a client of the public port, and of the staff port as `desk`.
    client::ClientConfig to_public() const;
    client::ClientConfig to_staff() const;
    RawClient raw() const { return RawClient(port()); }
    RawClient raw_staff(int max_version = 0) const;

    // The answer to one request; a failure of the test when there is none.
    static client::HttpResponse send(client::ApiClient& to, client::HttpRequest request);
    static client::ApiClient open(client::ClientConfig settings);
    static client::HttpRequest get(std::string path);
    static client::HttpRequest post(std::string path, std::string body, std::string idempotency_key = "");

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
