// Answers that are none: cut off, no JSON, a member twice, one too many, a number out of range. Each program
// says which route it was and ends with exit code 4; none crashes, none takes the half for the whole.
#include "core/pass/pass_text.h"
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

struct Spoiling {
    const char* name;
    std::function<void(std::string&)> spoil;
};

std::vector<Spoiling> spoilings() {
    return {{"empty", [](std::string& body) { body.clear(); }},
            {"cut off", [](std::string& body) { body.resize(body.size() / 2); }},
            {"no JSON", [](std::string& body) { body = "<html>busy</html>"; }},
            {"an array", [](std::string& body) { body = "[" + body + "]"; }},
            {"a member twice", [](std::string& body) { body.insert(1, R"("twice":1,"twice":1,)"); }},
            {"a member too many", [](std::string& body) { body.insert(1, R"("aa":1,)"); }},
            {"a number out of range", [](std::string& body) { body = R"({"count":9007199254740993})"; }},
            {"half a character", [](std::string& body) { body.insert(1, "\"\xC3\":1,"); }},
            {"too deep", [](std::string& body) { body = std::string(10'000, '['); }}};
}

struct Asking {
    std::string who;
    std::vector<std::string> words;
    std::string route;  // as the error names it
};

TEST(AnswersThatAreNone, AreNamedWithTheirRoute) {
    LiveElection live;
    LyingServer server(live);
    const LivePass pass = live.check_in(1);
    const std::string text = pass::write_pass({pass.t, pass.tag});
    const std::vector<Asking> askings{
        {"s1-desk-1", {"desk", "find", "Name"}, "GET voters"},
        {"s1-desk-1", {"desk", "pass-state", text}, "POST pass-states"},
        {"s1-desk-1", {"desk", "close"}, "GET acts/drafts/station-closed"},
        {"official-1", {"election", "pending"}, "GET acts"},
        {"official-1", {"roll", "status"}, "GET roll"},
        {"official-1", {"roll", "find", "Name"}, "GET voters"},
        {"official-1", {"roll", "strike", live.voter(9), "--reason", "moved"}, "POST roll/strikes"},
    };
    for (const Asking& asking : askings) {
        for (const Spoiling& spoiling : spoilings()) {
            server.be_honest();
            server.edit(asking.route, spoiling.spoil);
            const Ran ran = server.run(asking.who, asking.words);
            EXPECT_EQ(ran.told(), "4 answer-malformed") << asking.route << ": " << spoiling.name << ran.err;
            const std::string route = asking.route.substr(asking.route.find(' ') + 1);
            EXPECT_TRUE(ran.says(route)) << asking.route << ": " << spoiling.name << ran.err;
        }
    }
}

TEST(AnswersThatAreNone, AreNoCeremony) {
    LiveElection live(live_definition(), {.phase = election::Phase::draft});
    LyingServer server(live);
    for (const Spoiling& spoiling : spoilings()) {
        if (std::string(spoiling.name) == "a member too many") continue;  // this answer may grow
        server.be_honest();
        server.edit("GET ceremony", spoiling.spoil);
        const Ran ran = server.run("trustee-1", {"trustee", "status"});
        EXPECT_EQ(ran.told(), "4 answer-malformed") << spoiling.name << ran.err;
        EXPECT_TRUE(ran.says("ceremony"));
    }
}

TEST(AnswersThatAreNone, AreNoDefinition) {
    LiveElection live;
    LyingServer server(live);
    for (const Spoiling& spoiling : spoilings()) {
        server.be_honest();
        server.edit("GET record/definition.json", spoiling.spoil);
        EXPECT_EQ(server.run("official-1", {"election", "status"}).code, 4) << spoiling.name;
    }
}

TEST(AnswersThatAreNone, AreNoProblemEither) {
    LiveElection live;
    LyingServer server(live);
    server.lie("GET acts", [](const net::Request&, net::Response& response) {
        response.status = 409;
        response.content_type = "application/problem+json";
        response.body = std::string(R"({"type":"urn:\u001b[31m","detail":7})");
    });
    EXPECT_EQ(server.run("official-1", {"election", "pending"}).told(), "1 http-409");
}

}  // namespace
}  // namespace stimme::test
