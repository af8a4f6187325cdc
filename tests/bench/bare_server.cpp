// `bench_bare_server CERT KEY CA PORT_FILE`: the server's network layer with nothing behind it, the floor
// that requests are measured against. A path says in its first segment how many bytes the answer has.
#include <charconv>
#include <csignal>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/net/server/server.h"
#include "tests/bench/measure.h"

namespace stimme::bench {
namespace {

net::Response answer_of(const net::Request& request) {
    std::size_t size = 0;
    std::from_chars(request.path.data() + 1, request.path.data() + request.path.size(), size);
    net::Response response;
    response.content_type = "application/json";
    response.body = std::string(size, 'x');
    return response;
}

int serve(char** words) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    net::ServerConfig config;
    config.public_port = config.staff_port = {"127.0.0.1", 0, words[1], words[2]};
    config.staff_ca = words[3];
    config.handler = [](const net::Request& request, const net::Respond& respond) {
        respond(answer_of(request));
    };
    const auto server = must(net::Server::start(std::move(config)));
    const std::string ports = fmt::format("public {}\nstaff {}\n", server->bound_port(net::Port::public_port),
                                          server->bound_port(net::Port::staff_port));
    must(write_file(words[4], as_bytes(ports)));
    int received = 0;
    sigwait(&signals, &received);
    server->stop();
    return 0;
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    if (count != 5) return 2;
    return stimme::bench::serve(words);
}
