// The whole server over HTTPS: both ports, from nothing to an election that shows itself.
#include "server/api/application.h"

#include <gmock/gmock.h>

#include "core/net/client/api_client.h"
#include "tests/support/certificates.h"
#include "tests/support/elections.h"
#include "tests/support/temporary_folder.h"

namespace stimme::api {
namespace {

using testing::HasSubstr;

class ApplicationTest : public testing::Test {
  protected:
    ApplicationTest() { start(); }

    void start() {
        server_.reset();
        ApplicationConfig config;
        config.data = folder_.path() / "data";
        config.public_port.certificate = config.staff_port.certificate = own_.certificate;
        config.public_port.key = config.staff_port.key = own_.key;
        config.staff_ca = authority_.certificate();
        auto started = Application::start(std::move(config));
        ASSERT_TRUE(started) << started.error().message;
        server_ = *std::move(started);
    }

    // A definition whose first official is the owner of that certificate, with a log key made on the server.
    std::string definition() {
        const auto key = service::create_log_key(folder_.path() / "data/test-2026/log.key", {}, random_);
        const json::Array officials = {
            json::Object{{"id", "official-1"}, {"name", "A"}, {"key", to_hex(official_.public_key)}},
            json::Object{{"id", "official-2"}, {"name", "B"}, {"key", to_hex(other_.public_key)}}};
        const auto log = json::Object{{"key", to_hex(*key)}, {"origin", "example.org/test-2026"}};
        return json::canonical(test::TestElection().set("officials", officials).set("log", log).document());
    }

    net::HttpResponse send(net::Port port, net::HttpRequest request, const test::Identity* who = nullptr) {
        net::ClientConfig config;
        config.server = "https://127.0.0.1:" + std::to_string(server_->bound_port(port));
        config.ca = authority_.certificate();
        if (who != nullptr) {
            config.certificate = who->certificate;
            config.key = who->key;
        }
        auto client = net::ApiClient::open(std::move(config));
        auto answer = client->send(request);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *std::move(answer) : net::HttpResponse{};
    }
    net::HttpResponse get(const std::string& path) {
        return send(net::Port::public_port, {"GET", path, "", "", "", {}});
    }
    net::HttpResponse create(const std::string& body, const test::Identity& who) {
        return send(net::Port::staff_port, {"POST", "/v1/elections", "application/json", "once", body, {}},
                    &who);
    }

    SystemRandom random_;
    test::TemporaryFolder folder_;
    test::Authority authority_{folder_.path(), "authority"};
    test::Identity own_ = authority_.server("server");
    test::Identity official_ = authority_.client("official", "official");
    test::Identity other_ = authority_.client("other", "official");
    test::Identity desk_ = authority_.client("desk", "desk");
    std::unique_ptr<Application> server_;
};

TEST_F(ApplicationTest, ElectionIsCreatedAndSurvivesARestart) {
    EXPECT_THAT(get("/v1/health").body, HasSubstr("\"ok\""));
    EXPECT_EQ(get("/v1/elections/test-2026").status, 404);
    const std::string text = definition();
    EXPECT_EQ(create(text, desk_).status, 403);
    const auto created = create(text, official_);
    ASSERT_EQ(created.status, 201) << created.body;
    start();
    EXPECT_THAT(get("/v1/elections/test-2026").body, HasSubstr("\"draft\""));
    EXPECT_EQ(get("/v1/elections/test-2026/record/definition.json").body, text);
    EXPECT_THAT(get("/elections/test-2026").body, HasSubstr("<!doctype html>"));
}

TEST_F(ApplicationTest, PublicPortKnowsNobody) {
    ASSERT_EQ(create(definition(), official_).status, 201);
    const std::string acts = "/v1/elections/test-2026/acts";
    const auto refused = get(acts);
    EXPECT_EQ(refused.status, 401);
    EXPECT_THAT(refused.body, HasSubstr("certificate-required"));
    EXPECT_EQ(send(net::Port::staff_port, {"GET", acts, "", "", "", {}}, &official_).status, 200);
    EXPECT_EQ(send(net::Port::staff_port, {"GET", acts, "", "", "", {}}, &desk_).status, 403);
}

TEST_F(ApplicationTest, BodyBeyondTheLimitOfItsRouteIsCutOff) {
    const std::string large(std::size_t{2} << 20, ' ');
    EXPECT_EQ(create(large, official_).status, 413);
}

}  // namespace
}  // namespace stimme::api
