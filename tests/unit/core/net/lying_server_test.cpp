// A client whose server answers wrongly, slowly or without end: bounded, and with an error that says what
// happened.
#include <gmock/gmock.h>

#include "tests/unit/core/net/net_fixture.h"

namespace stimme::test {
namespace {

using Clock = std::chrono::steady_clock;

class LyingServer : public NetTest {
  protected:
    static net::ClientConfig to(const RawServer& server) {
        net::ClientConfig settings;
        settings.server = server.url();
        settings.ca = authority().certificate();
        settings.attempts = 1;
        settings.pause = 1ms;
        settings.answer = settings.piece = 2s;
        settings.whole = 3s;
        return settings;
    }
    static const Identity& identity() {
        static const Identity own = authority().server("lying");
        return own;
    }
    // What a GET ends with: an error's code, or the status of an answer.
    static std::string outcome(const std::function<void(RawPeer&)>& script,
                               const std::function<void(net::ClientConfig&)>& change = {}) {
        const RawServer server(identity(), script);
        auto settings = to(server);
        if (change) change(settings);
        auto client = open(settings);
        const auto begin = Clock::now();
        const auto response = client.send(get("/x"));
        EXPECT_LT(Clock::now() - begin, 3s);
        return response ? std::to_string(response->status) : response.error().code;
    }
    // The same, where the server reads the request and then says this.
    static std::string answered(const std::string& bytes) {
        return outcome([&](RawPeer& peer) {
            peer.request();
            peer.send(bytes);
        });
    }
};

TEST_F(LyingServer, AcceptsAndNeverAnswers) {
    EXPECT_EQ(outcome([](RawPeer& peer) { peer.wait(); }, [](auto& settings) { settings.answer = 100ms; }),
              "network-timeout");
}

TEST_F(LyingServer, AnswersGarbage) {
    EXPECT_EQ(answered("SSH-2.0-OpenSSH_9.2\r\n\r\n"), "answer-malformed");
    EXPECT_EQ(answered("HTTP/1.1 2000 OK\r\n\r\n"), "answer-malformed");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), "answer-malformed");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
              "answer-malformed");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"),
              "answer-malformed");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), "answer-malformed");
    EXPECT_EQ(answered(std::string("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", 28)), "answer-malformed");
}

TEST_F(LyingServer, ClosesInTheMiddle) {
    EXPECT_EQ(answered(""), "network-unreachable");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-"), "network-unreachable");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "network-unreachable");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
              "network-unreachable");
}

TEST_F(LyingServer, AnAnswerWithoutALengthThatIsCutIsNotTakenForWhole) {
    EXPECT_EQ(outcome([](RawPeer& peer) {
                  peer.request();
                  peer.send("HTTP/1.1 200 OK\r\n\r\nall of it?");
                  peer.cut();
              }),
              "network-unreachable");
}

TEST_F(LyingServer, SendsAHundredMegabytes) {
    std::size_t sent = 0;
    const auto flood = [&](RawPeer& peer) {
        peer.request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
        const std::string piece(100'000, 'x');
        while (sent < 104'857'600 && peer.send(piece)) sent += piece.size();
    };
    EXPECT_EQ(outcome(flood, [](auto& settings) { settings.answer_bytes = 1'000'000; }), "answer-too-large");
    EXPECT_LT(sent, 104'857'600);
}

TEST_F(LyingServer, SendsHeadersWithoutEnd) {
    EXPECT_EQ(outcome([](RawPeer& peer) {
                  peer.request();
                  peer.send("HTTP/1.1 200 OK\r\n");
                  while (peer.send("X-More: and more and more and more\r\n")) continue;
              }),
              "answer-malformed");
}

// Each byte in time, but never all of them.
TEST_F(LyingServer, DripsAnAnswer) {
    const auto drip = [](const std::string& first) {
        return [first](RawPeer& peer) {
            peer.request();
            peer.send(first);
            while (peer.send("x")) std::this_thread::sleep_for(10ms);
        };
    };
    const auto hasty = [](auto& settings) { settings.answer = settings.piece = 150ms; };
    EXPECT_EQ(outcome(drip("HTTP/1.1 200 OK\r\nX: "), hasty), "network-timeout");
    EXPECT_EQ(outcome(drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"), hasty), "network-timeout");
}

// Fast enough for each piece, too slow for the whole.
TEST_F(LyingServer, SendsAnEndlessAnswerInGoodTime) {
    const auto stream = [](RawPeer& peer) {
        peer.request();
        peer.send("HTTP/1.1 200 OK\r\n\r\n");
        const std::string piece(70'000, 'x');
        while (peer.send(piece)) std::this_thread::sleep_for(20ms);
    };
    EXPECT_EQ(outcome(stream,
                      [](auto& settings) {
                          settings.whole = 200ms;
                          settings.answer_bytes = std::size_t{1} << 30;
                      }),
              "network-timeout");
}

TEST_F(LyingServer, RedirectsAreNotFollowed) {
    EXPECT_EQ(answered("HTTP/1.1 302 Found\r\nLocation: https://example.org/\r\nContent-Length: 0\r\n\r\n"),
              "302");
    EXPECT_EQ(answered("HTTP/1.1 307 Again\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n"), "307");
}

TEST_F(LyingServer, AFewInterimAnswersArePassedOver) {
    const std::string last = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    EXPECT_EQ(answered("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + last),
              "200");
    EXPECT_EQ(answered("HTTP/1.1 101 Switching Protocols\r\n\r\n" + last), "answer-malformed");
}

TEST_F(LyingServer, AFloodOfInterimAnswersEnds) {
    EXPECT_EQ(outcome([](RawPeer& peer) {
                  peer.request();
                  while (peer.send("HTTP/1.1 100 Continue\r\n\r\n")) continue;
              }),
              "answer-malformed");
}

TEST_F(LyingServer, WhatComesUnaskedIsNeverTakenForTheNextAnswer) {
    const std::string good = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
    const RawServer lying(identity(), [&](RawPeer& peer) {
        const std::string asked = peer.request();
        peer.send(good + (asked.find("/first") != std::string::npos ? "1st!" : "2nd!") + good + "evil");
        peer.wait();
    });
    auto client = open(to(lying));
    EXPECT_EQ(send(client, get("/first")).body, "1st!");
    EXPECT_EQ(send(client, get("/second")).body, "2nd!");
    EXPECT_EQ(lying.connections(), 2);
}

TEST_F(LyingServer, AWriteIsRepeatedWithTheSameKeyAfterABrokenAnswer) {
    std::vector<std::string> requests;
    std::mutex mutex;
    const RawServer lying(identity(), [&](RawPeer& peer) {
        const std::string asked = peer.request();
        const std::lock_guard lock(mutex);
        requests.push_back(asked.substr(0, asked.find("\r\n\r\n")));
        if (requests.size() < 3) {
            peer.send("HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nhal");
        } else {
            peer.send("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\ndone");
        }
    });
    auto settings = to(lying);
    settings.attempts = 4;
    auto client = open(settings);
    EXPECT_EQ(send(client, post("/x", "body", "the-key")).body, "done");
    const std::lock_guard lock(mutex);
    ASSERT_EQ(requests.size(), 3);
    EXPECT_EQ(requests[1], requests[0]);
    EXPECT_EQ(requests[2], requests[0]);
}

}  // namespace
}  // namespace stimme::test
