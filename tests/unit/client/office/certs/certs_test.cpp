// `stimme certs`: what it makes works over real TLS, and what doesn't belong together is refused.
#include <gtest/gtest.h>

#include "client/office/certs/x509.h"
#include "client/session/role_folder.h"
#include "core/net/server/server.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::office {
namespace {

constexpr char log_key[] = "df79a0e6a3b2e41a923a0c472df16a87041265148139ea7ef63a381d3977194d";

std::string read_text(const std::filesystem::path& file) {
    return std::string(as_text(*read_file(file)));
}

test::Ran setup(const std::filesystem::path& out, const std::string& server) {
    return test::stimme({"certs", "setup", "--definition",
                         test::tests_path("data/magdeburg-1996/definition.json").string(), "--out",
                         out.string(), "--server", server, "--log-key", log_key});
}

// One set-up for all tests, which only look at it.
class Setup : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<test::TemporaryFolder>();
        ASSERT_EQ(setup(folder_->path(), "https://127.0.0.1:18443").code, 0);
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static const std::filesystem::path& path() { return folder_->path(); }
    static election::ValidDefinition definition() {
        return *election::ValidDefinition::parse_canonical(read_text(path() / "definition.json"));
    }
    static std::filesystem::path folder_of(const election::Holder& holder) {
        return path() / (std::string(election::to_string(holder.role)) + "s") / holder.id.str();
    }

  private:
    static std::unique_ptr<test::TemporaryFolder> folder_;
};
std::unique_ptr<test::TemporaryFolder> Setup::folder_;

TEST_F(Setup, MakesAValidDefinitionWithTheKeysOfEveryFolder) {
    const auto made = definition();
    EXPECT_EQ(made.holders().size(), 23U);
    EXPECT_EQ(to_hex(made->log.key), log_key);
    for (const election::Holder& holder : made.holders()) {
        const auto folder = session::RoleFolder::open(folder_of(holder));
        ASSERT_TRUE(folder.ok()) << folder.error().message;
        EXPECT_EQ(folder->signing_key()->verify_key().sec1(), holder.key);
        EXPECT_EQ(key_of_certificate(read_text(folder->file("cert.pem")))->sec1(), holder.key);
        EXPECT_TRUE(folder->check_definition(made).ok());
    }
}

TEST_F(Setup, ReplacesEveryKeyOfTheTemplate) {
    const auto made = definition();
    const auto before =
        *election::ValidDefinition::parse(test::read_test_file("data/magdeburg-1996/definition.json"));
    for (std::size_t i = 0; i < made.holders().size(); ++i) {
        EXPECT_EQ(made.holders()[i].id, before.holders()[i].id);
        EXPECT_NE(made.holders()[i].key, before.holders()[i].key);
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& trustee = made->trustees->members[i];
        EXPECT_NE(trustee.encryption_key, before->trustees->members[i].encryption_key);
        const auto folder = *session::RoleFolder::open(path() / "trustees" / trustee.id.str());
        EXPECT_EQ(folder.encryption_key()->verify_key().sec1(), trustee.encryption_key);
    }
}

TEST_F(Setup, KeysCanBeReadByTheirOwnerOnly) {
    using std::filesystem::perms;
    for (const char* file : {"ca/ca.key", "server/key.pem", "officials/wahlleitung/key.pem",
                             "trustees/trustee-1/encryption.key"}) {
        const auto mode = std::filesystem::status(path() / file).permissions();
        EXPECT_EQ(mode, perms::owner_read | perms::owner_write) << file;
    }
}

// The staff port of a server with the certificates of `keys`; tells its callers who they are.
Result<std::unique_ptr<net::Server>> staff_server(const std::filesystem::path& keys) {
    const net::Listen listen{"127.0.0.1", 0, keys / "server/cert.pem", keys / "server/key.pem"};
    net::ServerConfig config;
    config.public_port = config.staff_port = listen;
    config.staff_ca = keys / "ca/ca.pem";
    config.handler = [](const net::Request& request, const net::Respond& respond) {
        net::Response response;
        response.body = to_hex(request.peer->key) + " " + request.peer->organisational_unit + " " +
                        request.peer->common_name;
        respond(std::move(response));
    };
    return net::Server::start(std::move(config));
}

TEST_F(Setup, CertificatesWorkBetweenServerAndStaff) {
    const auto server = staff_server(path());
    ASSERT_TRUE(server.ok()) << server.error().message;
    const auto folder = *session::RoleFolder::open(path() / "desks/desk-altstadt");
    net::ClientConfig config = folder.client_config();
    config.server = "https://127.0.0.1:" + std::to_string((*server)->bound_port(net::Port::staff_port));
    auto api = net::ApiClient::open(config);
    ASSERT_TRUE(api.ok()) << api.error().message;
    net::HttpRequest request;
    request.path = "/";
    const auto answer = api->send(request);
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    const auto key = definition().holder(SignerId("desk-altstadt"))->key;
    EXPECT_EQ(answer->body, to_hex(key) + " desk desk-altstadt");
}

TEST_F(Setup, NeverWritesOverKeysThatAreThere) {
    const std::string key = read_text(path() / "ca/ca.key");
    const test::Ran ran = setup(path(), "https://127.0.0.1:18443");
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("file-exists"), std::string::npos);
    EXPECT_EQ(read_text(path() / "ca/ca.key"), key);
}

TEST(SetupInput, WrongAddressOfTheServerIsRefused) {
    const test::TemporaryFolder folder;
    const test::Ran ran = setup(folder.path(), "http://127.0.0.1");
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("url-invalid"), std::string::npos);
}

class Certificates : public testing::Test {
  protected:
    Certificates() { stimme({"certs", "ca", "--out", path("ca")}); }

    std::string path(const std::string& file) { return (folder_.path() / file).string(); }
    int stimme(const std::vector<std::string>& words) {
        const test::Ran ran = test::stimme(words);
        error_ = ran.err;
        out_ = ran.out;
        return ran.code;
    }
    int request(const std::string& id) {
        return stimme({"certs", "request", "--role", "desk", "--id", id, "--out", path(id), "--json"});
    }
    int sign(const std::string& id) {
        return stimme({"certs", "sign", "--ca", path("ca"), "--request", path(id + "/request.pem"), "--out",
                       path(id + ".pem")});
    }
    int accept(const std::string& id, const std::string& certificate) {
        return stimme({"certs", "accept", "--as", path(id), "--certificate", path(certificate), "--ca",
                       path("ca/ca.pem"), "--server", "https://localhost", "--election", "test-2026"});
    }

    test::TemporaryFolder folder_;
    std::string error_, out_;
};

TEST_F(Certificates, RequestSignAndAcceptMakeARoleFolder) {
    ASSERT_EQ(request("desk-1"), 0);
    const std::string told = out_;
    ASSERT_EQ(sign("desk-1"), 0);
    ASSERT_EQ(accept("desk-1", "desk-1.pem"), 0) << error_;
    const auto folder = session::RoleFolder::open(path("desk-1"));
    ASSERT_TRUE(folder.ok());
    EXPECT_EQ(folder->profile().role, election::Role::desk);
    EXPECT_EQ(told, "{\"key\":\"" + to_hex(folder->signing_key()->verify_key().sec1()) + "\"}\n");
}

TEST_F(Certificates, CertificateForAnotherKeyIsRefused) {
    ASSERT_EQ(request("desk-1"), 0);
    SeededRandom random(2);
    const auto other = crypto::SigningKey::random(random);
    const auto authority = *Authority::load(path("ca"));
    const auto certificate = authority.issue({{"desk-1", "desk"}, other.verify_key(), Use::client, {}},
                                             random, SystemClock().now());
    ASSERT_TRUE(write_file(path("other.pem"), as_bytes(*certificate)).ok());
    EXPECT_EQ(accept("desk-1", "other.pem"), 2);
    EXPECT_NE(error_.find("certificate-invalid"), std::string::npos);
}

TEST_F(Certificates, RenewedCertificatesKeepKeyAndNames) {
    ASSERT_EQ(stimme({"certs", "server", "--ca", path("ca"), "--out", path("server"), "--name", "localhost"}),
              0);
    const std::string old = read_text(path("server/cert.pem"));
    ASSERT_EQ(stimme({"certs", "renew", "--ca", path("ca"), path("server/cert.pem")}), 0) << error_;
    const std::string renewed = read_text(path("server/cert.pem"));
    EXPECT_NE(renewed, old);
    EXPECT_EQ(key_of_certificate(renewed)->sec1(), key_of_certificate(old)->sec1());
    EXPECT_EQ(*owner_of_certificate(renewed), "localhost");
}

TEST_F(Certificates, ExpiredCertificatesCanBeRenewedAndAreShownAsExpired) {
    const auto authority = *Authority::load(path("ca"));
    SeededRandom random(2);
    const auto key = crypto::SigningKey::random(random);
    const TimePoint long_ago = SystemClock().now() - std::chrono::hours(24 * 500);
    const auto old =
        authority.issue({{"desk-1", "desk"}, key.verify_key(), Use::client, {}}, random, long_ago);
    ASSERT_TRUE(write_file(path("old.pem"), as_bytes(*old)).ok());
    EXPECT_EQ(stimme({"certs", "show", path("old.pem")}), 3);
    EXPECT_NE(out_.find("desk, desk-1: EXPIRED"), std::string::npos) << out_;
    EXPECT_NE(error_.find("certificate-expired"), std::string::npos);
    ASSERT_EQ(stimme({"certs", "renew", "--ca", path("ca"), "--out", path("new.pem"), path("old.pem")}), 0);
    EXPECT_EQ(stimme({"certs", "show", path("new.pem")}), 0);
    EXPECT_EQ(key_of_certificate(read_text(path("new.pem")))->sec1(), key.verify_key().sec1());
}

TEST_F(Certificates, CertificateOfAnotherAuthorityIsNotRenewed) {
    SeededRandom random(3);
    const TimePoint now = SystemClock().now();
    const auto key = crypto::SigningKey::random(random);
    const auto foreign = Authority::create("other", random, now)
                             .issue({{"desk-1", "desk"}, key.verify_key(), Use::client, {}}, random, now);
    ASSERT_TRUE(write_file(path("foreign.pem"), as_bytes(*foreign)).ok());
    for (const char* file : {"foreign.pem", "ca/ca.pem", "ca/ca.key"}) {
        const std::string before = read_text(path(file));
        EXPECT_EQ(stimme({"certs", "renew", "--ca", path("ca"), path(file)}), 2) << file;
        EXPECT_NE(error_.find("certificate-invalid"), std::string::npos) << error_;
        EXPECT_EQ(read_text(path(file)), before);
    }
}

TEST_F(Certificates, TextThatIsNoRequestIsRefused) {
    ASSERT_TRUE(write_file(path("desk-1/request.pem"), as_bytes("hello")).ok());
    EXPECT_EQ(sign("desk-1"), 2);
    EXPECT_NE(error_.find("request-invalid"), std::string::npos);
}

TEST_F(Certificates, RequestForNoRoleIsRefused) {
    SeededRandom random(2);
    const std::string request = write_request({"desk-1", "king"}, crypto::SigningKey::random(random));
    ASSERT_TRUE(write_file(path("desk-1/request.pem"), as_bytes(request)).ok());
    EXPECT_EQ(sign("desk-1"), 2);
}

TEST_F(Certificates, ServerCertificateNeedsRealHostNames) {
    EXPECT_EQ(stimme({"certs", "server", "--ca", path("ca"), "--out", path("a"), "--name", "a b"}), 2);
    EXPECT_NE(error_.find("host-name-invalid"), std::string::npos);
    EXPECT_EQ(stimme({"certs", "server", "--ca", path("ca"), "--out", path("b"), "--name", "::1"}), 0);
}

}  // namespace
}  // namespace stimme::office
