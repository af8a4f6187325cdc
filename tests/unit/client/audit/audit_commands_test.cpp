// What anyone can do with a record, by the commands themselves.
#include <sstream>

#include <gtest/gtest.h>

#include "client/audit/commands.h"
#include "client/booth/opened_ballot.h"
#include "core/ballot/tracking_code.h"
#include "core/base/file.h"
#include "tests/support/records.h"
#include "tests/support/temporary_folder.h"

namespace stimme::audit {
namespace {

struct Commands : testing::Test {
    test::TemporaryFolder folder;
    test::TestRecord record{test::TestElection().contest("board", 3, {.votes = 2}).invalid().build()};
    std::ostringstream output, errors;

    void SetUp() override {
        record.seal().open().vote({{1, 0, 0, 0}}).test({{0, 1, 0, 0}}).vote({{0, 0, 0, 1}}).finish();
        record.write(path("record"));
        keep("receipt", record.receipt(record.index_of("ballot-cast")));
        keep("definition", record.election().definition.canonical());
    }
    std::string path(const std::string& name) const { return (folder.path() / name).string(); }
    void keep(const std::string& name, const std::string& text) {
        ASSERT_TRUE(write_file(path(name), as_bytes(text)));
    }

    int run(std::vector<std::string> words) {
        output.str("");
        errors.str("");
        cli::Program program("stimme", "");
        add_commands(program.root());
        const SystemClock clock;
        SystemRandom random;
        std::istringstream in;
        return program.run(words, {in, output, errors, false, clock, random});
    }
    std::string fingerprint() const { return write_election_hash(record.election().h_e); }
    template <class Entry>
    Entry entry(const std::string& type) const {
        return std::get<Entry>(events::decode(record.entries.at(record.index_of(type)))->content);
    }
};

TEST_F(Commands, WholeElectionIsVerified) {
    EXPECT_EQ(run({"verify", path("record"), "--election", fingerprint(), "--receipt", path("receipt"),
                   "--voter", to_string(record.voter(1))}),
              0);
    EXPECT_NE(output.str().find(fingerprint()), std::string::npos);
    EXPECT_NE(output.str().find("This is the announced election"), std::string::npos);
}

TEST_F(Commands, WithoutAnAnnouncedFingerprintItIsShownToBeCompared) {
    EXPECT_EQ(run({"verify", path("record")}), 0);
    EXPECT_NE(output.str().find("Compare it, aloud"), std::string::npos);
}

TEST_F(Commands, AnotherFingerprintFails) {
    EXPECT_EQ(run({"verify", path("record"), "--election", std::string(64, '0')}), 4);
    EXPECT_NE(output.str().find("Don't trust this record"), std::string::npos);
}

TEST_F(Commands, AnElectionThatStillRunsIsNotVerified) {
    test::TestRecord running(test::TestElection().contest("board", 2).build());
    running.seal().open().vote({{1, 0}}).write(path("running"));
    EXPECT_EQ(run({"verify", path("running")}), 4);
    EXPECT_NE(output.str().find("isn't complete"), std::string::npos);
}

TEST_F(Commands, JsonIsOneDocumentAlsoWhenItFails) {
    EXPECT_EQ(run({"verify", path("record"), "--json", "--election", std::string(64, '0')}), 4);
    const auto document = json::parse(output.str());
    ASSERT_TRUE(document);
    EXPECT_EQ(*document->get<json::Object>()->find("complete"), json::Value(false));
    EXPECT_EQ(*document->get<json::Object>()->find("election"), json::Value(to_hex(record.election().h_e)));
}

TEST_F(Commands, AFolderWithoutARecordIsWrongUsage) {
    EXPECT_EQ(run({"verify", path("nothing")}), 2);
}

TEST_F(Commands, AGenuineReceiptIsToldWithItsBallot) {
    const auto cast = entry<events::BallotCast>("ballot-cast");
    EXPECT_EQ(run({"receipt", "check", path("receipt"), "--definition", path("definition"), "--tracking-code",
                   ballot::write_tracking_code(cast.tracking_code)}),
              0);
    EXPECT_NE(output.str().find(ballot::write_tracking_code(cast.tracking_code)), std::string::npos);
}

TEST_F(Commands, AReceiptOfAnotherBallotOrLogFails) {
    EXPECT_EQ(run({"receipt", "check", path("receipt"), "--definition", path("definition"), "--tracking-code",
                   std::string(64, '0')}),
              4);
    const json::Object log{{"origin", "other.example/log"},
                           {"key", to_hex(record.election().definition->log.key)}};
    keep("other", json::canonical(test::TestElection().contest("board", 2).set("log", log).document()));
    EXPECT_EQ(run({"receipt", "check", path("receipt"), "--definition", path("other")}), 4);
}

TEST_F(Commands, ATestedBallotIsMadeAgainFromTheRecord) {
    const auto test = entry<events::BallotChallenged>("ballot-challenged");
    EXPECT_EQ(run({"receipt", "open", to_hex(test.tracking_code), "--record", path("record"), "--election",
                   fingerprint()}),
              0);
    EXPECT_NE(output.str().find("1 x  "), std::string::npos);
}

TEST_F(Commands, ATestedBallotThatWasOpenedOtherwiseFails) {
    const auto test = entry<events::BallotChallenged>("ballot-challenged");
    booth::OpenedBallot opened{
        {record.election().h_e, test.station, StyleId("standard"), test.t}, test.tracking_code, test.opening};
    keep("opened", json::canonical(to_json(opened)));
    EXPECT_EQ(run({"receipt", "open", path("opened"), "--record", path("record")}), 0);
    opened.opening.selections = {{1, 0, 0, 0}};
    keep("opened", json::canonical(to_json(opened)));
    EXPECT_EQ(run({"receipt", "open", path("opened"), "--record", path("record")}), 4);
}

TEST_F(Commands, ACastBallotCanNotBeOpened) {
    const auto cast = entry<events::BallotCast>("ballot-cast");
    EXPECT_EQ(run({"receipt", "open", to_hex(cast.tracking_code), "--record", path("record")}), 1);
}

}  // namespace
}  // namespace stimme::audit
