#include "core/base/file.h"
#include "server/service/ballots/closing.h"
#include "server/service/roll/roll_service.h"
#include "server/store/connection.h"
#include "tests/unit/server/election_fixture.h"

namespace stimme::service {
namespace {

using PassStatus = wire::PassStateAnswer::Status;

class RestartTest : public ElectionTest {
  protected:
    void SetUp() override { open_polls(); }

    std::string open_again() { return code(Election::open(folder(), *environment_)); }
    void tamper(const std::string& sql) {
        close();
        store::Connection(folder() / "ballots.db", store::Access::read_write).execute(sql);
    }
};

TEST_F(RestartTest, ReplaysEverything) {
    must(submit(1));
    must(submit(2));
    const auto first = cast(2);
    const std::string checkpoint = election_->log().published()->text;
    reopen();
    EXPECT_EQ(election_->log().published()->text, checkpoint);
    EXPECT_EQ(state(1)->status, PassStatus::submitted);
    EXPECT_EQ(state(2)->status, PassStatus::cast);
    EXPECT_EQ(cast(2)->receipt, first->receipt);
    EXPECT_EQ(code(cast(1)), "ok");
}

TEST_F(RestartTest, SubmissionIsRepeatedAfterARestart) {
    const auto first = submit(1);
    reopen();
    EXPECT_EQ(submit(1)->index, first->index);
}

TEST_F(RestartTest, LockedBoothStaysLocked) {
    wire::PassProof wrong = pass(1);
    wrong.tag[0] ^= 1;
    for (int i = 0; i < 10; ++i) EXPECT_EQ(code(show_pass(wrong)), "pass-tag-wrong");
    reopen();
    EXPECT_EQ(code(submit(1)), "booth-locked");
}

TEST_F(RestartTest, WaitingSignatureIsKept) {
    const events::Content content = events::Incident{"rain"};
    must(sign("official-1", content));
    reopen();
    EXPECT_EQ(sign("official-2", content)->missing, 0U);
}

TEST_F(RestartTest, VoidThatTheLogHasIsFinished) {
    check_in("1001");
    const events::PassVoided content{StationId("s1"), pass(1).t};
    must(answer_of<void>(
        [&](auto done) { election_->roll().begin_void(holder("s1-desk-1"), "1001", content.t, done); }));
    must(answer_of<std::uint64_t>([&](auto done) {
        election_->log().submit<std::uint64_t>(
            [&](store::Connection& connection) {
                return election_->log().append(connection, {content, {signature("s1-desk-1", content)}});
            },
            done);
    }));
    reopen();
    EXPECT_TRUE(election_->roll().pending_voids()->empty());
    EXPECT_EQ((*election_->roll().find("1001", {})).checked_in_at, std::nullopt);
}

TEST_F(RestartTest, VoidThatTheLogHasNotIsAbandoned) {
    check_in("1001");
    must(answer_of<void>(
        [&](auto done) { election_->roll().begin_void(holder("s1-desk-1"), "1001", pass(1).t, done); }));
    reopen();
    EXPECT_TRUE(election_->roll().pending_voids()->empty());
    EXPECT_EQ((*election_->roll().find("1001", {})).checked_in_at, StationId("s1"));
}

TEST_F(RestartTest, CloseThatTheLogHasNotIsAbandoned) {
    const auto content = std::get<events::StationClosed>(*draft(election::EntryType::station_closed, "s1"));
    must(answer_of<void>([&](auto done) { election_->roll().begin_close(content, done); }));
    reopen();
    check_in("1001");
}

TEST_F(RestartTest, FilesOfTheCloseAreMadeAgain) {
    must(submit(1));
    must(cast(1));
    close_polls();
    const auto path = election_->closing().path_of("ballots/city/standard");
    const auto before = read_file(path);
    std::filesystem::remove_all(folder() / "record");
    reopen();
    EXPECT_EQ(*read_file(path), *before);
}

TEST_F(RestartTest, FailedBatchLeavesTheLogAsItWas) {
    const auto torn = answer_of<std::uint64_t>([&](auto done) {
        election_->log().submit<std::uint64_t>(
            [&](store::Connection& connection) -> Result<std::uint64_t> {
                const events::Content content = events::PassVoided{StationId("s1"), pass(1).t};
                must(election_->log().append(connection, {content, {signature("s1-desk-1", content)}}));
                return conflict("later", "a later step fails");
            },
            done);
    });
    EXPECT_EQ(code(torn), "store-unavailable");
    EXPECT_EQ(log_size(), 2U);
    EXPECT_EQ(submit(1)->index, 2U);
}

TEST_F(RestartTest, SecondServerIsRefused) {
    EXPECT_EQ(open_again(), "store-in-use");
}

TEST_F(RestartTest, ChangedEntryIsNoticed) {
    must(submit(1));
    tamper(
        "DROP TRIGGER entry_stays; UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"s1\"', '\"s2\"')"
        " AS BLOB) WHERE idx = 2");
    EXPECT_EQ(open_again(), "log-damaged");
}

TEST_F(RestartTest, LostEntryIsNoticed) {
    must(submit(1));
    tamper("DROP TRIGGER entry_remains; DELETE FROM entry WHERE idx = 2");
    EXPECT_EQ(open_again(), "log-damaged");
}

TEST_F(RestartTest, DefinitionOfAnotherElectionIsRefused) {
    close();
    const auto other = test::TestElection().id("other").build();
    ASSERT_TRUE(write_file(folder() / "definition.json", as_bytes(other.definition.canonical())));
    EXPECT_EQ(open_again(), "definition-folder");
}

TEST_F(RestartTest, ForeignLogKeyIsRefused) {
    close();
    std::filesystem::remove(folder() / "log.key");
    ASSERT_TRUE(create_log_key(folder() / "log.key", {}, random_));
    EXPECT_EQ(open_again(), "log-key-differs");
}

TEST_F(RestartTest, EncryptedLogKeyNeedsItsPassphrase) {
    ASSERT_TRUE(create_log_key(data_.path() / "k", "correct horse", random_));
    EXPECT_EQ(code(load_log_key(data_.path() / "k", {})), "passphrase-needed");
    EXPECT_EQ(code(load_log_key(data_.path() / "k", "wrong")), "passphrase-wrong");
    EXPECT_EQ(code(load_log_key(data_.path() / "k", "correct horse")), "ok");
}

}  // namespace
}  // namespace stimme::service
