// Trustees who are asked to open what they must not: the real `stimme trustee decrypt`.
#include "core/base/file.h"
#include "server/service/acts/election.h"
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

struct AskedToDecrypt : testing::Test {
    LiveElection live;
    LyingServer server{live};

    void SetUp() override {
        live.vote(1, {{1, 1, 0, 0}});
        live.vote(2, {{0, 1, 0, 0}});
    }
    Ran decrypt(LyingServer& at, const std::string& who = "trustee-1") {
        return at.run(who, {"trustee", "decrypt", "--compared"});
    }
    std::string told() { return decrypt(server).told(); }
    std::size_t shares() const {
        return live.inside().log().read([](const auto& state, const auto&) { return state.shares().size(); });
    }
    // After the close, with one file of the record changed on its way.
    void expect_refused(const std::string& file) {
        live.close_polls();
        server.edit("GET record/" + file, [](std::string& body) { body[body.size() / 2] ^= 1; });
        EXPECT_EQ(told(), "4 record-unverified") << file;
        EXPECT_EQ(shares(), 0U);
        EXPECT_FALSE(std::filesystem::exists(server.folder("trustee-1") / "closing.json"));
    }
};

TEST_F(AskedToDecrypt, AnHonestRecordIsOpenedOnce) {
    live.close_polls();
    EXPECT_EQ(told(), "0");
    EXPECT_EQ(shares(), 1U);
    EXPECT_EQ(told(), "0");
    EXPECT_EQ(shares(), 1U);
}

TEST_F(AskedToDecrypt, NothingIsOpenedBeforeTheClose) {
    EXPECT_EQ(told(), "1 not-closed");
}

TEST_F(AskedToDecrypt, NothingIsOpenedUncompared) {
    live.close_polls();
    EXPECT_EQ(server.run("trustee-1", {"trustee", "decrypt"}, "no\n").told(), "1 closing-not-compared");
    EXPECT_EQ(shares(), 0U);
}

TEST_F(AskedToDecrypt, OtherBallotsAreNotOpened) {
    expect_refused("ballots/city/standard");
}

TEST_F(AskedToDecrypt, OtherParticipationStopsIt) {
    expect_refused("participation");
}

TEST_F(AskedToDecrypt, OtherTagsStopIt) {
    expect_refused("tags");
}

TEST_F(AskedToDecrypt, AMissingFileStopsIt) {
    live.close_polls();
    server.refuse("GET record/tags", 404, "file-missing");
    EXPECT_EQ(told(), "4 record-file-missing");
}

// One server, two elections of the same keys, two faces: each trustee may see another one.
TEST_F(AskedToDecrypt, ASecondClosingIsRefusedForEver) {
    LiveElection other_face;
    LyingServer second(other_face);
    other_face.vote(3);
    live.close_polls();
    other_face.close_polls();
    EXPECT_EQ(told(), "0");
    second.take_over("trustee-1", server);
    EXPECT_NE(decrypt(second).told().substr(0, 1), "0");
    // Even a trustee who lost what they knew of the log.
    std::filesystem::remove(second.folder("trustee-1") / "log-view.json");
    std::filesystem::remove_all(second.folder("trustee-1") / "record");
    EXPECT_EQ(decrypt(second).told(), "4 closing-differs");
}

TEST_F(AskedToDecrypt, SharesOfTwoClosingsDoNotFitTogether) {
    LiveElection other_face;
    LyingServer second(other_face);
    other_face.vote(3);
    live.close_polls();
    other_face.close_polls();
    const Ran first = decrypt(server, "trustee-1"), other = decrypt(second, "trustee-2");
    EXPECT_NE(first.out, other.out);
    events::Content share;
    other_face.inside().log().read([&](const auto& state, const auto&) { share = state.shares().at(0); });
    const auto signature = other_face.signature("trustee-2", share, other_face.closing_view());
    EXPECT_FALSE(live.sign("trustee-2", share, signature).ok());
}

TEST_F(AskedToDecrypt, TheSecretOfAnotherElectionIsNotUsed) {
    LiveElection stranger(live_definition().id("other"), {.server = live.server()});
    LyingServer second(stranger);
    live.close_polls();
    std::filesystem::copy_file(second.folder("trustee-1") / "trustee-secret.sealed",
                               server.folder("trustee-1") / "trustee-secret.sealed",
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(told(), "1 trustee-secret-differs");
}

TEST(AskedToDecryptTooLittle, ASmallElectionIsNotOpened) {
    LiveElection live(live_definition().min_ballots(3, "cancel"));
    LyingServer server(live);
    live.vote(1);
    live.close_polls();
    const Ran ran = server.run("trustee-1", {"trustee", "decrypt", "--compared"});
    EXPECT_TRUE(ran.says("0 groups")) << ran.out << ran.err;
}

TEST(AskedToDecryptUnwitnessed, AClosingWithoutItsWitnessesIsNotOpened) {
    LiveElection live(live_definition().witnesses(1, 1));
    LyingServer server(live);
    live.vote(1);
    live.close_polls();
    EXPECT_EQ(server.run("trustee-1", {"trustee", "decrypt", "--compared"}).told(), "4 record-unverified");
}

}  // namespace
}  // namespace stimme::test
