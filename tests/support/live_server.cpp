#include "tests/support/live_server.h"

#include "core/base/file.h"
#include "core/net/client/problem.h"
#include "server/api/application.h"
#include "tests/support/elections.h"
#include "tests/support/must.h"

namespace stimme::test {
namespace {

std::string url_of(std::uint16_t port) {
    return "https://127.0.0.1:" + std::to_string(port);
}

std::string fresh_key() {
    SystemRandom random;
    return to_hex(random.bytes<16>());
}

}  // namespace

Line::Line(const net::ClientConfig& config, std::string prefix)
    : client_(must(net::ApiClient::open(config))), prefix_(std::move(prefix)) {}

Answer Line::get(const std::string& path) {
    return send({"GET", path, "", "", "", {}});
}

Answer Line::post(const std::string& path, std::string body, const std::string& idempotency_key) {
    return send({"POST",
                 path,
                 "application/json",
                 idempotency_key.empty() ? fresh_key() : idempotency_key,
                 std::move(body),
                 {}});
}

Answer Line::send(net::HttpRequest request) {
    if (!request.path.starts_with('/')) request.path.insert(0, prefix_);
    auto answer = client_.send(request);
    if (!answer) return {0, answer.error().code, answer.error().message};
    const bool problem = answer->content_type == "application/problem+json";
    return {answer->status, problem ? net::error_of(*answer).code : "", std::move(answer->body)};
}

LiveServer::LiveServer() : authority_(folder_.path(), "authority"), own_(authority_.server("server")) {
    std::filesystem::create_directories(data());
}

LiveServer::~LiveServer() = default;

void LiveServer::start() {
    api::ApplicationConfig config;
    config.data = data();
    config.public_port.certificate = config.staff_port.certificate = own_.certificate;
    config.public_port.key = config.staff_port.key = own_.key;
    config.staff_ca = authority_.certificate();
    application_ = must(api::Application::start(std::move(config)));
}

void LiveServer::stop() {
    application_.reset();
}

std::string LiveServer::url(net::Port port) const {
    return url_of(application_->bound_port(port));
}

const Identity& LiveServer::identity(const std::string& signer, const std::string& organisational_unit) {
    const std::lock_guard lock(mutex_);
    const std::string name = organisational_unit.empty() ? signer : signer + "." + organisational_unit;
    const auto found = identities_.find(name);
    if (found != identities_.end()) return found->second;
    const crypto::SecretBuffer pem = test_signing_key(signer).to_pem();
    return identities_
        .emplace(name, authority_.client_with_key(name, organisational_unit, as_text(pem.reveal())))
        .first->second;
}

net::ClientConfig LiveServer::config(net::Port port) const {
    net::ClientConfig config;
    config.server = url(port);
    config.ca = ca();
    config.attempts = 1;
    return config;
}

Line LiveServer::line(const std::string& signer, const std::string& prefix,
                      const std::string& organisational_unit) {
    net::ClientConfig staff = config(net::Port::staff_port);
    const Identity& who = identity(signer, organisational_unit);
    staff.certificate = who.certificate;
    staff.key = who.key;
    return {staff, prefix};
}

Line LiveServer::public_line(const std::string& prefix) const {
    return {config(net::Port::public_port), prefix};
}

Relay::Relay(LiveServer& server, Change change) {
    net::ServerConfig config;
    config.public_port.certificate = config.staff_port.certificate = server.own_.certificate;
    config.public_port.key = config.staff_port.key = server.own_.key;
    config.staff_ca = server.ca();
    const api::Router& router = server.application().router();
    config.limits.body_bytes_for = [&router](const net::Request& request) {
        return router.body_limit(request);
    };
    config.handler = [&router, change = std::move(change)](net::Request request, net::Respond respond) {
        const auto asked = std::make_shared<const net::Request>(request);
        router.handle(std::move(request),
                      [asked, change, respond = std::move(respond)](net::Response answer) {
                          change(*asked, answer);
                          respond(std::move(answer));
                      });
    };
    server_ = must(net::Server::start(std::move(config)));
}

Relay::~Relay() = default;

std::string Relay::url(net::Port port) const {
    return url_of(server_->bound_port(port));
}

std::string& text_of(net::Response& response) {
    if (const auto* shared = std::get_if<net::Response::Shared>(&response.body)) {
        response.body = std::string(**shared);
    } else if (const auto* region = std::get_if<net::FileRegion>(&response.body)) {
        const Bytes file = must(read_file(region->path, region->offset + region->size));
        response.body = std::string(as_text(ByteView(file).subspan(region->offset, region->size)));
    }
    return std::get<std::string>(response.body);
}

}  // namespace stimme::test
