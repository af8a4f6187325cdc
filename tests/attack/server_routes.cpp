// Over the wire: every route of the table with every role there is, on both ports; and what was signed for
// another election, or comes again, or in the wrong form.
#include "server/api/application.h"
#include "tests/attack/attack_fixture.h"

namespace stimme::test {
namespace {

using api::Callers;
using api::Route;

struct Someone {
    std::string name;  // of a signer; "" is nobody
    Callers may;       // in the election that is asked
    std::string unit;  // OU of the certificate
};

class RouteAttack : public AttackTest {
  protected:
    // With people of its own, but for two officials.
    LiveElection other_{TestElection().id("other").officials(4).trustees(3, 4).station("s9"),
                        {.voters = 3, .server = live.server()}};

    const std::vector<Route>& routes() const { return live.server()->application().router().routes(); }

    static std::vector<Someone> everybody() {
        return {
            {"official-1", api::official, ""},
            {"official-1", api::official | api::official_unit, "official"},
            {"s1-desk-1", api::desk, ""},
            {"s2-desk-1", api::desk, ""},
            {"s1-booth-1", api::booth, ""},
            {"trustee-1", api::trustee, ""},
            {"stranger", 0, "desk"},
            {"another-stranger", api::official_unit, "official"},
            {"official-4", 0, ""},  // these of the other election
            {"s9-desk-1", 0, ""},
            {"s9-booth-1", 0, ""},
            {"trustee-4", 0, ""},
        };
    }

    net::HttpRequest request_of(const Route& route) const {
        const std::pair<const char*, std::string> fill[] = {
            {"{election}", "test-2026"}, {"{path...}", "entries/000.p/1"}, {"{size}", "1"},
            {"{type}", "polls-opened"},  {"{district}", "city"},           {"{style}", "standard"},
            {"{number}", live.voter(1)}, {"{leaf}", std::string(64, '0')},
        };
        net::HttpRequest made{route.method, route.pattern, "", "", "", {}};
        for (const auto& [parameter, value] : fill) {
            const std::size_t at = made.path.find(parameter);
            if (at != std::string::npos) made.path.replace(at, std::string(parameter).size(), value);
        }
        if (route.method == "GET") return made;
        made.content_type = route.body_type;
        made.idempotency_key = "once";
        made.body = "{}";
        return made;
    }

    // Someone who may call it.
    static Someone caller_of(const Route& route) {
        for (const Someone& someone : everybody())
            if ((someone.may & route.callers) != 0) return someone;
        ADD_FAILURE() << "nobody may call " << route.pattern;
        return {};
    }
    Line line_of(const Someone& someone) { return live.server()->line(someone.name, "/", someone.unit); }

    // Each write with someone who may call it.
    template <class Try>
    void for_each_write(Try attempt) {
        for (const Route& route : routes()) {
            if (route.method == "GET") continue;
            SCOPED_TRACE(route.method + " " + route.pattern);
            Line line = line_of(caller_of(route));
            attempt(route, line);
        }
    }
};

TEST_F(RouteAttack, EachRouteIsOpenToItsRolesOnlyAtTheStaffPort) {
    const std::string before = live.state() + other_.state();
    for (const Someone& someone : everybody()) {
        Line line = line_of(someone);
        for (const Route& route : routes()) {
            SCOPED_TRACE(route.method + " " + route.pattern + " by " + someone.name + " " + someone.unit);
            const std::string told = line.send(request_of(route)).told();
            if ((route.callers & (api::everyone | someone.may)) == 0) {
                EXPECT_EQ(told, "403 role-wrong");
            } else {
                EXPECT_THAT(told, testing::AnyOf(testing::StartsWith("20"), testing::StartsWith("404 "),
                                                 testing::StartsWith("409 "), testing::StartsWith("422 "),
                                                 "403 voter-other-station", "403 other-station"));
                EXPECT_NE(told, "404 route-unknown");
            }
        }
    }
    EXPECT_EQ(live.state() + other_.state(), before);
}

TEST_F(RouteAttack, PublicPortServesThePublicRoutesOnly) {
    const std::string before = live.state();
    Line nobody = live.server()->public_line();
    for (const Route& route : routes()) {
        SCOPED_TRACE(route.method + " " + route.pattern);
        const std::string told = nobody.send(request_of(route)).told();
        if ((route.callers & api::everyone) == 0) {
            EXPECT_EQ(told, "401 certificate-required");
        } else {
            EXPECT_THAT(told, testing::AnyOf(testing::StartsWith("20"), testing::StartsWith("404 ")));
            EXPECT_NE(told, "404 route-unknown");
        }
    }
    EXPECT_EQ(live.state(), before);
}

TEST_F(RouteAttack, NobodyReachesTheStaffPortWithoutACertificateOfItsAuthority) {
    net::ClientConfig config;
    config.server = live.server()->url(net::Port::staff_port);
    config.ca = live.server()->ca();
    config.attempts = 1;
    EXPECT_EQ(Line(config, "/").get("v1/health").status, 0);
    TemporaryFolder folder;
    Authority unknown(folder.path(), "unknown");
    const Identity forged = unknown.client_with_key(
        "official-1", "official", as_text(test_signing_key("official-1").to_pem().reveal()));
    config.certificate = forged.certificate;
    config.key = forged.key;
    EXPECT_EQ(Line(config, "/").get("v1/health").status, 0);
}

TEST_F(RouteAttack, DeskSeesAndTouchesItsOwnStationOnly) {
    const LivePass pass = live.check_in(1);
    const std::string own = live.voter(1);
    EXPECT_EQ(live.as("s1-desk-1").get("voters/" + own).told(), "200");
    EXPECT_EQ(live.as("s2-desk-1").get("voters/" + own).told(), "403 voter-other-station");
    EXPECT_EQ(live.as("s2-desk-1").get("voters?q=" + own).body, R"({"voters":[]})");
    for (const char* route : {"pass-states", "voids", "expirations", "challenge-failures"}) {
        SCOPED_TRACE(route);
        const std::string body = std::string(route) == "voids" ? live.void_of(1, pass, "s2-desk-1")
                                 : std::string(route) == "expirations"
                                     ? wire::print(wire::ExpirationRequest{pass.proof()})
                                 : std::string(route) == "challenge-failures"
                                     ? wire::print(wire::ChallengeFailureRequest{
                                           pass.proof(), SignerId("s2-booth-1"), "x",
                                           live.signature("s2-desk-1", events::Incident{"x"})})
                                     : wire::print(pass.proof());
        refused("403 pass-tag-wrong", [&] { return live.as("s2-desk-1").post(route, body); });
    }
}

// The form of a request.

TEST_F(RouteAttack, WriteWithoutItsTypeIsRefused) {
    const std::string before = live.state();
    for_each_write([&](const Route& route, Line& line) {
        net::HttpRequest wrong = request_of(route);
        for (const std::string type : {"", "text/plain", "application/x-www-form-urlencoded"}) {
            wrong.content_type = type;
            EXPECT_EQ(line.send(wrong).told(), "415 content-type-wrong") << type;
        }
    });
    EXPECT_EQ(live.state(), before);
}

TEST_F(RouteAttack, WriteWithoutItsIdempotencyKeyIsRefused) {
    const std::string before = live.state();
    for_each_write([&](const Route& route, Line& line) {
        net::HttpRequest wrong = request_of(route);
        wrong.idempotency_key = "";
        EXPECT_EQ(line.send(wrong).told(), "400 idempotency-key-missing");
        wrong.idempotency_key = std::string(65, 'x');
        EXPECT_EQ(line.send(wrong).told(), "400 idempotency-key-invalid");
    });
    EXPECT_EQ(live.state(), before);
}

TEST_F(RouteAttack, BodyBeyondItsRouteIsCutOff) {
    const std::string before = live.state();
    for_each_write([&](const Route& route, Line& line) {
        net::HttpRequest large = request_of(route);
        large.body = std::string(std::max<std::size_t>(route.body_limit, 4096) + 1, ' ');
        EXPECT_EQ(line.send(std::move(large)).told(), "413 body-too-large");
    });
    EXPECT_EQ(live.state(), before);
}

TEST_F(RouteAttack, BodyThatIsNoMessageIsRefused) {
    const std::string before = live.state();
    const std::pair<std::string, std::string> bodies[] = {
        {R"({"a":1,"a":1})", "400 json-duplicate-key"},
        {R"({"a":1.5})", "400 json-"},
        {R"({"a":)", "400 json-"},
        {"\xff\xfe", "400 json-"},
        {std::string(200, '['), "400 json-"},
        {"", "4"},
        {R"({"unknown":1})", "422 "},
    };
    for_each_write([&](const Route& route, Line& line) {
        if (route.body_type != "application/json") return;
        for (const auto& [body, told] : bodies) {
            net::HttpRequest wrong = request_of(route);
            wrong.idempotency_key = to_hex(SystemRandom().bytes<8>());
            wrong.body = body;
            EXPECT_THAT(line.send(wrong).told(), testing::StartsWith(told)) << body;
        }
    });
    EXPECT_EQ(live.state(), before);
}

// What was made for another election, where the same people hold the same keys and the same passes are good.

class TwinAttack : public AttackTest {
  protected:
    LiveElection twin_{live_definition().id("twin"), {.voters = 12, .server = live.server()}};
};

TEST_F(TwinAttack, ActsOfAnotherElectionAreRefused) {
    const events::Content content = events::Incident{"x"};
    refused("403 signature-root",
            [&] { return live.sign("official-1", content, twin_.signature("official-1", content)); });
    refused("422 signature-wrong", [&] {
        return live.sign("official-1", content, twin_.signature("official-1", content, live.view()));
    });
}

TEST_F(TwinAttack, BallotsOfAnotherElectionAreRefused) {
    const LivePass pass = live.unissued_pass(1);
    const std::string theirs = twin_.submission(pass, twin_.encrypt(pass).body());
    EXPECT_TRUE(twin_.as("s1-booth-1").post("booth/submissions", theirs).ok());
    refused("422 ballot-challenge-sum",
            [&] { return live.as("s1-booth-1").post("booth/submissions", theirs); });
}

TEST_F(TwinAttack, VoidsOfAnotherElectionAreRefused) {
    const LivePass pass = live.check_in(1);
    const events::PassVoided content{StationId("s1"), pass.t};
    for (const events::LogView& view : {twin_.view(), live.view()}) {
        const wire::VoidRequest request{live.voter(1), pass.proof(),
                                        twin_.signature("s1-desk-1", content, view)};
        refused(view == live.view() ? "422 signature-wrong" : "403 signature-root",
                [&] { return live.as("s1-desk-1").post("voids", wire::print(request)); });
    }
}

TEST_F(TwinAttack, SharesOfAnotherElectionAreRefused) {
    twin_.vote(1);
    live.vote(1);
    twin_.close_polls();
    live.close_polls();
    const auto theirs = twin_.shares(1).at(0);
    refused("422 share-proof", [&] { return live.sign("trustee-1", theirs); });
    refused("422 share-proof",
            [&] { return live.sign("trustee-1", theirs, twin_.signature("trustee-1", theirs)); });
}

// The same request again.

class ReplayAttack : public AttackTest {
  protected:
    // Sends it with that key, again with it, and with another one: changes nothing after the first time.
    void repeated(const std::string& who, const std::string& path, const std::string& body,
                  const std::string& again, const std::string& with_another_key) {
        SCOPED_TRACE(path);
        const Answer first = live.as(who).post(path, body, "key-of-" + path);
        ASSERT_TRUE(first.ok()) << first.body;
        refused(again, [&] {
            const Answer second = live.as(who).post(path, body, "key-of-" + path);
            EXPECT_TRUE(path == "acts" || second.body == first.body) << second.body;
            return second;
        });
        refused(with_another_key, [&] { return live.as(who).post(path, body); });
    }
};

TEST_F(ReplayAttack, RepeatedRequestsCountOnce) {
    const auto request = pass::PassRequest::random(*std::make_unique<SystemRandom>());
    repeated("s1-desk-1", "check-ins", wire::print(wire::CheckInRequest{live.voter(9), request.blinded()}),
             "200", "200");
    const LivePass pass = live.check_in(1), tested = live.check_in(2), left = live.check_in(3),
                   unused = live.check_in(4);
    auto sealed = live.encrypt(pass);
    repeated("s1-booth-1", "booth/submissions", live.submission(pass, sealed.body()), "200", "200");
    repeated("s1-booth-1", "booth/casts", LiveElection::cast(pass, std::move(sealed)), "200", "200");
    auto opened = live.encrypt(tested);
    ASSERT_TRUE(live.submit(tested, opened).ok());
    repeated("s1-booth-1", "booth/challenges", LiveElection::challenge(tested, std::move(opened)), "200",
             "200");
    ASSERT_TRUE(live.submit(left, live.encrypt(left)).ok());
    repeated("s1-desk-1", "expirations", wire::print(wire::ExpirationRequest{left.proof()}), "200",
             "409 no-open-submission");
    repeated("s1-desk-1", "voids", live.void_of(4, unused), "200", "200");
}

TEST_F(ReplayAttack, ActIsSignedOnce) {
    const events::Content content = events::Incident{"x"};
    const std::string proposal =
        wire::print(wire::ActRequest{content, live.signature("official-1", content)});
    const std::string confirmation =
        wire::print(wire::ActRequest{content, live.signature("official-2", content)});
    repeated("official-1", "acts", proposal, "200", "409 act-signed-already");
    repeated("official-2", "acts", confirmation, "200", "403 signature-repeated");
}

TEST_F(ReplayAttack, KeyOfOneRequestIsNoKeyForAnother) {
    const LivePass first = live.check_in(1), second = live.check_in(2);
    Line& booth = live.as("s1-booth-1");
    ASSERT_TRUE(
        booth.post("booth/submissions", live.submission(first, live.encrypt(first).body()), "k").ok());
    refused("409 idempotency-key-reused", [&] {
        return booth.post("booth/submissions", live.submission(second, live.encrypt(second).body()), "k");
    });
    EXPECT_TRUE(live.as("s1-booth-2")
                    .post("booth/submissions", live.submission(second, live.encrypt(second).body()), "k")
                    .ok());
}

}  // namespace
}  // namespace stimme::test
