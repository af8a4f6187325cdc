// The server of elections as stimme-server runs it, in this process and over real HTTPS on the loopback;
// lines to it for anybody; and a relay that lies. The folder, the certificates and the ports are its own.
//
//     LiveServer server;
//     server.start();
//     Line desk = server.line("s1-desk-1", "/v1/elections/test-2026/");
//     EXPECT_EQ(desk.get("acts").told(), "200");
//
// Thread rule: a LiveServer belongs to one test; line() and identity() from any thread. A Line belongs to one
// thread at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/net/client/api_client.h"
#include "core/net/server/http.h"
#include "tests/support/certificates.h"
#include "tests/support/temporary_folder.h"

namespace stimme::api {
class Application;
}
namespace stimme::net {
class Server;
}

namespace stimme::test {

struct Answer {
    int status = 0;
    std::string code;  // of a problem document; empty for any other answer
    std::string body;

    bool ok() const { return status >= 200 && status < 300; }
    // "200", "409 pass-cast".
    std::string told() const { return std::to_string(status) + (code.empty() ? "" : " " + code); }
};

// A kept connection of one person, or of nobody. Tried once: an answer that doesn't come has the status 0 and
// the code of the client's error ("network-unreachable", "tls-refused").
class Line {
  public:
    Line(const net::ClientConfig& config, std::string prefix);

    // Paths are below the prefix; those that begin with a slash are whole. A write gets a fresh
    // Idempotency-Key unless one is given.
    Answer get(const std::string& path);
    Answer post(const std::string& path, std::string body, const std::string& idempotency_key = "");
    // Anything at all.
    Answer send(net::HttpRequest request);

  private:
    net::ApiClient client_;
    std::string prefix_;
};

class LiveServer {
  public:
    LiveServer();
    ~LiveServer();

    // A folder each election; what lies there is opened by start().
    std::filesystem::path data() const { return folder_.path() / "data"; }
    std::filesystem::path folder() const { return folder_.path(); }
    // Throws std::runtime_error when the server refuses to start.
    void start();
    void stop();
    bool started() const { return application_ != nullptr; }
    // REQUIRES: started().
    api::Application& application() { return *application_; }

    // "https://127.0.0.1:40123".
    std::string url(net::Port port) const;
    const std::filesystem::path& ca() const { return authority_.certificate(); }
    // A certificate with the key that `signer` has in every TestElection, or would have.
    const Identity& identity(const std::string& signer, const std::string& organisational_unit = "");

    // To the staff port.
    Line line(const std::string& signer, const std::string& prefix = "/",
              const std::string& organisational_unit = "");
    // To the public port.
    Line public_line(const std::string& prefix = "/") const;

  private:
    friend class Relay;
    net::ClientConfig config(net::Port port) const;

    TemporaryFolder folder_;
    Authority authority_;
    Identity own_;
    std::mutex mutex_;
    std::map<std::string, Identity> identities_;
    std::unique_ptr<api::Application> application_;
};

// Two more doors to the same server, behind which somebody changes answers on their way: what a dishonest
// server could say to a program.
class Relay {
  public:
    using Change = std::function<void(const net::Request&, net::Response&)>;

    // `change` is called on the server's threads, several at once. Throws std::runtime_error when the ports
    // can't be opened.
    Relay(LiveServer& server, Change change);
    ~Relay();

    std::string url(net::Port port) const;

  private:
    std::unique_ptr<net::Server> server_;
};

// The body of an answer as text that may be changed, wherever it lay.
std::string& text_of(net::Response& response);

}  // namespace stimme::test
