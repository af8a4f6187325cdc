// What one peer may take: bytes, time, connections.
#include "core/net/server/limits.h"

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/net/client/problem.h"
#include "core/net/server/open_files.h"
#include "core/net/server/problem.h"
#include "tests/unit/core/net/net_fixture.h"

namespace stimme::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Clock = std::chrono::steady_clock;

using Limits = NetTest;

std::ptrdiff_t open_files() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

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
    EXPECT_EQ(net::error_of(response).code, "body-too-large");
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
    EXPECT_EQ(net::error_of(send(client, request)).code, "header-too-large");
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
    const PlainSocket socket(port());
    EXPECT_EQ(socket.rest(), "");
}

TEST_F(Limits, AHandshakeThatStopsHalfWayIsDropped) {
    config.limits.handshake = 100ms;
    start();
    const PlainSocket socket(port());
    ASSERT_TRUE(socket.send(std::string_view("\x16\x03\x01\x00\xC8\x01\x00\x00", 8)));
    EXPECT_EQ(socket.rest(), "");
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

TEST_F(Limits, OnAFullPortTheLongestIdleGivesWay) {
    config.limits.public_connections = 2;
    start();
    auto first = raw();
    auto second = raw();
    // Several times: the server may be late with the end of the second's handshake.
    for (int i = 0; i < 20; ++i) {
        first.send(get_echo);
        ASSERT_THAT(first.answer(), StartsWith("HTTP/1.1 200"));
    }
    auto third = raw();
    EXPECT_EQ(second.rest(), "");
    EXPECT_TRUE(raw_staff().connected());
    for (auto* client : {&first, &third}) {
        client->send(get_echo);
        EXPECT_THAT(client->answer(), StartsWith("HTTP/1.1 200"));
    }
}

TEST_F(Limits, ARequestInTheApplicationNeverGivesWay) {
    config.limits.public_connections = 1;
    start();
    auto first = raw();
    first.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_requests(1);
    EXPECT_FALSE(raw().connected());
    held.at(0)(text("finished"));
    EXPECT_THAT(first.answer(), HasSubstr("finished"));
}

TEST_F(Limits, AVerifiedPeerNeverGivesWayToWhoIsNot) {
    config.limits.staff_connections = 3;
    start();
    auto staff = raw_staff();
    staff.send(get_echo);
    ASSERT_THAT(staff.answer(), StartsWith("HTTP/1.1 200"));
    std::vector<std::unique_ptr<PlainSocket>> silent;
    for (int i = 0; i < 50; ++i) silent.push_back(std::make_unique<PlainSocket>(port(net::Port::staff_port)));
    auto colleague = raw_staff();
    for (auto* client : {&staff, &colleague}) {
        client->send(get_echo);
        EXPECT_THAT(client->answer(), StartsWith("HTTP/1.1 200"));
    }
}

TEST_F(Limits, OneKeyPushesOutOnlyItself) {
    config.limits.connections_of_key = 2;
    start();
    auto neighbour = open(as(to_staff(), authority().client("neighbour", "booth")));
    EXPECT_EQ(send(neighbour, get("/echo")).status, 200);
    std::vector<RawClient> own;
    for (int i = 0; i < 4; ++i) {
        own.push_back(raw_staff());
        own.back().send(get_echo);
        ASSERT_THAT(own.back().answer(), StartsWith("HTTP/1.1 200"));
    }
    EXPECT_EQ(own[0].rest(), "");
    EXPECT_EQ(own[1].rest(), "");
    own[2].send(get_echo);
    EXPECT_THAT(own[2].answer(), StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(send(neighbour, get("/echo")).status, 200);
}

TEST_F(Limits, OneAddressHasABoundOfItsOwn) {
    config.limits.connections_of_address = 2;
    start();
    auto first = raw();
    auto second = raw();
    auto third = raw();
    EXPECT_EQ(first.rest(), "");
    third.send(get_echo);
    EXPECT_THAT(third.answer(), StartsWith("HTTP/1.1 200"));
}

// Asks for an answer larger than what the kernel buffers, and never reads it.
TEST_F(Limits, WhoNeverReadsItsAnswerIsDropped) {
    config.limits.piece = 150ms;
    const auto answer = std::make_shared<const std::string>(std::string(24'000'000, 'x'));
    other = [&](const net::Request&) {
        net::Response response = text("");
        response.body = answer;
        return response;
    };
    start();
    auto client = raw();
    client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_requests(1);
    const auto begin = Clock::now();
    const auto until_holders_are = [&](long count) {
        while (answer.use_count() != count && Clock::now() - begin < 3s) std::this_thread::sleep_for(1ms);
        return answer.use_count() == count;
    };
    EXPECT_TRUE(until_holders_are(2));
    EXPECT_TRUE(until_holders_are(1));
    EXPECT_LT(client.rest().size(), answer->size());
}

TEST_F(Limits, SlowReadersHoldNoFileOpen) {
    const auto path = folder() / "slow-readers";
    ASSERT_TRUE(write_file(path, as_bytes(std::string(24'000'000, 'x'))).ok());
    other = [path](const net::Request&) {
        net::Response response = text("");
        response.body = net::FileRegion{path, 0, 24'000'000};
        return response;
    };
    start();
    auto client = raw();
    const auto before = open_files();
    client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_requests(1);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(open_files(), before);
}

TEST_F(Limits, AFileThatIsReplacedWhileItIsSentIsCutOff) {
    const auto path = folder() / "replaced";
    ASSERT_TRUE(write_file(path, as_bytes(std::string(24'000'000, 'x'))).ok());
    other = [&](const net::Request&) {
        net::Response response = text("");
        response.body = net::FileRegion{path, 0, 24'000'000};
        return response;
    };
    start();
    auto client = raw();
    client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_requests(1);
    ASSERT_TRUE(write_file(path, as_bytes(std::string(24'000'000, 'y'))).ok());
    const std::string got = client.rest();
    EXPECT_LT(got.size(), 24'000'000);
    EXPECT_THAT(got.find('y', got.find("\r\n\r\n")), std::string::npos);
}

TEST_F(Limits, ALargeBodyOfWhoMayNotSendItIsRefusedForThatReason) {
    config.limits.body_bytes = 10;
    config.limits.refusal_for_large = [](const net::Request& request) -> std::optional<net::Response> {
        if (request.path != "/forbidden") return std::nullopt;
        return net::problem(401, "certificate-required", "not with this certificate");
    };
    start();
    auto client = open(to_public());
    EXPECT_EQ(send(client, post("/echo", "12345678901")).status, 413);
    EXPECT_EQ(net::error_of(send(client, post("/forbidden", "12345678901"))).code, "certificate-required");
    EXPECT_TRUE(seen().empty());
}

TEST(OpenFiles, ConnectionsAreLoweredInProportionAndTold) {
    net::Limits limits;
    limits.public_connections = 6000;
    limits.staff_connections = 2000;
    EXPECT_EQ(net::fit_connections(limits, 8512), "");
    EXPECT_EQ(limits.public_connections, 6000);
    EXPECT_THAT(net::fit_connections(limits, 4512), HasSubstr("allow 8512 files"));
    EXPECT_EQ(limits.public_connections, 3000);
    EXPECT_EQ(limits.staff_connections, 1000);
}

TEST_F(Limits, AnotherConnectionFitsWhenOneHasGone) {
    config.limits.public_connections = 1;
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
    std::this_thread::sleep_for(50ms);  // a server that starts reads its certificates
    rlimit before = {};
    getrlimit(RLIMIT_NOFILE, &before);
    const int next = ::dup(STDOUT_FILENO);
    ::close(next);
    const rlimit one_more{static_cast<rlim_t>(next) + 1, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &one_more);
    const PlainSocket socket(port());
    EXPECT_TRUE(socket.connected());
    for (int i = 0; i < 100 && reports == 0; ++i) std::this_thread::sleep_for(10ms);
    setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_GT(reports, 0);
    EXPECT_TRUE(raw().connected());
}

}  // namespace
}  // namespace stimme::test
