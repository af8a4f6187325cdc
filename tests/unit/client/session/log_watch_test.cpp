// A client's watch over the log: it follows an honest log, and refuses one that forked or went back.
#include "client/session/log_watch.h"

#include <gtest/gtest.h>

#include "client/cli/exit_code.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::session {
namespace {

class LogWatchTest : public testing::Test {
  protected:
    Result<events::LogView> watch(const test::FakeLog& log) {
        return LogWatch(log.files(), election_.definition, folder_.path() / "log-view.json").advance();
    }

    test::TemporaryFolder folder_;
    test::Election election_ = test::TestElection().build();
};

TEST_F(LogWatchTest, FirstCheckpointIsTakenAsItIsSigned) {
    const test::FakeLog log(election_, 12);
    EXPECT_EQ(*watch(log), log.view());
}

TEST_F(LogWatchTest, GrowingLogIsFollowedAcrossTheEdgesOfTiles) {
    test::FakeLog log(election_, 1);
    for (const std::uint64_t size :
         std::vector<std::uint64_t>{1, 2, 3, 7, 255, 256, 256, 257, 300, 511, 512, 600, 66'000, 66'001}) {
        log.grow(size);
        const auto view = watch(log);
        ASSERT_TRUE(view.ok()) << size << ": " << view.error().message;
        EXPECT_EQ(*view, log.view());
    }
}

TEST_F(LogWatchTest, OtherRootOfTheSameSizeIsRefused) {
    ASSERT_TRUE(watch(test::FakeLog(election_, 12)).ok());
    const auto forked = watch(test::FakeLog(election_, 12, "forged"));
    EXPECT_EQ(test::code(forked), "log-forked");
    EXPECT_EQ(cli::exit_code_of(forked.error()), cli::ExitCode::unverified);
}

TEST_F(LogWatchTest, LongerLogThatForkedEarlierIsRefused) {
    test::FakeLog honest(election_, 300), forked(election_, 299);
    ASSERT_TRUE(watch(honest).ok());
    forked.append("forged");
    forked.grow(700);
    const auto view = watch(forked);
    EXPECT_EQ(test::code(view), "consistency-root");
    EXPECT_EQ(cli::exit_code_of(view.error()), cli::ExitCode::unverified);
}

TEST_F(LogWatchTest, AfterAForkTheHonestLogIsStillTheOneThatCounts) {
    test::FakeLog honest(election_, 300);
    ASSERT_TRUE(watch(honest).ok());
    ASSERT_FALSE(watch(test::FakeLog(election_, 400, "forged")).ok());
    honest.grow(500);
    EXPECT_EQ(*watch(honest), honest.view());
}

TEST_F(LogWatchTest, LogThatWentBackIsRefused) {
    ASSERT_TRUE(watch(test::FakeLog(election_, 12)).ok());
    EXPECT_EQ(test::code(watch(test::FakeLog(election_, 11))), "log-went-back");
}

TEST_F(LogWatchTest, CheckpointOfAnotherKeyIsRefused) {
    test::Election other = test::TestElection().build();
    SeededRandom random(99);
    other.log_key = crypto::LogKey::random(random);
    const auto view = watch(test::FakeLog(other, 12));
    EXPECT_EQ(test::code(view), "checkpoint-unsigned");
    EXPECT_EQ(cli::exit_code_of(view.error()), cli::ExitCode::unverified);
}

TEST_F(LogWatchTest, LogWithoutCheckpointIsEmptyUntilMoreWasSeen) {
    const test::FakeLog empty(election_, 0);
    EXPECT_EQ(*watch(empty), (events::LogView{0, log::empty_root()}));
    ASSERT_TRUE(watch(test::FakeLog(election_, 1)).ok());
    EXPECT_EQ(test::code(watch(empty)), "log-went-back");
}

TEST_F(LogWatchTest, TilesThatACheckpointCoversMustBeThere) {
    test::FakeLog log(election_, 12);
    ASSERT_TRUE(watch(log).ok());
    log.grow(20);
    log.gone = {"tile/0/000.p/20"};
    const auto view = watch(log);
    EXPECT_EQ(test::code(view), "tile-missing");
    EXPECT_EQ(cli::exit_code_of(view.error()), cli::ExitCode::unverified);
}

TEST_F(LogWatchTest, OnlyTheEntryThatStandsThereIsExpectedRightly) {
    const test::FakeLog log(election_, 600);
    LogWatch watch(log.files(), election_.definition, folder_.path() / "log-view.json");
    EXPECT_EQ(test::code(watch.expect(300, as_bytes("entry 300"))), "ok");
    EXPECT_EQ(test::code(watch.expect(300, as_bytes("entry 301"))), "entry-not-in-log");
    EXPECT_EQ(test::code(watch.expect(299, as_bytes("entry 300"))), "entry-not-in-log");
    EXPECT_EQ(test::code(watch.expect(600, as_bytes("entry 600"))), "entry-not-in-log");
}

TEST_F(LogWatchTest, AnEntryIsFoundFromAPlaceOnAndOnlyWhereItIsProven) {
    test::FakeLog log(election_, 600);
    LogWatch watch(log.files(), election_.definition, folder_.path() / "log-view.json");
    const auto find = [&](std::uint64_t from, const std::string& entry) {
        return watch.find(from, as_bytes(entry));
    };
    EXPECT_EQ(*find(0, "entry 300"), 300U);
    EXPECT_EQ(*find(300, "entry 300"), 300U);
    EXPECT_EQ(*find(301, "entry 300"), std::nullopt);
    EXPECT_EQ(*find(600, "entry 600"), std::nullopt);
    log.grow(700);
    EXPECT_EQ(*find(600, "entry 650"), 650U);
    log.entry(300) = "forged";
    EXPECT_EQ(test::code(find(0, "forged")), "inclusion-root");
    EXPECT_EQ(*find(0, "entry 300"), std::nullopt);
}

TEST_F(LogWatchTest, CheckpointsThatCameAnotherWayAreOfTheSameLogOrEvidence) {
    test::FakeLog log(election_, 20);
    const std::string older = test::FakeLog(election_, 12).checkpoint();
    LogWatch watch(log.files(), election_.definition, folder_.path() / "log-view.json");
    ASSERT_TRUE(watch.advance().ok());
    EXPECT_EQ(test::code(watch.meet(older)), "ok");
    log.grow(30);
    EXPECT_EQ(test::code(watch.meet(log.checkpoint())), "ok");
    const std::string forged = test::FakeLog(election_, 12, "forged").checkpoint();
    EXPECT_EQ(test::code(watch.meet(forged)), "consistency-root");
    EXPECT_EQ(as_text(*read_file(folder_.path() / "refused-checkpoint")), forged);
}

TEST_F(LogWatchTest, DamagedFileOfTheWatchIsRefused) {
    ASSERT_TRUE(write_file(folder_.path() / "log-view.json", as_bytes("{}")).ok());
    EXPECT_EQ(test::code(watch(test::FakeLog(election_, 12))), "log-view-invalid");
}

TEST_F(LogWatchTest, EveryEntryIsProvenToBeInTheLog) {
    const test::FakeLog log(election_, 600);
    LogWatch watch(log.files(), election_.definition, folder_.path() / "log-view.json");
    ASSERT_TRUE(watch.advance().ok());
    for (const std::uint64_t index : std::vector<std::uint64_t>{0, 255, 256, 511, 599}) {
        const auto entry = watch.entry(index);
        ASSERT_TRUE(entry.ok()) << entry.error().message;
        EXPECT_EQ(as_text(*entry), "entry " + std::to_string(index));
    }
}

TEST_F(LogWatchTest, EntryThatIsNotInTheTreeIsRefused) {
    test::FakeLog log(election_, 600);
    log.entry(300) = "forged";
    LogWatch watch(log.files(), election_.definition, folder_.path() / "log-view.json");
    ASSERT_TRUE(watch.advance().ok());
    EXPECT_EQ(test::code(watch.entry(300)), "inclusion-root");
}

TEST_F(LogWatchTest, PartialTileThatHasGoneIsTakenFromTheFullOne) {
    test::FakeLog log(election_, 600);
    log::LogTiles tiles(
        [&](const std::string& path) -> Result<Bytes> {
            if (path == "tile/0/002.p/88" || path == "tile/entries/002.p/88")
                return not_found("file-missing", path);
            return log.fetch(path);
        },
        600);
    log.grow(768);
    const auto proof = tiles.inclusion_proof(599);
    ASSERT_TRUE(proof.ok()) << proof.error().message;
    const auto bundle = tiles.bundle(2);
    ASSERT_TRUE(bundle.ok()) << bundle.error().message;
    ASSERT_EQ(bundle->size(), 88U);
    EXPECT_EQ(as_text(bundle->back()), "entry 599");
}

}  // namespace
}  // namespace stimme::session
