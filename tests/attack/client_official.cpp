// Officials who are shown something else than what follows from the record: the real `stimme election`.
#include "server/service/acts/election.h"
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

struct LiesToOfficials : testing::Test {
    std::string official(const std::vector<std::string>& words, LyingServer& server) {
        return server.run("official-1", words).told();
    }
    // Text of the answer, wherever it stands.
    static LyingServer& replace(LyingServer& server, const std::string& route, const std::string& from,
                                const std::string& to) {
        return server.edit(route, [=](std::string& body) {
            const auto at = body.find(from);
            ASSERT_NE(at, std::string::npos) << body;
            body.replace(at, from.size(), to);
        });
    }
};

struct BeforeTheSeal : LiesToOfficials {
    LiveElection live{live_definition(), {.phase = election::Phase::draft}};
    LyingServer server{live};

    void SetUp() override {
        live.hold_ceremony();
        ASSERT_TRUE(live.import_roll().ok());
    }
};

TEST_F(BeforeTheSeal, AnotherKeyIsNotSealed) {
    replace(server, "GET acts/drafts/election-sealed", to_hex(live.known().h_e), std::string(64, 'a'));
    EXPECT_EQ(official({"election", "seal"}, server).substr(0, 1), "4");
    EXPECT_EQ(live.log_size(), 0U);
}

TEST_F(BeforeTheSeal, AnotherDefinitionIsNotSealed) {
    replace(server, "GET acts/drafts/election-sealed", to_hex(live.known().definition.hash()),
            std::string(64, 'a'));
    EXPECT_NE(official({"election", "seal"}, server).substr(0, 1), "0");
}

TEST_F(BeforeTheSeal, AStationWithoutItsPassKeyIsNotSealed) {
    auto sealed = std::get<events::ElectionSealed>(live.draft("election-sealed"));
    sealed.pass_keys.pop_back();
    server.answer("GET acts/drafts/election-sealed", wire::print(wire::DraftAnswer{sealed}));
    EXPECT_EQ(official({"election", "seal"}, server), "4 act-differs");
}

TEST_F(BeforeTheSeal, AnActOfAnotherTypeIsNotSigned) {
    server.answer("GET acts/drafts/election-sealed",
                  wire::print(wire::DraftAnswer{events::Cancelled{"because"}}));
    EXPECT_EQ(official({"election", "seal"}, server), "4 act-differs");
}

struct DuringThePolls : LiesToOfficials {
    LiveElection live;
    LyingServer server{live};

    // What waits for signatures, as the server says.
    void let_wait(const events::Content& content) {
        const wire::PendingAct act{content, {live.signature("official-2", content)}};
        server.answer("GET acts", wire::print(wire::PendingActs{{act}}));
    }
    Ran confirm(const std::string& answer) {
        return server.run("official-1", {"election", "confirm"}, answer + "\n");
    }
};

TEST_F(DuringThePolls, WhatTheServerInventsIsShownAndNotSignedUnread) {
    let_wait(events::Cancelled{"the server wants it"});
    const Ran ran = confirm("no");
    EXPECT_EQ(ran.told(), "1 not-confirmed");
    EXPECT_TRUE(ran.says("Cancel the election, for good"));
    EXPECT_EQ(live.as("official-1").get("acts").body.find("cancelled"), std::string::npos);
}

TEST_F(DuringThePolls, NoAnswerIsNoYes) {
    let_wait(events::Cancelled{"the server wants it"});
    EXPECT_EQ(server.run("official-1", {"election", "confirm"}).told(), "1 not-confirmed");
}

TEST_F(DuringThePolls, AnActThatCannotFollowIsNotSigned) {
    let_wait(events::Certified{});
    EXPECT_EQ(confirm("yes").told(), "1 entry-out-of-phase");
}

TEST_F(DuringThePolls, OneOfficialAloneDoesNothing) {
    const std::uint64_t before = live.log_size();
    let_wait(events::Cancelled{"the server wants it"});
    EXPECT_EQ(confirm("yes").told(), "0");
    EXPECT_EQ(live.log_size(), before);
}

TEST_F(DuringThePolls, ASignatureStandsOnTheLogThatThisProgramVerified) {
    std::optional<wire::ActRequest> sent;
    server.lie("POST acts", [&](const net::Request& request, net::Response&) {
        sent = *wire::parse<wire::ActRequest>(request.body);
    });
    EXPECT_EQ(official({"election", "incident", "--reason", "rain"}, server), "0");
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->signature.size, live.view().size);
    EXPECT_EQ(sent->signature.root, live.view().root);
}

TEST_F(DuringThePolls, NothingIsSignedOnAForkedLog) {
    live.vote(1);
    EXPECT_EQ(official({"election", "status"}, server), "0");
    const auto log = std::make_shared<OtherLog>(live);
    log->replace(1, events::Incident{"something else"});
    server.show(log);
    EXPECT_EQ(official({"election", "incident", "--reason", "rain"}, server), "4 log-forked");
}

TEST_F(DuringThePolls, StrikingAVoterSignsNothingElse) {
    server.answer("POST roll/strikes", wire::print(wire::DraftAnswer{events::Cancelled{"moved away"}}));
    EXPECT_EQ(official({"roll", "strike", live.voter(5), "--reason", "moved away"}, server), "4 act-differs");
}

TEST_F(DuringThePolls, StrikingAVoterStrikesNobodyElse) {
    replace(server, "GET roll/leaves/*", "\"" + live.voter(5) + "\"", "\"" + live.voter(6) + "\"");
    EXPECT_EQ(official({"roll", "strike", live.voter(5), "--reason", "moved away"}, server), "4 act-differs");
}

TEST_F(DuringThePolls, OtherCountsAtTheCloseAreNotSigned) {
    live.vote(1);
    live.vote(2);
    live.close_station("s1");
    live.close_station("s2");
    replace(server, "GET acts/drafts/polls-closed", "\"count\":2", "\"count\":3");
    EXPECT_EQ(official({"election", "close"}, server), "4 act-differs");
}

TEST_F(DuringThePolls, OtherPassSecretsAreNotSigned) {
    live.vote(1);
    live.close_station("s1");
    live.close_station("s2");
    const auto secret = to_hex(live.known().pass_key("s1", "standard").bytes().reveal());
    const auto other = to_hex(live.known().pass_key("s2", "standard").bytes().reveal());
    replace(server, "GET acts/drafts/polls-closed", secret, other);
    EXPECT_EQ(official({"election", "close"}, server), "4 act-differs");
}

struct AfterThePolls : DuringThePolls {
    void SetUp() override {
        live.vote(1, {{1, 1, 0, 0}});
        live.vote(2, {{0, 1, 0, 0}});
        live.close_polls();
    }
};

TEST_F(AfterThePolls, ATallyWithOtherTotalsIsNotSigned) {
    live.send_shares(1);
    live.send_shares(2);
    replace(server, "GET acts/drafts/tally", "\"totals\":[1,2,0,0]", "\"totals\":[2,1,0,0]");
    EXPECT_EQ(official({"election", "tally"}, server), "4 act-differs");
    server.be_honest();
    EXPECT_EQ(official({"election", "tally"}, server), "0");
}

TEST_F(AfterThePolls, AResultWithOtherSeatsIsNotSigned) {
    live.tally();
    replace(server, "GET acts/drafts/result", "\"elected\":[\"c02\"]", "\"elected\":[\"c01\"]");
    EXPECT_EQ(official({"election", "result"}, server), "4 act-differs");
}

TEST_F(AfterThePolls, AnActChangedOnItsWayIsSeenBeforeItIsSigned) {
    ASSERT_EQ(official({"election", "incident", "--reason", "a fire"}, server), "0");
    replace(server, "GET acts", "a fire", "a flood");
    const Ran shown = server.run("official-2", {"election", "confirm"}, "no\n");
    EXPECT_EQ(shown.told(), "1 not-confirmed");
    EXPECT_TRUE(shown.says("a flood")) << shown.out;
    // Signed nevertheless, it is another act than the one that was proposed, and nothing is logged.
    const std::uint64_t before = live.log_size();
    EXPECT_EQ(server.run("official-2", {"election", "confirm"}, "yes\n").told(), "0");
    EXPECT_EQ(live.log_size(), before);
}

// A server that shows one official's figures, or others, to the next one: nobody can confirm them, only
// count.
TEST_F(AfterThePolls, ACountIsNeverConfirmedOnlyEntered) {
    const std::vector<std::string> batches{"election", "paper-batches", "--contest",
                                           "board",    "--batch",       "city=5"};
    const std::vector<std::string> count{"election", "paper-count", "--contest", "board",
                                         "--group",  "city",        "--ballots", "5",
                                         "--total",  "c01=4",       "--total",   "invalid=1"};
    ASSERT_EQ(official(batches, server), "0");
    ASSERT_EQ(server.run("official-2", batches).told(), "0");
    ASSERT_EQ(official(count, server), "0");
    let_wait(paper_count(5, {0, 4, 0, 1}));
    EXPECT_EQ(server.run("official-2", {"election", "confirm", "--yes"}).told(), "1 nothing-pending");
}

TEST_F(AfterThePolls, CountsThatDifferAreLaidSideBySide) {
    const auto enter = [&](const std::string& who, const std::string& first) {
        return server.run(who, {"election", "paper-count", "--contest", "board", "--group", "city",
                                "--ballots", "5", "--total", "c01=" + first, "--total", "invalid=1"});
    };
    for (const std::string who : {"official-1", "official-2"}) {
        const Ran early =
            server.run(who, {"election", "paper-batches", "--contest", "board", "--batch", "city=5"});
        ASSERT_EQ(early.told(), "0") << early.err;
    }
    const std::uint64_t size = live.log_size();
    EXPECT_EQ(enter("official-1", "4").told(), "0");
    const Ran refused =
        server.run("official-2", {"election", "paper-count", "--contest", "board", "--group", "city",
                                  "--ballots", "5", "--total", "c02=4", "--total", "invalid=1"});
    EXPECT_EQ(refused.told(), "1 counts-differ");
    EXPECT_TRUE(refused.says("official-1")) << refused.out;
    EXPECT_EQ(live.log_size(), size);
    const Ran agreed = enter("official-2", "4");
    EXPECT_EQ(agreed.told(), "0");
    EXPECT_EQ(live.log_size(), size + 1);
}

TEST_F(AfterThePolls, ACertificationShowsWhatIsCertified) {
    live.tally();
    live.result();
    const Ran ran = server.run("official-1", {"election", "certify"});
    EXPECT_EQ(ran.told(), "0");
    EXPECT_TRUE(ran.says("elected: ")) << ran.out;
}

TEST_F(AfterThePolls, NoResultFollowsACertification) {
    live.finish();
    const auto result = std::get<events::ElectionResult>(live.inside().log().read(
        [](const auto& state, const auto&) -> events::Content { return *state.result(); }));
    let_wait(result);
    EXPECT_EQ(confirm("yes").told(), "1 entry-out-of-phase");
}

}  // namespace
}  // namespace stimme::test
