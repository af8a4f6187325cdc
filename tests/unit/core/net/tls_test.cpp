// Who may knock at which port, and whom the client trusts.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "core/base/file.h"
#include "core/net/client/api_client.h"
#include "tests/unit/core/net/net_fixture.h"

namespace stimme::test {
namespace {

using Tls = NetTest;

// The code of the error that a GET ends with.
std::string refusal(net::ClientConfig settings) {
    auto client = net::ApiClient::open(std::move(settings));
    if (!client) return client.error().code;
    net::HttpRequest request;
    request.path = "/echo";
    const auto response = client->send(request);
    return response ? "answered" : response.error().code;
}

TEST_F(Tls, TheStaffPortDeliversThePeer) {
    start();
    auto client = open(to_staff());
    EXPECT_EQ(send(client, get("/echo")).status, 200);
    const net::Request request = seen().at(0);
    EXPECT_EQ(request.port, net::Port::staff_port);
    ASSERT_TRUE(request.peer);
    EXPECT_EQ(request.peer->key, desk().public_key);
    EXPECT_EQ(request.peer->common_name, "desk-1");
    EXPECT_EQ(request.peer->organisational_unit, "desk");
}

TEST_F(Tls, ACertificateWithoutAUnitHasAnEmptyOne) {
    start();
    auto client = open(as(to_staff(), authority().client("booth-1", "")));
    EXPECT_EQ(send(client, get("/echo")).status, 200);
    EXPECT_EQ(seen().at(0).peer->organisational_unit, "");
}

TEST_F(Tls, TheStaffPortRefusesWhoHasNoCertificate) {
    start();
    auto settings = to_staff();
    settings.certificate.clear();
    settings.key.clear();
    EXPECT_EQ(refusal(settings), "tls-refused");
    EXPECT_TRUE(seen().empty());
}

TEST_F(Tls, TheStaffPortRefusesAForeignAuthority) {
    start();
    EXPECT_EQ(refusal(as(to_staff(), stranger().client("intruder", "desk"))), "tls-refused");
    EXPECT_TRUE(seen().empty());
}

TEST_F(Tls, TheStaffPortRefusesAServersCertificate) {
    start();
    EXPECT_EQ(refusal(as(to_staff(), authority().server("not-a-client"))), "tls-refused");
}

TEST_F(Tls, TheStaffPortRefusesKeysOnOtherCurves) {
    start();
    EXPECT_EQ(refusal(as(to_staff(), authority().client("other-curve", "desk", "P-384"))), "tls-refused");
    EXPECT_TRUE(seen().empty());
}

TEST_F(Tls, TheStaffPortSpeaksOnlyTls13) {
    start();
    EXPECT_FALSE(raw_staff(TLS1_2_VERSION).connected());
    EXPECT_TRUE(raw_staff(TLS1_3_VERSION).connected());
}

TEST_F(Tls, ThePublicPortSpeaksTls12And13) {
    start();
    EXPECT_FALSE(RawClient(port(), {{}, {}, TLS1_1_VERSION}).connected());
    EXPECT_TRUE(RawClient(port(), {{}, {}, TLS1_2_VERSION}).connected());
    EXPECT_TRUE(RawClient(port(), {{}, {}, TLS1_3_VERSION}).connected());
}

TEST_F(Tls, TheClientTrustsOnlyItsOwnAuthority) {
    start();
    auto settings = to_public();
    settings.ca = stranger().certificate();
    EXPECT_EQ(refusal(settings), "tls-untrusted");
    EXPECT_TRUE(seen().empty());
}

TEST_F(Tls, TheClientRefusesACertificateForAnotherAddress) {
    config.public_port.address = "127.0.0.2";
    start();
    auto elsewhere = to_public();
    elsewhere.server = "https://127.0.0.2:" + std::to_string(port());
    EXPECT_EQ(refusal(elsewhere), "tls-untrusted");
}

TEST_F(Tls, TheClientRefusesAClientsCertificateFromAServer) {
    config.public_port.certificate = desk().certificate;
    config.public_port.key = desk().key;
    start();
    EXPECT_EQ(refusal(to_public()), "tls-untrusted");
}

TEST_F(Tls, ANameIsVerifiedToo) {
    start();
    auto settings = to_public();
    settings.server = "https://localhost:" + std::to_string(port());
    auto client = open(settings);
    EXPECT_EQ(send(client, get("/echo")).status, 200);
}

TEST_F(Tls, MissingAndForeignFilesAreNamed) {
    const auto other_key = config.public_port.key;
    config.public_port.key = desk().key;
    EXPECT_EQ(net::Server::start(config).error().code, "key-unreadable");
    config.public_port.key = other_key;
    config.staff_ca = folder() / "missing.pem";
    EXPECT_EQ(net::Server::start(config).error().code, "certificate-unreadable");

    net::ClientConfig client;
    client.server = "https://127.0.0.1";
    client.ca = folder() / "missing.pem";
    EXPECT_EQ(refusal(client), "certificate-unreadable");
    client.ca = authority().certificate();
    client.certificate = desk().certificate;
    client.key = other_key;
    EXPECT_EQ(refusal(client), "key-unreadable");
}

}  // namespace
}  // namespace stimme::test
