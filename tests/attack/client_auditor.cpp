// What a dishonest server may serve to auditors and voters: the real `stimme verify` and `stimme receipt`.
#include "core/base/file.h"
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

namespace fs = std::filesystem;

struct LiesToAuditors : testing::Test {
    LiveElection live;
    LyingServer server{live};
    fs::path folder = server.folder("") / "record";

    Ran verify(std::vector<std::string> more = {}) {
        std::vector<std::string> words{"verify",   server.url(),   "--ca", live.server()->ca().string(),
                                       "--record", folder.string()};
        words.insert(words.end(), more.begin(), more.end());
        return server.run("", words);
    }
    std::string write(const std::string& name, const std::string& text) {
        const fs::path file = server.folder("") / name;
        EXPECT_TRUE(write_file(file, as_bytes(text)));
        return file.string();
    }
    bool has_record() const { return fs::exists(folder / "checkpoint"); }
};

struct LiesAboutARecord : LiesToAuditors {
    void SetUp() override {
        live.vote(1, {{1, 1, 0, 0}});
        live.vote(2, {{0, 1, 0, 0}});
        live.finish();
    }
    // Refused with exit code 4, nothing that looks whole is left, and the truth is still taken afterwards.
    void expect_refused_then_verified(const std::string& code) {
        const Ran ran = verify();
        EXPECT_EQ(ran.told(), "4 " + code) << ran.err;
        EXPECT_FALSE(has_record());
        EXPECT_EQ(server.run("", {"verify", folder.string()}).told(), "2 record-missing");
        server.be_honest();
        EXPECT_EQ(verify({"--election", to_hex(live.known().h_e)}).told(), "0");
    }
    // Mirrored, and then found wrong by that check.
    void expect_failed(const std::string& check) {
        const Ran ran = verify();
        EXPECT_EQ(ran.told(), "4 record-wrong") << ran.err;
        EXPECT_TRUE(ran.says(check)) << ran.out;
    }
};

TEST_F(LiesAboutARecord, TheTruthIsVerified) {
    EXPECT_EQ(verify({"--election", to_hex(live.known().h_e)}).told(), "0");
}

TEST_F(LiesAboutARecord, AMissingFileIsNoRecord) {
    server.refuse("GET record/tags", 404, "file-missing");
    expect_refused_then_verified("record-file-missing");
}

TEST_F(LiesAboutARecord, AMissingTileIsNoRecord) {
    server.refuse("GET record/tile/entries/*", 404, "tile-missing");
    expect_refused_then_verified("record-file-missing");
}

TEST_F(LiesAboutARecord, ATileThatIsCutOffIsNoRecord) {
    server.edit("GET record/tile/entries/*", [](std::string& body) { body.resize(body.size() - 1); });
    expect_refused_then_verified("bundle-truncated");
}

TEST_F(LiesAboutARecord, ACheckpointThatIsNoneIsNoRecord) {
    server.answer("GET record/checkpoint", "<html>");
    EXPECT_EQ(verify().code, 4);
    EXPECT_FALSE(has_record());
}

TEST_F(LiesAboutARecord, AnElectionAsBigAsTheWorldIsNotFetched) {
    const log::Checkpoint huge{live.definition().log.origin, (std::uint64_t{1} << 53) - 1, {}};
    server.answer("GET record/checkpoint", log::sign_checkpoint(huge, live.known().log_key).text);
    expect_refused_then_verified("record-too-large");
}

TEST_F(LiesAboutARecord, AFileThatDoesNotEndIsNotRead) {
    server.answer("GET record/tags", std::string((std::size_t{64} << 20) + 1, '0'));
    expect_refused_then_verified("answer-too-large");
}

TEST_F(LiesAboutARecord, NoMoreOfABallotFileIsReadThanItMayHave) {
    server.lie("GET record/ballots/*", [](const net::Request&, net::Response& response) {
        response.status = 206;
        response.body = std::string(std::size_t{5} << 20, '0');
    });
    expect_refused_then_verified("answer-too-large");
}

TEST_F(LiesAboutARecord, AServerWithoutRangesIsReadNoFurtherThanNeeded) {
    server.lie("GET record/ballots/*", [](const net::Request&, net::Response& response) {
        response.status = 200;
        response.body = text_of(response) + std::string(std::size_t{20} << 20, '0');
    });
    EXPECT_EQ(verify().told(), "0");
    EXPECT_LT(fs::file_size(folder / "ballots/city/standard"), std::size_t{1} << 20);
}

TEST_F(LiesAboutARecord, ARedirectionIsNotFollowed) {
    server.lie("GET record/tags", [](const net::Request&, net::Response& response) {
        response.status = 302;
        response.headers.emplace_back("Location", "https://127.0.0.1:1/");
    });
    EXPECT_EQ(verify().told(), "3 http-302");
    EXPECT_FALSE(has_record());
}

TEST_F(LiesAboutARecord, AServerThatFailsIsAskedAgainLater) {
    server.refuse("GET record/participation", 503, "overloaded");
    EXPECT_EQ(verify().told(), "3 overloaded");
    EXPECT_FALSE(has_record());
}

TEST_F(LiesAboutARecord, AChangedBallotFails) {
    server.edit("GET record/ballots/*", [](std::string& body) { body[100] ^= 1; });
    expect_failed("V6.2");
}

TEST_F(LiesAboutARecord, AChangedParticipationFails) {
    server.edit("GET record/participation", [](std::string& body) { body[5] ^= 1; });
    expect_failed("V8.1");
}

TEST_F(LiesAboutARecord, AnotherRootFails) {
    OtherLog log(live);
    log.replace(1, events::Incident{"something else"});
    server.answer("GET record/checkpoint", log.checkpoint());
    expect_failed("V1.2");
}

TEST_F(LiesAboutARecord, ACheckpointThatAStrangerSignedFails) {
    OtherLog log(live);
    log.sign_as_a_stranger();
    server.answer("GET record/checkpoint", log.checkpoint());
    expect_failed("V1.4");
}

TEST_F(LiesAboutARecord, AnotherElectionThanAnnouncedFails) {
    const Ran ran = verify({"--election", std::string(64, 'a')});
    EXPECT_EQ(ran.told(), "4 record-wrong");
    EXPECT_TRUE(ran.says("V11.1"));
}

TEST_F(LiesAboutARecord, AForkIsExposedByACheckpointSeenEarlier) {
    OtherLog log(live);
    log.replace(1, events::Incident{"something else"}).cut(5);
    const Ran ran = verify({"--seen", write("seen", log.checkpoint())});
    EXPECT_EQ(ran.told(), "4 record-wrong");
    EXPECT_TRUE(ran.says("V11.4"));
}

TEST_F(LiesAboutARecord, AForkIsExposedByAReceipt) {
    OtherLog log(live);
    const std::uint64_t cast = 3;
    ASSERT_TRUE(std::holds_alternative<events::BallotCast>(log.entry(cast).content));
    log.replace(1, events::Incident{"something else"});
    const std::string receipt = write("receipt", log.receipt(cast));
    const std::string definition = write("definition", live.known().definition.canonical());
    EXPECT_EQ(server.run("", {"receipt", "check", receipt, "--definition", definition}).told(), "0");
    const Ran ran = verify({"--receipt", receipt});
    EXPECT_EQ(ran.told(), "4 record-wrong");
    EXPECT_TRUE(ran.says("V11.2"));
}

TEST_F(LiesAboutARecord, AReceiptThatAStrangerSignedIsNotGenuine) {
    OtherLog log(live);
    log.sign_as_a_stranger();
    const std::string receipt = write("receipt", log.receipt(3));
    const std::string definition = write("definition", live.known().definition.canonical());
    EXPECT_EQ(server.run("", {"receipt", "check", receipt, "--definition", definition}).told(),
              "4 checkpoint-unsigned");
}

TEST_F(LiesToAuditors, AMirrorKeepsItsLogAsEvidenceAgainstAFork) {
    live.vote(1);
    EXPECT_EQ(verify().told(), "4 record-incomplete");
    const auto log = std::make_shared<OtherLog>(live);
    log->replace(1, events::Incident{"something else"}).append(events::Incident{"more"});
    server.show(log);
    EXPECT_EQ(verify().told(), "4 log-forked");
    server.be_honest();
    EXPECT_EQ(verify().told(), "4 record-incomplete");
}

TEST_F(LiesToAuditors, ALogThatWentBackIsRefused) {
    live.vote(1);
    EXPECT_EQ(verify().told(), "4 record-incomplete");
    const auto log = std::make_shared<OtherLog>(live);
    log->cut(2);
    server.show(log);
    EXPECT_EQ(verify().told(), "4 record-older");
}

}  // namespace
}  // namespace stimme::test
