#include <gmock/gmock.h>

#include "server/service/roll_import.h"
#include "tests/support/files.h"
#include "tests/unit/server_roll/roll_fixture.h"

namespace stimme::service {
namespace {

using testing::HasSubstr;
using testing::Pair;

class ImportTest : public RollTest {};

TEST_F(ImportTest, MagdeburgHasItsCounts) {
    const auto definition =
        election::ValidDefinition::parse(test::read_test_file("data/magdeburg-1996/definition.json"));
    const test::TemporaryFolder folder;
    const auto roll = *RollService::open(folder.path(), *definition, random_);
    const std::string csv = test::read_test_file("data/magdeburg-1996/register.csv");
    const auto answer = roll->import_register(as_bytes(csv), election::Phase::draft, SignerId("official-1"));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->people, 6600U);
    EXPECT_EQ(answer->eligible, 4289U);
    EXPECT_EQ(answer->without_station, 0U);
    const json::Value expected = test::read_test_json("data/magdeburg-1996/expected.json");
    for (const auto& [reason, count] : answer->reasons)
        EXPECT_EQ(json::Value(count),
                  *expected.get<json::Object>()->find("reasons")->get<json::Object>()->find(reason))
            << reason;
    EXPECT_EQ(roll->fingerprint()->count, 4289U);
    EXPECT_EQ(roll->participation()->size(), 4289U);
}

TEST_F(ImportTest, CountsNameReasonsAndMissingStations) {
    const auto answer = import_csv(register_csv());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->people, 43U);
    EXPECT_EQ(answer->eligible, 42U);
    EXPECT_THAT(answer->reasons, testing::ElementsAre(Pair("age", 1U)));
    EXPECT_EQ(answer->without_station, 1U);
    EXPECT_EQ(*roll_->without_station(), 1U);
}

TEST_F(ImportTest, BadLineChangesNothing) {
    import_all();
    const auto before = *roll_->fingerprint();
    const auto head = *roll_->journal_head();
    const auto answer =
        import_csv(header() + line("9001", "Neu", "area-s1") + line("9002", "Neu", "area-s1", "31.02.1980"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "register-invalid");
    EXPECT_THAT(answer.error().message, HasSubstr("line 3"));
    EXPECT_EQ(*roll_->fingerprint(), before);
    EXPECT_EQ(*roll_->journal_head(), head);
}

TEST_F(ImportTest, NumberThatOccursTwiceIsRefused) {
    EXPECT_EQ(code(import_csv(header() + line("9001", "A", "area-s1") + line("9001", "B", "area-s1"))),
              "register-invalid");
    EXPECT_EQ(roll_->fingerprint()->count, 0U);
}

TEST_F(ImportTest, OnlyFirstHundredProblemsAreTold) {
    std::string csv = header();
    for (int i = 0; i < 150; ++i) csv += line(fmt::format("{}", 9000 + i), "A", "area-s1", "never");
    const auto answer = import_csv(csv);
    ASSERT_FALSE(answer);
    EXPECT_EQ(std::count(answer.error().message.begin(), answer.error().message.end(), '\n'), 101);
    EXPECT_THAT(answer.error().message, HasSubstr("50 more"));
}

TEST_F(ImportTest, SealedRollIsNotImportedAgain) {
    import_all();
    const auto again =
        roll_->import_register(as_bytes(register_csv()), election::Phase::sealed, SignerId("official-1"));
    EXPECT_EQ(code(again), "roll-sealed");
}

TEST_F(ImportTest, LaterImportReplacesEarlierWithFreshSalts) {
    import_all();
    const auto before = *roll_->fingerprint();
    import_all();
    EXPECT_EQ(roll_->fingerprint()->count, before.count);
    EXPECT_NE(roll_->fingerprint()->root, before.root);
    ASSERT_TRUE(import_csv(header() + line("9001", "Neu", "area-s1")));
    EXPECT_EQ(code(roll_->find("1001", {})), "voter-not-found");
}

TEST_F(ImportTest, FingerprintIsOverSortedLeaves) {
    import_all();
    std::vector<Hash> leaves;
    const auto rows = *roll_->participation();
    for (const auto& row : rows) leaves.push_back(row.leaf);
    EXPECT_TRUE(std::is_sorted(leaves.begin(), leaves.end()));
    EXPECT_EQ(roll_->fingerprint()->root, events::roll_root(leaves));
}

TEST_F(ImportTest, NoticesGiveEachVoterTheirLeaf) {
    import_all();
    const std::string csv = *roll_->notices();
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 43);
    const std::size_t start = csv.find("\n1001;Name01;Ana;s1;standard;") + 1;
    const std::string row = csv.substr(start, csv.find('\n', start) - start);
    const auto voter = events::parse_voter_code(row.substr(row.rfind(';') + 1));
    ASSERT_TRUE(voter) << row;
    const Hash leaf = events::roll_leaf(voter->salt, "1001", StyleId("standard"));
    const auto rows = *roll_->participation();
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const auto& found) { return found.leaf == leaf; }));
}

TEST_F(ImportTest, NoticeQuotesSeparators) {
    ASSERT_TRUE(import_csv(header() + line("9001", "\"A;\"\"B\"\"\"", "area-s1")));
    EXPECT_THAT(*roll_->notices(), HasSubstr("9001;\"A;\"\"B\"\"\";Ana"));
}

TEST_F(ImportTest, StyleFollowsDistrictAndGroup) {
    const auto election = test::TestElection()
                              .contest("board", 3)
                              .district("north")
                              .district("south")
                              .station("s1", "north")
                              .station("s2", "south")
                              .style("north-eu", {"board"}, {"north"}, {"eu"})
                              .style("south", {"board"}, {"south"})
                              .style("rest", {"board"})
                              .build();
    using election::Group;
    EXPECT_EQ(style_of(election.definition, "s1", {Group::foreign, Group::eu}).str(), "north-eu");
    EXPECT_EQ(style_of(election.definition, "s1", {Group::foreign}).str(), "rest");
    EXPECT_EQ(style_of(election.definition, "s2", {Group::eu}).str(), "south");
    EXPECT_EQ(style_of(election.definition, "", {Group::eu}).str(), "rest");
}

}  // namespace
}  // namespace stimme::service
