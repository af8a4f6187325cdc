// What arrives on the wire and isn't a request: refused before the application sees it, and the next peer is
// served.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include "tests/unit/core/net/net_fixture.h"

namespace stimme::test {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::StartsWith;

class Wire : public NetTest {
  protected:
    // The server's answer to these bytes and nothing more.
    std::string answer_to(std::string_view bytes) const {
        auto client = raw();
        client.send(bytes);
        client.end_sending();
        return client.rest();
    }
    void expect_alive() const {
        auto client = raw();
        client.send(get_echo);
        EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    }
    static std::string post(const std::string& headers, const std::string& rest) {
        return "POST /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n" + rest;
    }
};

TEST_F(Wire, EveryWayToSmuggleASecondRequestIsRefused) {
    start();
    const std::string second = get_echo;
    for (const std::string& request : {
             post("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + second),
             post("Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n" + second),
             post("Content-Length: 0\r\nContent-Length: 30", second),
             post("Content-Length: 30\r\nContent-Length: 30", second),
             post("Content-Length: 0, 30", second),
             post("Content-Length: +0", second),
             post("Content-Length: -1", second),
             post("Content-Length: 0x1E", second),
             post("Content-Length: 18446744073709551616", second),
             post("Content-Length : 0", second),
             post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n" + second),
             post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + second),
             post("Transfer-Encoding: identity, chunked", "0\r\n\r\n" + second),
             post("Transfer-Encoding: xchunked", "0\r\n\r\n" + second),
             post("Transfer-Encoding:\x0B"
                  "chunked",
                  "0\r\n\r\n" + second),
             post("Transfer-Encoding : chunked", "0\r\n\r\n" + second),
             post("Transfer-Encoding: chunked", "-1\r\n\r\n" + second),
             post("Transfer-Encoding: chunked", "0x0\r\n\r\n" + second),
             post("Transfer-Encoding: chunked", "11111111111111111\r\n" + second),
             post("Transfer-Encoding: chunked", "3\r\nabcd\r\n0\r\n\r\n" + second),
             post("Transfer-Encoding: chunked", "3\nabc\n0\n\n" + second),
         }) {
        EXPECT_THAT(answer_to(request), testing::MatchesRegex("HTTP/1.1 (400|501) [^$]*")) << request;
    }
    EXPECT_TRUE(seen().empty());
    expect_alive();
}

TEST_F(Wire, BadLineEndsAndHeadersAreRefused) {
    start();
    for (const std::string& request : {
             "GET /echo HTTP/1.1\nHost: x\n\n"s,
             "GET /echo HTTP/1.1\rHost: x\r\r"s,
             "GET /echo HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"s,
             "GET /echo HTTP/1.1\r\n Host: x\r\n\r\n"s,
             "GET /echo HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n"s,
             "GET /echo HTTP/1.1\r\nHost: x\r\n: no name\r\n\r\n"s,
             "GET /echo HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"s,
             "GET /echo HTTP/1.1\r\nHost: x\r\nX\0: ab\r\n\r\n"s,
             "GET /ec\0ho HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "\0\0\0\0\r\n\r\n"s,
             "GET\t/echo\tHTTP/1.1\r\nHost: x\r\n\r\n"s,
             "GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "GET /echo\r\nHost: x\r\n\r\n"s,
             "G\xC3\x89T /echo HTTP/1.1\r\nHost: x\r\n\r\n"s,
         }) {
        EXPECT_THAT(answer_to(request), StartsWith("HTTP/1.1 400")) << request;
    }
    EXPECT_TRUE(seen().empty());
    expect_alive();
}

TEST_F(Wire, OtherFormsOfTargetsAndVersionsAreRefused) {
    start();
    for (const auto& [request, status] : std::vector<std::pair<std::string, std::string>>{
             {"GET https://x/echo HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             {"GET //x/echo HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             {"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             {"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             {"GET /%65cho/%2e%2e/x HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             {"GET /a%2fecho HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             {"GET /echo%00 HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             {"GET /echo HTTP/0.9\r\nHost: x\r\n\r\n", "400"},
             {"GET /echo HTTP/1.0\r\nHost: x\r\n\r\n", "505"},
             {"GET /echo HTTP/2.0\r\nHost: x\r\n\r\n", "400"},
             {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
         }) {
        EXPECT_THAT(answer_to(request), StartsWith("HTTP/1.1 " + status)) << request;
    }
    EXPECT_TRUE(seen().empty());
    expect_alive();
}

// Names and paths are compared as they were decoded, once.
TEST_F(Wire, AnEncodedPathIsTheSamePath) {
    start();
    EXPECT_THAT(answer_to("GET /%65cho HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(answer_to("GET /%2565cho HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 404"));
}

TEST_F(Wire, TruncatedRequestsNeverReachTheApplication) {
    start();
    const std::string whole = post("Content-Length: 10", "0123456789");
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        EXPECT_THAT(answer_to(whole.substr(0, size)), testing::Not(HasSubstr("200"))) << size;
    }
    EXPECT_TRUE(seen().empty());
    expect_alive();
}

TEST_F(Wire, ThousandsOfHeadersAreBoundedByTheirSize) {
    start();
    std::string headers;
    for (int i = 0; i < 2000; ++i) headers += "a: b\r\n";
    EXPECT_THAT(answer_to("GET /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"),
                StartsWith("HTTP/1.1 200"));
    headers += headers;
    EXPECT_THAT(answer_to("GET /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"),
                StartsWith("HTTP/1.1 431"));
}

TEST_F(Wire, AThousandPipelinedRequestsAreAnsweredOneByOne) {
    start();
    auto client = raw();
    std::string all;
    for (int i = 0; i < 1000; ++i) all += get_echo;
    client.send(all);
    client.end_sending();
    const std::string answers = client.rest();
    std::size_t count = 0;
    for (std::size_t at = 0; (at = answers.find("HTTP/1.1 200", at)) != std::string::npos; ++at) ++count;
    EXPECT_EQ(count, 1000);
}

void say_and_reset(std::uint16_t port, std::string_view bytes) {
    PlainSocket socket(port);
    EXPECT_TRUE(socket.send(bytes));
    socket.reset();
}

TEST_F(Wire, AResetInAnyPhaseLeavesTheServerWell) {
    const auto large = std::make_shared<const std::string>(std::string(8'000'000, 'x'));
    other = [&](const net::Request&) {
        net::Response response = text("");
        response.body = large;
        return response;
    };
    start();
    for (const net::Port which : {net::Port::public_port, net::Port::staff_port}) {
        say_and_reset(port(which), "");
        say_and_reset(port(which), std::string_view("\x16\x03\x01\x00\xC8\x01\x00\x00", 8));
    }
    for (const char* bytes :
         {"", "GET /ec", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab",
          "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n", "GET /large HTTP/1.1\r\nHost: x\r\n\r\n"}) {
        auto client = raw();
        client.send(bytes);
        if (std::string_view(bytes).starts_with("GET /hold")) wait_for_requests(1);
        if (std::string_view(bytes).starts_with("GET /large")) wait_for_requests(2);
        client.reset();
    }
    held.at(0)(text("nobody is there"));
    expect_alive();
}

TEST_F(Wire, PlainHttpOnATlsPortIsClosedWithoutAnAnswer) {
    start();
    for (const net::Port which : {net::Port::public_port, net::Port::staff_port}) {
        const PlainSocket socket(port(which));
        socket.send(get_echo);
        EXPECT_THAT(socket.rest(), testing::Not(HasSubstr("HTTP/1.1 200")));
    }
    EXPECT_TRUE(seen().empty());
    expect_alive();
}

// What a client that offers less than we ask for gets.
TEST_F(Wire, WeakAndOddTlsIsRefused) {
    start();
    for (const char* ciphers :
         {"AES128-SHA", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "DHE-RSA-AES128-GCM-SHA256",
          "PSK-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-CCM"}) {
        RawOptions options;
        options.max_version = TLS1_2_VERSION;
        options.ciphers = ciphers;
        EXPECT_FALSE(RawClient(port(), options).connected()) << ciphers;
    }
    RawOptions options;
    options.groups = "P-521";
    EXPECT_FALSE(RawClient(port(), options).connected());
    expect_alive();
}

TEST_F(Wire, NamesOfHostsInTheHelloDecideNothing) {
    start();
    for (const std::string& name :
         {"localhost"s, "other.example"s, "127.0.0.1"s, std::string(250, 'x'), "\xFF\xFE"s}) {
        RawOptions options;
        options.server_name = name;
        RawClient client(port(), options);
        ASSERT_TRUE(client.connected()) << name;
        client.send(get_echo);
        EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200")) << name;
    }
}

TEST_F(Wire, RenegotiationIsRefused) {
    start();
    RawOptions options;
    options.max_version = TLS1_2_VERSION;
    RawClient client(port(), options);
    ASSERT_TRUE(client.connected());
    EXPECT_FALSE(client.renegotiate());
    expect_alive();
}

TEST_F(Wire, EarlyDataIsNeverOffered) {
    start();
    auto visitor = raw();
    visitor.send(get_echo);
    visitor.answer();
    EXPECT_EQ(visitor.early_data_offered(), 0);
    auto staff = raw_staff();
    staff.send(get_echo);
    staff.answer();
    EXPECT_EQ(staff.early_data_offered(), 0);
    EXPECT_FALSE(staff.resumable());
}

}  // namespace
}  // namespace stimme::test
