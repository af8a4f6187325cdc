// What a dishonest server may say to a desk: no pass is printed that isn't good, nobody is counted twice, and
// the counts at the close show the rest.
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

using Printed = std::vector<std::string>;

struct LiesToTheDesk : testing::Test {
    LiveElection live;
    LyingServer server{live};

    std::string voter(std::size_t number) const { return live.voter(number); }
    static json::Object proof(const std::string& number) {
        return {{"challenge", number}, {"response", number}};
    }
    // The answer that the holder of this pass key would give.
    void answer_with(const pass::PassKey& key) {
        server.lie("POST check-ins", [&key](const net::Request& request, net::Response& response) {
            const auto asked = *wire::parse<wire::CheckInRequest>(request.body);
            SystemRandom random;
            const auto made = *key.evaluate(asked.blinded, random);
            response.status = 200;
            response.content_type = "application/json";
            response.body = wire::print(wire::CheckInAnswer{StyleId("standard"), made.evaluated,
                                                            made.proof_challenge, made.proof_response});
        });
    }
    // A check-in under this lie: what it came to. Nothing is printed, nothing counted, all stays pending; and
    // the honest server's answer is then taken.
    std::string check_in_and_recover() {
        DeskAtWork desk(server);
        const std::string code = desk.check_in({voter(1)});
        EXPECT_EQ(desk.printed, Printed());
        EXPECT_EQ(desk.store->counts().checked_in, 0U);
        EXPECT_EQ(desk.store->check_ins().size(), 1U);
        server.be_honest();
        EXPECT_EQ(desk.resume(), "");
        EXPECT_EQ(desk.printed, Printed{"pass"});
        EXPECT_EQ(desk.store->counts().checked_in, 1U);
        return code;
    }
    Ran close(const std::string& desk = "s1-desk-1") { return server.run(desk, {"desk", "close"}); }
};

TEST_F(LiesToTheDesk, APassUnderAnotherKeyIsNotPrinted) {
    answer_with(live.known().pass_key("s2", "standard"));
    EXPECT_EQ(check_in_and_recover(), "evaluation-proof-wrong");
}

TEST_F(LiesToTheDesk, AChangedProofIsNotBelieved) {
    server.change("POST check-ins", "proof", proof(std::string(64, '0')));
    EXPECT_EQ(check_in_and_recover(), "evaluation-proof-wrong");
}

TEST_F(LiesToTheDesk, ANumberBeyondTheGroupIsNoProof) {
    server.change("POST check-ins", "proof", proof(std::string(64, 'f')));
    EXPECT_EQ(check_in_and_recover(), "scalar-not-canonical");
}

TEST_F(LiesToTheDesk, APointOffTheCurveIsNoPass) {
    server.change("POST check-ins", "evaluated", "02" + std::string(64, 'f'));
    EXPECT_EQ(check_in_and_recover(), "point-not-canonical");
}

TEST_F(LiesToTheDesk, AStyleWithoutAKeyIsRefused) {
    server.change("POST check-ins", "style", "invented");
    EXPECT_EQ(check_in_and_recover(), "style-unknown");
}

TEST_F(LiesToTheDesk, TheAnswerForAnotherVoterIsNoPass) {
    server.repeat_the_first("POST check-ins");
    DeskAtWork desk(server);
    EXPECT_EQ(desk.check_in({voter(1), voter(2)}), "evaluation-proof-wrong");
    EXPECT_EQ(desk.printed, Printed{"pass"});
    EXPECT_EQ(desk.store->counts().checked_in, 1U);
}

TEST_F(LiesToTheDesk, AnAnswerThatIsCutOffIsAskedForAgain) {
    server.edit("POST check-ins", [](std::string& body) { body.resize(body.size() / 2); });
    EXPECT_EQ(check_in_and_recover(), "answer-malformed");
}

TEST_F(LiesToTheDesk, ACheckInThatIsCountedAndCalledRefusedShowsAtTheClose) {
    server.refuse("POST check-ins", 409, "already-checked-in");
    {
        DeskAtWork desk(server);
        EXPECT_EQ(desk.check_in({voter(1)}), "");
        EXPECT_EQ(desk.printed, Printed{"already-checked-in"});
    }
    EXPECT_EQ(close().told(), "1 counts-differ");
}

TEST_F(LiesToTheDesk, APassForSomebodyCheckedInAlreadyShowsAtTheClose) {
    live.check_in(1, "s1-desk-2");
    answer_with(live.known().pass_key("s1", "standard"));
    {
        DeskAtWork desk(server);
        EXPECT_EQ(desk.check_in({voter(1)}), "");
        EXPECT_EQ(desk.printed, Printed{"pass"});
    }
    EXPECT_EQ(close().told(), "1 counts-differ");
}

TEST_F(LiesToTheDesk, CountsOfTheDraftAreComparedWithTheDesksOwn) {
    EXPECT_EQ(server.run("s1-desk-1", {"desk", "check-in", voter(1)}).told(), "0");
    server.edit("GET acts/drafts/station-closed", [](std::string& body) {
        const auto at = body.find("\"checked_in\":1");
        body.replace(at, 14, "\"checked_in\":2");
    });
    EXPECT_EQ(close().told(), "1 counts-differ");
}

TEST_F(LiesToTheDesk, TheDraftOfAnotherStationIsNotSigned) {
    const auto other = live.draft("station-closed", "s2");
    server.answer("GET acts/drafts/station-closed", wire::print(wire::DraftAnswer{other}));
    EXPECT_EQ(close().told(), "4 answer-malformed");
}

TEST_F(LiesToTheDesk, APassThatTheServerStillCallsGoodIsNotCalledVoid) {
    const LivePass pass = live.check_in(1);
    const std::string text = pass::write_pass({pass.t, pass.tag});
    server.change("POST voids", "status", "unused");
    const Ran ran = server.run("s1-desk-1", {"desk", "void", "--voter", voter(1), "--pass", text});
    EXPECT_EQ(ran.told(), "4 answer-contradicted");
    EXPECT_FALSE(ran.says("Destroy"));
    server.be_honest();
    EXPECT_EQ(server.run("s1-desk-1", {"desk", "pending"}).told(), "0");
    EXPECT_EQ(DeskAtWork(server).store->counts().voided, 1U);
}

// The pass keys stand on two officials' signatures; a server that could show others to each desk could know
// each desk's voters again by their passes.
TEST_F(LiesToTheDesk, PassKeysThatNoOfficialSignedAreRefused) {
    const auto log = std::make_shared<OtherLog>(live);
    auto sealed = std::get<events::ElectionSealed>(log->entry(0).content);
    SystemRandom random;
    sealed.pass_keys[0].key = pass::PassKey::random(random).public_key();
    log->replace(0, sealed);
    server.show(log);
    EXPECT_EQ(server.run("s1-desk-1", {"desk", "check-in", voter(1)}).told(), "4 signature-wrong");
}

}  // namespace
}  // namespace stimme::test
