// What one peer may take: bytes, time, connections.
#include "server/net/limits.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "client/net/problem.h"
#include "tests/unit/net/net_fixture.h"

namespace stimme::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Clock = std::chrono::steady_clock;

using Limits = NetTest;

constexpr char get_echo[] = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_F(Limits, ABodyOfExactlyTheLimitIsTaken) {
    config.limits.body_bytes = 1000;
    start();
    auto client = open(to_public());
    EXPECT_EQ(send(client, post("/echo", std::string(1000, 'x'))).status, 200);
    EXPECT_EQ(send(client, post("/echo", std::string(1001, 'x'))).status, 413);
}

TEST_F(Limits, ALargeBodyIsRefusedWhileItIsStillSent) {
    start();
    auto client = open(to_public());
    const auto response = send(client, post("/echo", std::string(8'000'000, 'x')));
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(client::error_of(response).code, "body-too-large");
    EXPECT_TRUE(seen().empty());
}

TEST_F(Limits, AChunkedBodyHasTheSameLimit) {
    config.limits.body_bytes = 10;
    start();
    auto client = raw();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
        "chunked\r\n\r\n6\r\n123456\r\n5\r\n12345\r\n0\r\n\r\n");
    client.end_sending();
    EXPECT_THAT(client.rest(), StartsWith("HTTP/1.1 413"));
}

TEST_F(Limits, TheLimitMayDependOnTheRequest) {
    config.limits.body_bytes_for = [](const net::Request& request) {
        return request.path == "/echo" && request.peer ? std::size_t{4'000'000} : std::size_t{10};
    };
    start();
    auto staff = open(to_staff());
    EXPECT_EQ(send(staff, post("/echo", std::string(4'000'000, 'x'))).body.size(), 4'000'005);
    EXPECT_EQ(send(staff, post("/other", "12345678901")).status, 413);
    auto visitor = open(to_public());
    EXPECT_EQ(send(visitor, post("/echo", "12345678901")).status, 413);
}

TEST_F(Limits, AHeaderThatIsTooLargeIsRefused) {
    start();
    auto client = open(to_public());
    auto request = get("/echo");
    request.headers = {{"X-Long", std::string(15'000, 'x')}};
    EXPECT_EQ(send(client, request).status, 200);
    request.headers = {{"X-Long", std::string(20'000, 'x')}};
    EXPECT_EQ(client::error_of(send(client, request)).code, "header-too-large");
    request.headers = {{"X-Long", std::string(200'000, 'x')}};
    EXPECT_EQ(send(client, request).status, 431);
}

TEST_F(Limits, AnEndlessChunkExtensionIsRefused) {
    start();
    auto client = raw();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;");
    client.send(std::string(200'000, 'x'));
    client.end_sending();
    EXPECT_THAT(client.rest(), StartsWith("HTTP/1.1 4"));
}

// Sends a byte of `text` every 20 ms; how long until the connection ends.
Clock::duration time_until_dropped(RawClient& client, const std::string& text) {
    const auto begin = Clock::now();
    for (std::size_t i = 0; client.send(text.substr(i % text.size(), 1)) && Clock::now() - begin < 2s; ++i) {
        std::this_thread::sleep_for(20ms);
    }
    return Clock::now() - begin;
}

TEST_F(Limits, ASlowHeaderIsDropped) {
    config.limits.header = 150ms;
    start();
    auto client = raw();
    EXPECT_LT(
        time_until_dropped(client, "GET /echo HTTP/1.1\r\nX-Slow: abcdefghijklmnopqrstuvwxyzabcdefghijk"),
        1s);
    EXPECT_TRUE(seen().empty());
}

TEST_F(Limits, ASlowBodyIsDropped) {
    config.limits.piece = 150ms;
    start();
    auto client = raw();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    EXPECT_LT(time_until_dropped(client, "x"), 1s);
    EXPECT_TRUE(seen().empty());
}

TEST_F(Limits, AnIdleConnectionIsClosed) {
    config.limits.idle = 100ms;
    config.limits.linger = 100ms;
    start();
    auto client = raw();
    const auto begin = Clock::now();
    EXPECT_EQ(client.rest(), "");
    EXPECT_LT(Clock::now() - begin, 1s);
}

TEST_F(Limits, APeerThatNeverShakesHandsIsDropped) {
    config.limits.handshake = 100ms;
    start();
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const timeval patience{2, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char byte = 0;
    EXPECT_EQ(::recv(socket, &byte, 1, 0), 0);
    ::close(socket);
}

TEST_F(Limits, DeadlinesAreArmedAnewForEachRequest) {
    config.limits.header = 200ms;
    config.limits.idle = 200ms;
    config.limits.piece = 200ms;
    start();
    auto client = raw();
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(client.send(get_echo));
        ASSERT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
        std::this_thread::sleep_for(100ms);
    }
}

TEST_F(Limits, AHandlerMayTakeLongerThanAnyDeadline) {
    config.limits.header = config.limits.idle = config.limits.piece = 50ms;
    start();
    auto client = raw();
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_requests(1);
    std::this_thread::sleep_for(200ms);
    held.at(0)(text("done"));
    EXPECT_THAT(client.answer(), HasSubstr("done"));
}

TEST_F(Limits, ConnectionsBeyondTheLimitAreClosedPerPort) {
    config.limits.connections = 1;
    start();
    auto first = raw();
    ASSERT_TRUE(first.connected());
    EXPECT_FALSE(raw().connected());
    EXPECT_TRUE(raw_staff().connected());
    first.send(get_echo);
    EXPECT_THAT(first.answer(), StartsWith("HTTP/1.1 200"));
}

TEST_F(Limits, AnotherConnectionFitsWhenOneHasGone) {
    config.limits.connections = 1;
    start();
    {
        auto first = raw();
        ASSERT_TRUE(first.connected());
    }
    bool connected = false;
    for (int i = 0; i < 50 && !connected; ++i) {
        connected = raw().connected();
        std::this_thread::sleep_for(10ms);
    }
    EXPECT_TRUE(connected);
}

TEST_F(Limits, AcceptingGoesOnAfterRunningOutOfFiles) {
    std::atomic<int> reports = 0;
    config.report = [&](std::string_view) { ++reports; };
    start();
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    rlimit before = {};
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{3, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    for (int i = 0; i < 100 && reports == 0; ++i) std::this_thread::sleep_for(10ms);
    setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_GT(reports, 0);
    EXPECT_TRUE(raw().connected());
    ::close(socket);
}

}  // namespace
}  // namespace stimme::test
