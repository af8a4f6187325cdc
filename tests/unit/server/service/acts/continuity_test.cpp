// Copies that are put back while others go on: each file on its own, and both.
#include "server/service/acts/continuity.h"

#include "core/base/file.h"
#include "server/service/roll/roll_service.h"
#include "server/store/connection.h"
#include "tests/unit/server/election_fixture.h"

namespace stimme::service {
namespace {

namespace fs = std::filesystem;
using election::EntryType;

class ContinuityTest : public ElectionTest {
  protected:
    void SetUp() override {
        open_polls();
        must(submit(1));
    }

    // What a client knows now.
    std::string knowledge() const { return to_base64(as_bytes(election_->log().published()->text)); }
    void hear(const std::string& header) { election_->continuity().hear_checkpoint(header); }
    std::string log_status() const { return code(election_->continuity().check_log()); }
    std::string roll_status() const { return code(election_->continuity().check_roll()); }

    void keep(const std::string& name) {
        close();
        fs::copy(folder(), data_.path() / name, fs::copy_options::recursive);
        open();
    }
    // "" is every file.
    void put_back(const std::string& name, const std::string& file = "") {
        close();
        for (const auto& each : fs::directory_iterator(data_.path() / name)) {
            const std::string own = each.path().filename();
            const bool database = own.find(".db") != std::string::npos;
            if (database && (file.empty() || own.starts_with(file)))
                fs::copy_file(each.path(), folder() / own, fs::copy_options::overwrite_existing);
        }
    }
    std::string open_again() { return code(Election::open(folder(), *environment_)); }
    std::size_t evidence() const {
        std::error_code none;
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder() / "evidence", none), fs::directory_iterator()));
    }
};

TEST_F(ContinuityTest, KnownCheckpointsChangeNothing) {
    const std::string older = knowledge();
    must(submit(2));
    hear(older);
    hear(knowledge());
    EXPECT_EQ(log_status(), "ok");
    EXPECT_EQ(evidence(), 0U);
}

TEST_F(ContinuityTest, LogThatIsBehindAClientWritesNothingMore) {
    keep("copy");
    must(submit(2));
    const std::string newer = knowledge();
    put_back("copy");
    open();
    EXPECT_EQ(log_status(), "ok");
    hear(newer);
    EXPECT_EQ(log_status(), "log-behind");
    EXPECT_EQ(roll_status(), "log-behind");
    EXPECT_EQ(election_->continuity().trouble(), "log-behind");
}

TEST_F(ContinuityTest, LogThatWentOnFromAnOlderCopyIsForked) {
    keep("copy");
    must(submit(2));
    const std::string other = knowledge();
    put_back("copy");
    open();
    must(submit(3));
    hear(other);
    EXPECT_EQ(log_status(), "log-forked");
}

TEST_F(ContinuityTest, EvidenceCountsUntilTheNewerCopyIsThere) {
    keep("older");
    must(submit(2));
    const std::string newer = knowledge();
    keep("newer");
    put_back("older");
    open();
    hear(newer);
    reopen();
    EXPECT_EQ(log_status(), "log-behind");
    EXPECT_EQ(evidence(), 1U);
    put_back("newer");
    open();
    EXPECT_EQ(log_status(), "ok");
    EXPECT_EQ(evidence(), 0U);
}

TEST_F(ContinuityTest, ClaimsThatTheLogDidNotSignChangeNothing) {
    const log::Checkpoint longer{known_.definition->log.origin, 1000, Hash{}};
    SeededRandom other(1);
    hear(to_base64(as_bytes(log::sign_checkpoint(longer, crypto::LogKey::random(other)).text)));
    hear("x");
    hear(to_base64(as_bytes(log::checkpoint_body(longer))));
    std::string damaged = election_->log().published()->text;
    damaged[damaged.find('\n') + 1] = '9';
    hear(to_base64(as_bytes(damaged)));
    EXPECT_EQ(log_status(), "ok");
    EXPECT_EQ(evidence(), 0U);
}

TEST_F(ContinuityTest, DeskThatCountedMoreThanTheRollStopsCheckIns) {
    check_in("1001");
    const SignerId desk("s1-desk-1");
    election_->continuity().hear_counts(desk, "1 0 0 0");
    EXPECT_EQ(roll_status(), "ok");
    election_->continuity().hear_counts(desk, "2 0 0 0");
    EXPECT_EQ(roll_status(), "roll-behind");
    EXPECT_EQ(log_status(), "ok");
    reopen();
    EXPECT_EQ(roll_status(), "roll-behind");
    check_in("1002");
    reopen();
    EXPECT_EQ(roll_status(), "ok");
}

TEST_F(ContinuityTest, DeskThatMovedOrEnteredMoreThanTheRollStopsCheckIns) {
    check_in("1001");
    election_->continuity().hear_counts(SignerId("s1-desk-2"), "0 0 0 0");
    EXPECT_EQ(roll_status(), "ok");
    election_->continuity().hear_counts(SignerId("s1-desk-2"), "0 0 0 1");
    EXPECT_EQ(roll_status(), "roll-behind");
}

TEST_F(ContinuityTest, CountsThatCannotBeReadChangeNothing) {
    for (const char* header : {"", "2", "2 0", "2 0 0", "2 0 0 0 ", "2 0 0 0 0", "-1 0 0 0",
                               "99999999999999999999 0 0 0", "x y z w"})
        election_->continuity().hear_counts(SignerId("s1-desk-1"), header);
    EXPECT_EQ(roll_status(), "ok");
}

TEST_F(ContinuityTest, OlderRollIsRefusedAtTheStart) {
    keep("copy");
    must(submit(2));
    put_back("copy", "roll.db");
    EXPECT_EQ(open_again(), "roll-older");
}

TEST_F(ContinuityTest, OlderRollThanACorrectionIsRefusedAtTheStart) {
    keep("copy");
    const Hash leaf = *election_->roll().leaf_to_strike("1001");
    must(sign_all({"official-1", "official-2"}, events::RollCorrected{{}, {leaf}, "moved"}));
    put_back("copy", "roll.db");
    EXPECT_EQ(open_again(), "roll-older");
}

TEST_F(ContinuityTest, OlderBallotsThanTheJournalAreRefusedAtTheStart) {
    keep("copy");
    must(sign_all({"official-1", "official-2"}, events::Incident{"rain"}));
    put_back("copy", "ballots.db");
    EXPECT_EQ(open_again(), "ballots-older");
}

TEST_F(ContinuityTest, ActWithoutItsRowInTheJournalGetsOneAtTheStart) {
    must(sign_all({"official-1", "official-2"}, events::Incident{"rain"}));
    const std::string before = *election_->roll().journal_text({});
    close();
    store::Connection(folder() / "roll.db", store::Access::read_write)
        .execute(
            "DROP TRIGGER journal_remains; DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)");
    open();
    const std::string after = *election_->roll().journal_text({});
    EXPECT_NE(after, before);
    EXPECT_NE(after.find("\"recovered\":true"), std::string::npos);
    EXPECT_NE(after.find("rain"), std::string::npos);
    reopen();
    EXPECT_EQ(*election_->roll().journal_text({}), after);
}

}  // namespace
}  // namespace stimme::service
