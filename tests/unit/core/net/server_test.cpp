// Requests and answers over real connections: core/net/server.
#include "core/net/server/server.h"

#include <ctime>
#include <future>
#include <thread>

#include <gmock/gmock.h>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "tests/unit/core/net/net_fixture.h"

namespace stimme::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using Server = NetTest;

std::string post_echo(const std::string& body) {
    return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

TEST_F(Server, ARequestArrivesAsItWasSent) {
    start();
    auto client = open(to_public());
    auto request = post("/echo?q=a+b", "hello", "key-1");
    request.headers = {{"Accept", "text/plain"}, {"X-Twice", "1"}, {"X-Twice", "2"}};
    EXPECT_EQ(send(client, request).body, "POST hello");
    const net::Request seen_request = seen().at(0);
    EXPECT_EQ(seen_request.port, net::Port::public_port);
    EXPECT_EQ(seen_request.path, "/echo");
    EXPECT_EQ(seen_request.query.at("q"), "a b");
    EXPECT_EQ(seen_request.header("idempotency-key"), "key-1");
    EXPECT_EQ(seen_request.header("content-type"), "text/plain");
    EXPECT_EQ(seen_request.header("x-twice"), "1, 2");
    EXPECT_EQ(seen_request.header("x-absent"), "");
    EXPECT_EQ(seen_request.remote, "127.0.0.1");
    EXPECT_FALSE(seen_request.peer);
}

TEST_F(Server, EveryAnswerHasTheSecurityHeaders) {
    start();
    auto client = open(to_public());
    const auto headers = send(client, get("/nowhere")).headers;
    EXPECT_THAT(headers.at("strict-transport-security"), StartsWith("max-age="));
    EXPECT_THAT(headers.at("content-security-policy"), StartsWith("default-src 'self'"));
    EXPECT_EQ(headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(headers.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(headers.at("cache-control"), "no-store");
}

TEST_F(Server, EveryAnswerTellsTheServersTime) {
    start();
    auto client = open(to_public());
    std::tm read = {};
    const TimePoint before = SystemClock().now();
    const std::string date = send(client, get("/nowhere")).headers.at("date");
    const char* end = ::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &read);
    ASSERT_TRUE(end != nullptr && *end == '\0') << date;
    const auto told = std::chrono::system_clock::from_time_t(::timegm(&read));
    EXPECT_GE(told, before);
    EXPECT_LE(told, SystemClock().now());
}

TEST_F(Server, HeadIsAnsweredAsGetWithoutTheBody) {
    start();
    auto client = raw();
    client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.answer(false), HasSubstr("Content-Length: 4\r\n"));
    client.send(get_echo);
    EXPECT_THAT(client.answer(), testing::EndsWith("\r\n\r\nGET "));
}

TEST_F(Server, PipelinedRequestsAreAnsweredInOrder) {
    start();
    auto client = raw();
    client.send(post_echo("first") + post_echo("second") + post_echo("third"));
    EXPECT_THAT(client.answer(), HasSubstr("POST first"));
    EXPECT_THAT(client.answer(), HasSubstr("POST second"));
    EXPECT_THAT(client.answer(), HasSubstr("POST third"));
}

TEST_F(Server, AHalfClosedConnectionStillGetsItsAnswer) {
    start();
    auto client = raw();
    client.send(post_echo("last words"));
    client.end_sending();
    EXPECT_THAT(client.rest(), HasSubstr("POST last words"));
}

TEST_F(Server, ConnectionCloseIsHonoured) {
    start();
    auto client = raw();
    client.send("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(client.rest(), HasSubstr("Connection: close\r\n"));
}

TEST_F(Server, AnExpectedContinueIsSent) {
    start();
    auto client = raw();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 100"));
    client.send("ok");
    EXPECT_THAT(client.answer(), HasSubstr("POST ok"));
}

struct Malformed {
    const char* request;
    const char* status;
};

TEST_F(Server, MalformedRequestsAreRefused) {
    start();
    for (const auto& [request, status] : {
             Malformed{"nonsense\r\n\r\n", "400"},
             Malformed{"GET /echo HTTP/1.1\r\n\r\n", "400"},
             Malformed{"GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"},
             Malformed{"GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             Malformed{"GET /echo HTTP/1.0\r\nHost: x\r\n\r\n", "505"},
             Malformed{"GET /echo HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n", "417"},
             Malformed{"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", "400"},
             Malformed{"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                       "400"},
             Malformed{"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "501"},
             Malformed{"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "400"},
         }) {
        auto client = raw();
        client.send(request);
        client.end_sending();
        const std::string answer = client.rest();
        EXPECT_THAT(answer, StartsWith(std::string("HTTP/1.1 ") + status)) << request;
        EXPECT_THAT(answer, HasSubstr("application/problem+json")) << request;
    }
    EXPECT_TRUE(seen().empty());
}

TEST_F(Server, TwoLengthsAtOnceAreNotASmugglersDoor) {
    start();
    for (const char* lengths : {"Transfer-Encoding: chunked\r\nContent-Length: 5",
                                "Content-Length: 5\r\nTransfer-Encoding: chunked"}) {
        auto client = raw();
        client.send(std::string("POST /echo HTTP/1.1\r\nHost: x\r\n") + lengths + "\r\n\r\n0\r\n\r\n" +
                    get_echo);
        client.end_sending();
        EXPECT_THAT(client.rest(), StartsWith("HTTP/1.1 400"));
    }
    EXPECT_TRUE(seen().empty());
}

TEST_F(Server, AChunkedBodyIsPutTogether) {
    start();
    auto client = raw();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    EXPECT_THAT(client.answer(), HasSubstr("POST abcde"));
}

TEST_F(Server, AThrowingHandlerGives500AndTellsNothing) {
    start();
    auto client = open(to_public());
    const auto response = send(client, get("/throw"));
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_THAT(response.body, testing::Not(HasSubstr("secret")));
    EXPECT_EQ(send(client, get("/echo")).status, 200);
}

TEST_F(Server, ADroppedRespondGives500) {
    start();
    auto client = open(to_public());
    EXPECT_EQ(send(client, get("/drop")).status, 500);
}

TEST_F(Server, AnAnswerThatWouldSplitTheHeadersGives500) {
    other = [](const net::Request&) {
        net::Response response = text("x");
        response.headers = {{"X-Name", "a\r\nSet-Cookie: b"}};
        return response;
    };
    start();
    auto client = open(to_public());
    EXPECT_EQ(send(client, get("/split")).status, 500);
}

TEST_F(Server, AnAnswerMayComeLaterAndFromAnotherThread) {
    start();
    auto answer = std::async(std::launch::async, [&] {
        auto client = open(to_public());
        return send(client, get("/hold")).body;
    });
    wait_for_requests(1);
    held.at(0)(text("late"));
    held.at(0)(text("too late"));
    EXPECT_EQ(answer.get(), "late");
}

TEST_F(Server, SharedBodiesAndRegionsOfFilesAreSent) {
    std::string content(3'000'000, '.');
    for (std::size_t i = 0; i < content.size(); i += 1000)
        content[i] = static_cast<char>('a' + i / 1000 % 26);
    const auto path = folder() / "bodies";
    ASSERT_TRUE(write_file(path, as_bytes(content)).ok());
    const auto shared = std::make_shared<const std::string>(content);
    other = [&](const net::Request& request) {
        net::Response response = text("");
        if (request.path == "/file") response.body = net::FileRegion{path, 1000, 2'500'000};
        if (request.path == "/short") response.body = net::FileRegion{path, 1, 3'000'000};
        if (request.path == "/shared") response.body = shared;
        return response;
    };
    start();
    auto client = open(to_public());
    EXPECT_EQ(send(client, get("/file")).body, content.substr(1000, 2'500'000));
    EXPECT_EQ(send(client, get("/shared")).body, content);
    EXPECT_EQ(send(client, get("/short")).status, 500);
}

TEST_F(Server, TwoHundredConnectionsAreServedAtOnce) {
    config.limits.public_connections = 200;
    start();
    std::vector<std::future<int>> workers;
    std::atomic<int> open_clients = 0;
    for (int worker = 0; worker < 8; ++worker) {
        workers.push_back(std::async(std::launch::async, [&] {
            std::vector<net::ApiClient> clients;
            int good = 0;
            for (int i = 0; i < 25; ++i) {
                clients.push_back(open(to_public()));
                good += send(clients.back(), get("/echo")).status == 200;
            }
            open_clients += 25;
            while (open_clients < 200) std::this_thread::sleep_for(1ms);
            for (auto& client : clients) good += send(client, get("/echo")).status == 200;
            return good;
        }));
    }
    int good = 0;
    for (auto& worker : workers) good += worker.get();
    EXPECT_EQ(good, 400);
}

TEST_F(Server, StopFinishesWhatIsInFlightAndRefusesNewConnections) {
    start();
    auto idle = raw();
    auto answer = std::async(std::launch::async, [&] {
        auto client = open(to_public());
        return send(client, get("/hold"));
    });
    wait_for_requests(1);
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_EQ(idle.rest(), "");
    EXPECT_FALSE(raw().connected());
    EXPECT_EQ(stopped.wait_for(50ms), std::future_status::timeout);
    held.at(0)(text("finished"));
    stopped.get();
    const auto response = answer.get();
    EXPECT_EQ(response.body, "finished");
    EXPECT_EQ(response.headers.at("connection"), "close");
}

TEST_F(Server, StopCutsOffWhatNeverEndsAndLateAnswersGoNowhere) {
    config.limits.drain = 100ms;
    start();
    auto client = raw();
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_for_requests(1);
    const auto before = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
    held.at(0)(text("nobody listens"));
    held.clear();
    EXPECT_EQ(client.rest(), "");
}

TEST_F(Server, AStoppedServerMayStartAgainOnItsPort) {
    start();
    const std::uint16_t before = port();
    auto client = open(to_public());
    EXPECT_EQ(send(client, get("/echo")).status, 200);
    server->stop();
    server.reset();
    start(before);
    EXPECT_EQ(send(client, post("/echo", "again")).body, "POST again");
}

TEST_F(Server, ABusyPortIsAnError) {
    start();
    net::ServerConfig second = config;
    second.public_port.port = port();
    EXPECT_EQ(net::Server::start(second).error().code, "port-unavailable");
    second.public_port.address = "localhost";
    EXPECT_EQ(net::Server::start(second).error().code, "address-invalid");
}

}  // namespace
}  // namespace stimme::test
