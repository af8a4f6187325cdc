// Retries, downloads and what failures are called: core/net/client.
#include <future>

#include <gmock/gmock.h>

#include "core/net/client/api_client.h"
#include "core/net/client/problem.h"
#include "core/net/server/problem.h"
#include "tests/unit/core/net/net_fixture.h"

namespace stimme::test {
namespace {

using Client = NetTest;

TEST_F(Client, AConnectionIsKeptForTheNextRequest) {
    config.limits.staff_connections = 1;
    start();
    auto first = open(to_staff());
    EXPECT_EQ(send(first, get("/echo")).status, 200);
    auto second = open(to_staff());
    EXPECT_EQ(second.send(get("/echo")).error().code, "network-unreachable");
    EXPECT_EQ(send(first, get("/echo")).status, 200);
}

TEST_F(Client, AServerThatIsNotThereIsUnreachable) {
    start();
    auto client = open(to_public());
    server.reset();
    const auto error = client.send(get("/echo")).error();
    EXPECT_EQ(error.code, "network-unreachable");
    EXPECT_EQ(error.kind, ErrorKind::unavailable);
}

TEST_F(Client, AnAnswerThatDoesNotComeIsATimeout) {
    start();
    auto settings = to_public();
    settings.answer = 100ms;
    auto client = open(settings);
    EXPECT_EQ(client.send(get("/hold")).error().code, "network-timeout");
}

TEST_F(Client, AWriteWithAKeyIsRepeatedWithTheSameKey) {
    start();
    auto settings = to_public();
    settings.answer = 100ms;
    settings.attempts = 3;
    auto client = open(settings);
    EXPECT_EQ(client.send(post("/hold", "x", "the-key")).error().code, "network-timeout");
    ASSERT_EQ(seen().size(), 3);
    for (const auto& request : seen()) EXPECT_EQ(request.header("idempotency-key"), "the-key");
}

TEST_F(Client, AWriteWithoutAKeyIsNotRepeated) {
    start();
    auto settings = to_public();
    settings.answer = 100ms;
    settings.attempts = 3;
    auto client = open(settings);
    EXPECT_EQ(client.send(post("/hold", "x")).error().code, "network-timeout");
    EXPECT_EQ(seen().size(), 1);
}

TEST_F(Client, AServerThatComesBackIsFoundAgain) {
    start();
    const std::uint16_t before = port();
    auto settings = to_public();
    settings.attempts = 8;
    auto client = open(settings);
    server.reset();
    auto answer = std::async(std::launch::async, [&] { return send(client, get("/echo")).status; });
    EXPECT_EQ(answer.wait_for(50ms), std::future_status::timeout);
    start(before);
    EXPECT_EQ(answer.get(), 200);
}

TEST_F(Client, AnAnswerOfTheServerIsNeverRepeated) {
    other = [](const net::Request&) { return net::problem(503, "stopping", "the server is stopping"); };
    start();
    auto settings = to_public();
    settings.attempts = 3;
    auto client = open(settings);
    EXPECT_EQ(send(client, get("/x")).status, 503);
    EXPECT_EQ(seen().size(), 1);
}

TEST_F(Client, AnAnswerBeyondTheLimitIsRefused) {
    other = [](const net::Request& request) {
        return text(std::string(std::stoul(request.query.at("n")), 'x'));
    };
    start();
    auto settings = to_public();
    settings.answer_bytes = 100'000;
    auto client = open(settings);
    EXPECT_EQ(send(client, get("/x?n=100000")).body.size(), 100'000);
    EXPECT_EQ(client.send(get("/x?n=100001")).error().code, "answer-too-large");
    EXPECT_EQ(send(client, get("/x?n=5")).body, "xxxxx");
}

TEST_F(Client, ADownloadIsHandedOnInPieces) {
    other = [](const net::Request&) { return text(std::string(1'000'000, 'x')); };
    start();
    auto settings = to_public();
    settings.answer_bytes = 10;
    auto client = open(settings);
    std::size_t size = 0;
    std::size_t largest = 0;
    const auto status = client.get_to("/x", [&](ByteView bytes) {
        size += bytes.size();
        largest = std::max(largest, bytes.size());
        return Status();
    });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(size, 1'000'000);
    EXPECT_LE(largest, std::size_t{64} << 10);
    EXPECT_EQ(send(client, get("/echo")).status, 200);
}

TEST_F(Client, ASinkMayEndADownload) {
    other = [](const net::Request&) { return text(std::string(1'000'000, 'x')); };
    start();
    auto client = open(to_public());
    const Status status = client.get_to("/x", [](ByteView) { return Status(unavailable("disk-full", "")); });
    EXPECT_EQ(status.error().code, "disk-full");
    EXPECT_EQ(send(client, get("/echo")).status, 200);
}

TEST_F(Client, ADownloadThatIsRefusedNamesTheReason) {
    other = [](const net::Request&) { return net::problem(404, "tile-missing", "no such tile"); };
    start();
    auto client = open(to_public());
    bool touched = false;
    const Status status = client.get_to("/x", [&](ByteView) {
        touched = true;
        return Status();
    });
    EXPECT_EQ(status.error().code, "tile-missing");
    EXPECT_EQ(status.error().kind, ErrorKind::not_found);
    EXPECT_FALSE(touched);
}

TEST_F(Client, LineBreaksNeverReachTheWire) {
    start();
    auto client = open(to_public());
    EXPECT_EQ(client.send(get("/a b")).error().code, "request-invalid");
    EXPECT_EQ(client.send(get("/a\r\nX: y")).error().code, "request-invalid");
    EXPECT_EQ(client.send(post("/a", "", "k\r\nX: y")).error().code, "request-invalid");
}

net::HttpResponse problem_answer(int status, std::string body) {
    net::HttpResponse response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = std::move(body);
    return response;
}

TEST(Problem, WhatTheServerWritesTheClientReads) {
    const auto response = net::problem(409, "already-checked-in", "this voter has a ballot already");
    const auto error = net::error_of(problem_answer(409, std::get<std::string>(response.body)));
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_EQ(error.code, "already-checked-in");
    EXPECT_EQ(error.message, "this voter has a ballot already");
}

TEST(Problem, AnythingElseGetsTheCodeOfItsStatus) {
    for (const char* body :
         {"", "[]", "{}", R"({"type":"x:y","status":502})", R"({"detail":"d","type":"about:Blank!"})"}) {
        EXPECT_EQ(net::error_of(problem_answer(502, body)).code, "http-502") << body;
    }
}

TEST(Problem, SuccessfulKeepsAnswersAndTurnsRefusalsIntoErrors) {
    net::HttpResponse good;
    good.status = 201;
    EXPECT_EQ(net::successful(good)->status, 201);
    EXPECT_EQ(net::successful(problem_answer(403, "")).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(net::successful(unavailable("network-timeout", "")).error().code, "network-timeout");
}

}  // namespace
}  // namespace stimme::test
