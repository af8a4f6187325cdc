// A server whose log has two faces, as the real programs meet it: an official's (`election status` folds all
// of it), a witness's and an auditor's.
#include "core/base/file.h"
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

struct LyingLog : testing::Test {
    LiveElection live;
    LyingServer server{live};

    void SetUp() override { live.vote(1); }
    std::shared_ptr<OtherLog> other() const { return std::make_shared<OtherLog>(live); }
    std::shared_ptr<OtherLog> forked() const {
        const auto log = other();
        log->replace(1, events::Incident{"something else"});
        return log;
    }
    std::string status() { return server.run("official-1", {"election", "status"}).told(); }
};

TEST_F(LyingLog, AForkIsRefusedAndItsCheckpointKept) {
    EXPECT_EQ(status(), "0");
    server.show(forked());
    EXPECT_EQ(status(), "4 log-forked");
    EXPECT_TRUE(std::filesystem::exists(server.folder("official-1") / "refused-checkpoint"));
    server.be_honest();
    EXPECT_EQ(status(), "0");
}

TEST_F(LyingLog, AForkThatGrewIsRefused) {
    EXPECT_EQ(status(), "0");
    const auto log = forked();
    log->append(events::Incident{"more"});
    server.show(log);
    EXPECT_EQ(status(), "4 consistency-root");
}

TEST_F(LyingLog, ALogThatWentBackIsRefused) {
    EXPECT_EQ(status(), "0");
    const auto log = other();
    log->cut(log->size() - 1);
    server.show(log);
    EXPECT_EQ(status(), "4 log-went-back");
}

TEST_F(LyingLog, ALogThatIsGoneIsRefused) {
    EXPECT_EQ(status(), "0");
    server.refuse("GET record/checkpoint", 404, "file-missing");
    EXPECT_EQ(status(), "4 log-went-back");
}

TEST_F(LyingLog, ACheckpointOfAnotherKeyIsRefused) {
    const auto log = other();
    log->sign_as_a_stranger();
    server.show(log);
    EXPECT_EQ(status(), "4 checkpoint-unsigned");
}

// Of another one with the same log key.
TEST_F(LyingLog, ACheckpointOfAnotherElectionIsRefused) {
    const LiveElection stranger(live_definition().id("other"), {.voters = 3, .server = live.server()});
    server.answer("GET record/checkpoint", OtherLog(stranger).checkpoint());
    EXPECT_EQ(status(), "4 log-root-differs");
}

TEST_F(LyingLog, ARootThatDoesNotFitTheEntriesIsRefused) {
    server.answer("GET record/checkpoint", forked()->checkpoint());
    EXPECT_EQ(status(), "4 log-root-differs");
}

TEST_F(LyingLog, AConsistencyThatIsNotShownIsRefused) {
    EXPECT_EQ(status(), "0");
    live.vote(2);
    server.refuse("GET record/tile/0/*", 404, "tile-missing");
    EXPECT_EQ(status(), "4 tile-missing");
}

TEST_F(LyingLog, AnEntryThatNobodySignedIsRefused) {
    const auto log = other();
    log->append(events::Cancelled{"because the server wants it"});
    server.show(log);
    EXPECT_EQ(status(), "4 signers-wrong");
}

TEST_F(LyingLog, TilesThatAreCutOffAreRefused) {
    server.edit("GET record/tile/*", [](std::string& body) { body.resize(body.size() - 1); });
    EXPECT_EQ(status(), "4 bundle-truncated");
}

struct WitnessedLog : testing::Test {
    LiveElection live{live_definition().witnesses(1, 1)};
    LyingServer server{live};

    std::filesystem::path witness_folder() {
        const auto folder = server.folder("") / "witness";
        const auto& member = live.definition().witnesses.at(0);
        const auto pem = live.known().witness_keys.at(0).to_pem();
        EXPECT_TRUE(write_file(folder / "witness.key", pem.reveal(), FileMode::private_file));
        EXPECT_TRUE(write_file(folder / "name", as_bytes(member.name)));
        return folder;
    }
    std::string cosign() {
        return server
            .run("", {"witness", "cosign", server.url(), "--folder", (server.folder("") / "witness").string(),
                      "--ca", live.server()->ca().string()})
            .told();
    }
};

TEST_F(WitnessedLog, AWitnessSignsNoForkAndNothingThatWentBack) {
    live.vote(1);
    witness_folder();
    EXPECT_EQ(cosign(), "0");
    const auto log = std::make_shared<OtherLog>(live);
    log->replace(1, events::Incident{"something else"});
    server.show(log);
    EXPECT_EQ(cosign(), "4 log-forked");
    server.be_honest();
    const auto shorter = std::make_shared<OtherLog>(live);
    shorter->cut(2);
    server.show(shorter);
    EXPECT_EQ(cosign(), "4 log-went-back");
}

TEST_F(WitnessedLog, ACosignatureThatIsForgedIsRefused) {
    SeededRandom random(3);
    const auto key = crypto::LogKey::random(random);
    const auto& name = live.definition().witnesses.at(0).name;
    server.edit("GET record/checkpoint", [&](std::string& note) {
        const log::Checkpoint checkpoint = *log::parse_checkpoint_body(note.substr(0, note.find("\n\n") + 1));
        std::string line = log::cosign(checkpoint, name, key, TimePoint{});
        // Under the name and the key's number of the true witness.
        const std::string mine = log::cosign(checkpoint, name, live.known().witness_keys.at(0), TimePoint{});
        const auto at = mine.rfind(' ') + 1;
        line.replace(line.rfind(' ') + 1, 5, mine.substr(at, 5));
        note += line;
    });
    EXPECT_EQ(server.run("official-1", {"election", "status"}).told(), "4 checkpoint-signature");
}

}  // namespace
}  // namespace stimme::test
