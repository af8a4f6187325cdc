// Who may call what: every route with every role, with no certificate, and with a role of another election;
// and what the router refuses before a handler is asked.
#include <future>

#include <gmock/gmock.h>

#include "core/base/file.h"
#include "core/net/problem_type.h"
#include "core/net/server/problem.h"
#include "server/api/router.h"
#include "server/api/routes.h"
#include "server/service/acts/elections.h"
#include "tests/support/elections.h"
#include "tests/support/temporary_folder.h"

namespace stimme::api {
namespace {

struct Someone {
    std::string name;
    Callers may;                             // in "test-2026"
    std::optional<election::PublicKey> key;  // empty: no certificate
    std::string unit;
};

class RouteTest : public testing::Test {
  protected:
    RouteTest() {
        keep(election_);
        keep(other_);
        auto opened = service::Elections::open(data_.path(), {random_, workers_, {}});
        EXPECT_TRUE(opened) << opened.error().message;
        elections_ = *std::move(opened);
        router_ = std::make_unique<Router>(all_routes(), *elections_, Router::Report());
    }
    ~RouteTest() override {
        workers_.stop();
        elections_->stop();
    }

    void keep(const test::Election& election) {
        const std::filesystem::path folder = data_.path() / election.definition->id.str();
        EXPECT_TRUE(
            write_file(folder / "log.key", election.log_key.to_pem().reveal(), FileMode::private_file));
        EXPECT_TRUE(write_file(folder / "definition.json", as_bytes(election.definition.canonical())));
    }

    static net::Request request(const std::string& method, std::string path, const std::string& signer = "") {
        net::Request request;
        request.method = method;
        request.path = std::move(path);
        if (!signer.empty()) request.peer = {test::test_signing_key(signer).verify_key().sec1(), "", signer};
        return request;
    }
    // A complete request of that route.
    static net::Request request_of(const Route& route) {
        std::string path = route.pattern;
        const std::vector<std::pair<std::string, std::string>> fill = {
            {"{election}", "test-2026"}, {"{path...}", "entries/000.p/1"}, {"{size}", "0"},
            {"{type}", "polls-opened"},  {"{district}", "city"},           {"{style}", "standard"},
            {"{number}", "1001"},        {"{leaf}", std::string(64, '0')},
        };
        for (const auto& [parameter, value] : fill) {
            const std::size_t at = path.find(parameter);
            if (at != std::string::npos) path.replace(at, parameter.size(), value);
        }
        net::Request made = request(route.method, path);
        if (route.method == "POST") {
            made.headers["idempotency-key"] = "once";
            made.headers["content-type"] = route.body_type;
            made.body = "{}";
        }
        return made;
    }
    static net::Request write(const std::string& signer) {
        net::Request made = request("POST", "/v1/elections/test-2026/acts", signer);
        made.headers["idempotency-key"] = "once";
        made.headers["content-type"] = "application/json";
        made.body = "{}";
        return made;
    }

    net::Response ask(net::Request request) {
        std::promise<net::Response> promise;
        router_->handle(std::move(request),
                        [&](net::Response answer) { promise.set_value(std::move(answer)); });
        return promise.get_future().get();
    }
    // Status and problem code: "403 role-wrong", "200".
    std::string told(net::Request asked) {
        const net::Response answer = ask(std::move(asked));
        std::string result = std::to_string(answer.status);
        if (answer.content_type != "application/problem+json") return result;
        const auto document = json::parse(std::get<std::string>(answer.body));
        const auto type = *document->get<json::Object>()->find("type")->get<std::string>();
        return result + " " + type.substr(net::problem_type_prefix.size());
    }

    static std::vector<Someone> everybody() {
        const auto key = [](const std::string& name) {
            return test::test_signing_key(name).verify_key().sec1();
        };
        return {
            {"nobody", 0, {}, ""},
            {"an official", official, key("official-1"), ""},
            {"a desk", desk, key("s1-desk-1"), ""},
            {"a booth", booth, key("s1-booth-1"), ""},
            {"a trustee", trustee, key("trustee-1"), ""},
            {"an official by unit", official_unit, key("stranger"), "official"},
            {"a stranger", 0, key("stranger"), "desk"},
            {"another election's official", 0, key("official-4"), ""},
            {"another election's desk", 0, key("s9-desk-1"), ""},
            {"another election's booth", 0, key("s9-booth-1"), ""},
            {"another election's trustee", 0, key("trustee-4"), ""},
        };
    }

    SystemRandom random_;
    service::Workers workers_{2};
    test::TemporaryFolder data_;
    test::Election election_ = test::TestElection().build();
    test::Election other_ =
        test::TestElection().id("other").officials(4).trustees(3, 4).station("s9").build();
    std::unique_ptr<service::Elections> elections_;
    std::unique_ptr<Router> router_;
};

TEST_F(RouteTest, EachRouteIsOpenToItsRolesOnly) {
    for (const Route& route : router_->routes()) {
        for (const Someone& someone : everybody()) {
            SCOPED_TRACE(route.method + " " + route.pattern + " by " + someone.name);
            net::Request asked = request_of(route);
            if (someone.key) asked.peer = {*someone.key, someone.unit, ""};
            const std::string answer = told(std::move(asked));
            if ((route.callers & (everyone | someone.may)) != 0) {
                EXPECT_THAT(answer, testing::Not(testing::AnyOf("403 role-wrong", "401 certificate-required",
                                                                "404 route-unknown", "415 content-type-wrong",
                                                                "405 method-not-allowed")));
                EXPECT_THAT(answer, testing::Not(testing::StartsWith("500")));
            } else {
                EXPECT_EQ(answer, someone.key ? "403 role-wrong" : "401 certificate-required");
            }
        }
    }
}

TEST_F(RouteTest, RoleOfAnotherElectionIsGoodThere) {
    EXPECT_EQ(told(request("GET", "/v1/elections/other/acts", "official-4")), "200");
    EXPECT_EQ(told(request("GET", "/v1/elections/other/acts", "s9-booth-1")), "200");
}

TEST_F(RouteTest, UnknownPathsAreNotFound) {
    for (const std::string path :
         {"/v2", "/v1", "/v1/elections/test-2026/ballots", "/v1/elections/test-2026/voters/1/2",
          "/v1/elections/test-2026/record/tile"}) {
        EXPECT_EQ(told(request("GET", path, "official-1")), "404 route-unknown") << path;
    }
}

TEST_F(RouteTest, UnknownElectionIsNotFound) {
    EXPECT_EQ(told(request("GET", "/v1/elections/none")), "404 election-unknown");
    EXPECT_EQ(told(request("GET", "/v1/elections/none/acts")), "404 election-unknown");
}

TEST_F(RouteTest, OtherMethodsAreNamed) {
    const net::Response answer = ask(request("DELETE", "/v1/elections/test-2026/acts", "official-1"));
    EXPECT_EQ(answer.status, 405);
    EXPECT_THAT(answer.headers, testing::Contains(testing::Pair("Allow", "GET, POST")));
}

TEST_F(RouteTest, WriteNeedsItsTypeAndItsKey) {
    net::Request typeless = write("official-1");
    typeless.headers["content-type"] = "text/plain";
    EXPECT_EQ(told(typeless), "415 content-type-wrong");
    net::Request keyless = write("official-1");
    keyless.headers.erase("idempotency-key");
    EXPECT_EQ(told(keyless), "400 idempotency-key-missing");
    net::Request blank = write("official-1");
    blank.headers["idempotency-key"] = "with blank";
    EXPECT_EQ(told(blank), "400 idempotency-key-invalid");
    net::Request large = write("official-1");
    large.body.assign(std::size_t{1} << 20, ' ');
    EXPECT_EQ(told(large), "413 body-too-large");
}

TEST_F(RouteTest, MalformedMessagesAreRefused) {
    EXPECT_EQ(told(write("official-1")), "422 message-invalid");
    net::Request broken = write("official-1");
    broken.body = "{\"a\":1,\"a\":2}";
    EXPECT_EQ(told(broken), "400 json-duplicate-key");
    net::Request typed = write("official-1");
    typed.headers["content-type"] = "Application/JSON; charset=utf-8";
    EXPECT_EQ(told(typed), "422 message-invalid");
}

TEST_F(RouteTest, BodyLimitIsThatOfTheRouteForWhoMayCallIt) {
    const std::string submissions = "/v1/elections/test-2026/booth/submissions";
    EXPECT_EQ(router_->body_limit(request("POST", submissions, "s1-booth-1")), 1536U << 10);
    EXPECT_EQ(router_->body_limit(request("POST", submissions)), 4096U);
    EXPECT_EQ(router_->body_limit(request("GET", "/v1/elections/test-2026")), 4096U);
    EXPECT_EQ(router_->body_limit(request("POST", "/nowhere")), 4096U);
}

TEST_F(RouteTest, DraftElectionShowsItself) {
    EXPECT_EQ(told(request("GET", "/v1/elections/test-2026/record/tags")), "404 file-missing");
    EXPECT_EQ(told(request("GET", "/v1/elections/test-2026/record/tile/entries/000.p/1")),
              "404 tile-missing");
    EXPECT_EQ(told(request("GET", "/v1/elections/test-2026/record/tile/../log.key")), "404 tile-missing");
    const net::Response checkpoint = ask(request("GET", "/v1/elections/test-2026/record/checkpoint"));
    EXPECT_EQ(checkpoint.cache_control, "no-store");
    EXPECT_THAT(std::get<std::string>(checkpoint.body), testing::HasSubstr("\n0\n"));
    EXPECT_THAT(std::get<std::string>(ask(request("GET", "/")).body), testing::HasSubstr("/elections/other"));
}

TEST_F(RouteTest, NewElectionNeedsAnOfficialOfItsDefinition) {
    const test::Election fresh = test::TestElection().id("fresh").build();
    net::Request create = request("POST", "/v1/elections", "official-1");
    create.peer->organisational_unit = "official";
    create.headers["idempotency-key"] = "once";
    create.headers["content-type"] = "application/json";
    create.body = fresh.definition.canonical();
    EXPECT_EQ(told(create), "409 log-key-missing");
    ASSERT_TRUE(
        write_file(data_.path() / "fresh/log.key", fresh.log_key.to_pem().reveal(), FileMode::private_file));
    net::Request stranger = create;
    stranger.peer->key = test::test_signing_key("s1-desk-1").verify_key().sec1();
    EXPECT_EQ(told(stranger), "403 not-an-official");
    EXPECT_EQ(told(create), "201");
    EXPECT_EQ(told(create), "201");
    EXPECT_EQ(told(request("GET", "/v1/elections/fresh")), "200");
    create.body = test::TestElection().id("fresh").officials(3).build().definition.canonical();
    EXPECT_EQ(told(create), "409 election-exists");
    create.body = "{}";
    EXPECT_EQ(told(create), "422 definition-invalid");
}

}  // namespace
}  // namespace stimme::api
