#include "tests/unit/core/net/net_fixture.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace stimme::test {
namespace {

// Lives as long as the program, so that all tests share its certificates.
struct TemporaryFolder {
    std::filesystem::path path;

    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "stimme-net-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

}  // namespace

const std::filesystem::path& NetTest::folder() {
    static const TemporaryFolder folder;
    return folder.path;
}

Authority& NetTest::authority() {
    static Authority authority(folder(), "authority");
    return authority;
}

Authority& NetTest::stranger() {
    static Authority stranger(folder(), "stranger");
    return stranger;
}

const Identity& NetTest::desk() {
    static const Identity desk = authority().client("desk-1", "desk");
    return desk;
}

net::Response text(std::string body, int status) {
    net::Response response;
    response.status = status;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
}

NetTest::NetTest() {
    static const Identity own = authority().server("server");
    config.public_port.certificate = config.staff_port.certificate = own.certificate;
    config.public_port.key = config.staff_port.key = own.key;
    config.staff_ca = authority().certificate();
    config.handler = [this](net::Request request, net::Respond respond) {
        handle(std::move(request), std::move(respond));
    };
    config.limits.linger = 1s;
}

// Drops what is held, so that the server needn't wait for it.
NetTest::~NetTest() {
    const std::lock_guard lock(mutex_);
    held.clear();
}

void NetTest::start(std::uint16_t public_port) {
    net::ServerConfig copy = config;
    copy.public_port.port = public_port;
    auto started = net::Server::start(std::move(copy));
    ASSERT_TRUE(started.ok()) << started.error().message;
    server = *std::move(started);
}

void NetTest::handle(net::Request request, net::Respond respond) {
    {
        const std::lock_guard lock(mutex_);
        seen_.push_back(request);
        if (request.path == "/hold") held.push_back(respond);
        called_.notify_all();
    }
    if (request.path == "/hold" || request.path == "/drop") return;
    if (request.path == "/throw") throw std::runtime_error("secret reason");
    if (request.path == "/echo") return respond(text(request.method + " " + request.body));
    respond(other ? other(request) : text("not here", 404));
}

void NetTest::wait_for_requests(std::size_t count) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(called_.wait_for(lock, 3s, [&] { return seen_.size() >= count; }));
}

std::vector<net::Request> NetTest::seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
}

net::ClientConfig NetTest::to_public() const {
    net::ClientConfig result;
    result.server = "https://127.0.0.1:" + std::to_string(port());
    result.ca = authority().certificate();
    result.attempts = 1;
    result.pause = 10ms;
    return result;
}

net::ClientConfig NetTest::to_staff() const {
    net::ClientConfig result = to_public();
    result.server = "https://127.0.0.1:" + std::to_string(port(net::Port::staff_port));
    result.certificate = desk().certificate;
    result.key = desk().key;
    return result;
}

RawClient NetTest::raw_staff(int max_version) const {
    return RawClient(port(net::Port::staff_port), {desk().certificate, desk().key, max_version});
}

net::ApiClient NetTest::open(net::ClientConfig settings) {
    auto opened = net::ApiClient::open(std::move(settings));
    if (!opened) throw std::runtime_error(opened.error().message);
    return *std::move(opened);
}

net::HttpResponse NetTest::send(net::ApiClient& to, net::HttpRequest request) {
    auto response = to.send(request);
    EXPECT_TRUE(response.ok()) << response.error().code << ": " << response.error().message;
    return response ? *std::move(response) : net::HttpResponse{};
}

net::HttpRequest NetTest::get(std::string path) {
    net::HttpRequest request;
    request.path = std::move(path);
    return request;
}

net::HttpRequest NetTest::post(std::string path, std::string body, std::string idempotency_key) {
    net::HttpRequest request = get(std::move(path));
    request.method = "POST";
    request.content_type = "text/plain";
    request.body = std::move(body);
    request.idempotency_key = std::move(idempotency_key);
    return request;
}

}  // namespace stimme::test
