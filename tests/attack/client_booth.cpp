// What a dishonest server may say to a booth: nothing of it may look like a ballot that counts.
#include <fmt/format.h>

#include "core/base/file.h"
#include "core/pass/pass_text.h"
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

struct LiesToTheBooth : testing::Test {
    LiveElection live;
    LyingServer server{live};

    // The answer to a cast, made from a log that the server made up.
    void answer_casts_from(const std::function<void(OtherLog&)>& change) {
        server.lie("POST booth/casts", [this, change](const net::Request&, net::Response& response) {
            OtherLog log(live);
            change(log);
            response.status = 200;
            response.content_type = "application/json";
            response.body = wire::print(wire::CastAnswer{log.size() - 1, log.receipt(log.size() - 1)});
        });
    }
    static events::BallotCast cast_of(const OtherLog& log) {
        return std::get<events::BallotCast>(log.entry(log.size() - 1).content);
    }
    std::string refused_submission(const std::string& member, json::Value value) {
        server.change("POST booth/submissions", member, std::move(value));
        return BoothAtWork(server).submit();
    }
    std::vector<std::string> vote(const LivePass& pass, const std::filesystem::path& receipt) {
        return {"booth",     "vote",          "--pass", pass::write_pass({pass.t, pass.tag}),
                "--choices", "c01",           "--then", "cast",
                "--receipt", receipt.string()};
    }
};

TEST_F(LiesToTheBooth, TheTruthIsBelieved) {
    BoothAtWork first(server, 1), second(server, 2);
    EXPECT_EQ(first.submit(), "");
    EXPECT_EQ(first.cast(), "");
    EXPECT_EQ(second.submit(), "");
    EXPECT_EQ(second.test(), "");
}

TEST_F(LiesToTheBooth, AnotherTrackingCodeIsRefused) {
    EXPECT_EQ(refused_submission("tracking_code", std::string(64, 'a')), "tracking-code-differs");
}

TEST_F(LiesToTheBooth, ASubmissionThatIsNotInTheLogIsRefused) {
    EXPECT_EQ(refused_submission("index", 1'000'000), "entry-not-in-log");
}

TEST_F(LiesToTheBooth, TheEntryOfAnotherBallotIsNoSubmission) {
    live.vote(2);
    EXPECT_EQ(refused_submission("index", live.log_size() - 2), "entry-not-in-log");
}

TEST_F(LiesToTheBooth, AnOldAnswerIsNoSubmission) {
    BoothAtWork first(server, 1), second(server, 2);
    server.repeat_the_first("POST booth/submissions");
    EXPECT_EQ(first.submit(), "");
    EXPECT_EQ(second.submit(), "tracking-code-differs");
}

TEST_F(LiesToTheBooth, ASubmissionCalledRefusedIsNeverCountedTwice) {
    server.refuse("POST booth/submissions", 409, "pass-tag-wrong");
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "pass-tag-wrong");
    server.be_honest();
    EXPECT_EQ(server.run("s1-booth-1", vote(booth.pass, server.folder("") / "receipt")).told(),
              "1 submission-open");
    const std::string pass = pass::write_pass({booth.pass.t, booth.pass.tag});
    EXPECT_EQ(server.run("s1-desk-1", {"desk", "expire", pass}).told(), "0");
    EXPECT_EQ(server.run("s1-booth-1", vote(booth.pass, server.folder("") / "receipt")).told(), "0");
    live.finish();
    EXPECT_TRUE(live.verify().report.complete());
}

TEST_F(LiesToTheBooth, ABallotIsCalledEndedOnlyWhereTheLogProvesIt) {
    BoothAtWork lied_to(server, 1), ended(server, 2);
    EXPECT_EQ(lied_to.submit(), "");
    EXPECT_EQ(ended.submit(), "");
    server.refuse("POST booth/casts", 409, "no-open-submission");
    EXPECT_EQ(lied_to.cast(), "no-open-submission");
    EXPECT_TRUE(std::get<booth::Stopped>(lied_to.visit.state()).perhaps_cast);
    server.be_honest();
    live.as("s1-desk-1").post("expirations", wire::print(wire::ExpirationRequest{ended.pass.proof()}));
    EXPECT_EQ(ended.cast(), "ballot-expired");
    EXPECT_FALSE(std::get<booth::Stopped>(ended.visit.state()).perhaps_cast);
}

TEST_F(LiesToTheBooth, OneBallotsReceiptIsGoodForOnePassOnly) {
    BoothAtWork first(server, 1), second(server, 2);
    server.repeat_the_first("POST booth/casts");
    EXPECT_EQ(first.submit(), "");
    EXPECT_EQ(first.cast(), "");
    EXPECT_EQ(second.submit(), "");
    EXPECT_EQ(second.cast(), "receipt-other-ballot");
}

TEST_F(LiesToTheBooth, AReceiptUnderAForgedKeyIsRefused) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    server.lie("POST booth/casts", [this](const net::Request&, net::Response& response) {
        OtherLog log(live);
        log.sign_as_a_stranger();
        response.body = wire::print(wire::CastAnswer{log.size() - 1, log.receipt(log.size() - 1)});
    });
    EXPECT_EQ(booth.cast(), "checkpoint-unsigned");
}

TEST_F(LiesToTheBooth, AReceiptFromAForkedLogIsRefusedAndKeptAsEvidence) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    answer_casts_from([](OtherLog& log) { log.replace(1, events::Incident{"a log that forked"}); });
    EXPECT_EQ(booth.cast(), "consistency-root");
    EXPECT_TRUE(std::get<booth::Stopped>(booth.visit.state()).perhaps_cast);
    EXPECT_TRUE(std::filesystem::exists(booth.session.folder().file("refused-checkpoint")));
}

TEST_F(LiesToTheBooth, AReceiptForAnotherCastSecretIsRefused) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    answer_casts_from([](OtherLog& log) {
        auto cast = cast_of(log);
        cast.x[0] ^= 1;
        log.replace(log.size() - 1, cast);
    });
    EXPECT_EQ(booth.cast(), "receipt-other-secret");
}

TEST_F(LiesToTheBooth, AReceiptForAnotherPassIsRefused) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    answer_casts_from([](OtherLog& log) {
        auto cast = cast_of(log);
        cast.t[0] ^= 1;
        log.replace(log.size() - 1, cast);
    });
    EXPECT_EQ(booth.cast(), "receipt-other-pass");
}

TEST_F(LiesToTheBooth, AReceiptForAnotherPlaceIsRefused) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    server.change("POST booth/casts", "index", 1);
    EXPECT_EQ(booth.cast(), "receipt-other-place");
}

TEST_F(LiesToTheBooth, ACastThatIsOnlyInAnInventedLogIsRefused) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    live.as("s1-desk-1").post("expirations", wire::print(wire::ExpirationRequest{booth.pass.proof()}));
    server.lie("POST booth/casts", [this](const net::Request& request, net::Response& response) {
        const auto asked = *wire::parse<wire::CastRequest>(request.body);
        OtherLog log(live);
        log.append(events::BallotCast{StationId("s1"), asked.t, asked.tracking_code, asked.x});
        response.status = 200;
        response.body = wire::print(wire::CastAnswer{log.size() - 1, log.receipt(log.size() - 1)});
    });
    EXPECT_EQ(booth.cast(), "tile-missing");
}

TEST_F(LiesToTheBooth, ATestThatIsNotInTheLogIsRefused) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    server.change("POST booth/challenges", "index", 0);
    EXPECT_EQ(booth.test(), "entry-not-in-log");
}

TEST_F(LiesToTheBooth, ATestIsNotCalledFailedAgainstTheLog) {
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    server.change("POST booth/challenges", "reproduced", false);
    EXPECT_EQ(booth.test(), "entry-not-in-log");
}

TEST_F(LiesToTheBooth, ABallotThatDoesNotExistIsNotShown) {
    server.change("POST booth/passes", "style", "of-somebody-else");
    EXPECT_EQ(BoothAtWork(server).submit(), "style-unknown");
}

TEST_F(LiesToTheBooth, AnotherDefinitionIsRefusedEverAfter) {
    const LivePass pass = live.check_in(1);
    EXPECT_EQ(server.run("s1-desk-1", {"desk", "pass-state", "x"}).code, 2);
    EXPECT_EQ(server.run("s1-booth-1", vote(pass, server.folder("") / "receipt")).told(), "0");
    server.answer("GET record/definition.json",
                  live_definition().set("min_ballots", 2).build().definition.canonical());
    EXPECT_EQ(server.run("s1-booth-1", vote(pass, server.folder("") / "receipt")).told(),
              "4 definition-differs");
}

TEST_F(LiesToTheBooth, TheProgramSaysNothingOfACastThatIsNotProven) {
    server.change("POST booth/casts", "index", 1);
    const auto receipt = server.folder("") / "receipt";
    const Ran ran = server.run("s1-booth-1", vote(live.check_in(1), receipt));
    EXPECT_EQ(ran.told(), "4 receipt-other-place");
    EXPECT_FALSE(ran.says("Your ballot is cast"));
    EXPECT_TRUE(ran.says("let the desk look at the pass"));
    EXPECT_FALSE(std::filesystem::exists(receipt));
}

TEST_F(LiesToTheBooth, AnAnswerThatCannotBeReadIsNamedWithItsRoute) {
    server.edit("POST booth/casts", [](std::string& body) { body.resize(body.size() / 2); });
    BoothAtWork booth(server);
    EXPECT_EQ(booth.submit(), "");
    EXPECT_EQ(booth.cast(), "answer-malformed");
    EXPECT_NE(std::get<booth::Stopped>(booth.visit.state()).error.message.find("booth/casts"),
              std::string::npos);
}

}  // namespace
}  // namespace stimme::test
