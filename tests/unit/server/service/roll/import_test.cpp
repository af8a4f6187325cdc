#include <gmock/gmock.h>

#include "core/crypto/sha256.h"
#include "server/service/roll/roll_import.h"
#include "tests/support/files.h"
#include "tests/unit/server/roll_fixture.h"

namespace stimme::service {
namespace {

using testing::HasSubstr;
using testing::Pair;

class ImportTest : public RollTest {};

TEST_F(ImportTest, MagdeburgHasItsCounts) {
    const auto definition =
        election::ValidDefinition::parse(test::read_test_file("data/magdeburg-1996/definition.json"));
    const test::TemporaryFolder folder;
    const auto roll = *RollService::open(folder.path(), *definition, random_, clock_);
    const std::string csv = test::read_test_file("data/magdeburg-1996/register.csv");
    const auto answer = roll->office().imports.bring(as_bytes(csv), {}, official());
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

TEST_F(ImportTest, FirstThousandProblemsAreTold) {
    std::string csv = header();
    for (int i = 0; i < 1050; ++i) csv += line(fmt::format("{}", 9000 + i), "A", "area-s1", "never");
    const auto answer = import_csv(csv);
    ASSERT_FALSE(answer);
    EXPECT_EQ(std::count(answer.error().message.begin(), answer.error().message.end(), '\n'), 1000);
    EXPECT_THAT(answer.error().message, HasSubstr("50 further"));
}

TEST_F(ImportTest, SealedRollIsNotImportedAgain) {
    import_all();
    const auto sealed = official("official-1", election::Phase::sealed);
    EXPECT_EQ(code(office().imports.bring(as_bytes(register_csv()), {}, sealed)), "roll-sealed");
    EXPECT_EQ(code(office().imports.take_back({1}, sealed)), "roll-sealed");
}

TEST_F(ImportTest, SameRegisterAgainChangesNothing) {
    import_all();
    const auto before = *roll_->fingerprint();
    const auto again = import_csv(register_csv());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->unchanged, 43U);
    EXPECT_EQ(again->added + again->changed + again->gone + again->returned + again->conflicts, 0U);
    EXPECT_EQ(*roll_->fingerprint(), before);
}

// 1001 moved to the other station's area, 1002 is gone, 9001 is new.
std::string newer(std::string csv, const std::string& moved, const std::string& fresh) {
    const std::size_t start = csv.find("\n1001;") + 1;
    csv.replace(start, csv.find("\n2001;") - start, moved);
    return csv + fresh;
}

class NewerTest : public ImportTest {
  protected:
    NewerTest() { import_all(); }
    // Without 1002 to 1020.
    std::string newer_csv() {
        return newer(register_csv(), line("1001", "Name01", "area-s2"), line("9001", "Neu", "area-s1"));
    }
    Hash root() { return roll_->fingerprint()->root; }
    wire::EntryView entry(const std::string& number) {
        const auto found = office().entries.find(number);
        EXPECT_TRUE(found) << number;
        return found ? *found : wire::EntryView();
    }
    void rule(const std::string& number, const std::string& effect) {
        const auto matter = office().matters.enter(
            {number, wire::MatterView::Kind::objection, "", "2026-01-20", "is on no list", {}}, official());
        ASSERT_TRUE(matter) << matter.error().message;
        const auto decided = office().matters.decide(
            matter->id, {wire::MatterDecision::Outcome::granted, effect, "seen", "2026-01-25"}, official());
        ASSERT_TRUE(decided) << decided.error().message;
    }
};

TEST_F(NewerTest, AddedChangedAndGoneAreCountedAndShown) {
    const Hash salted = *array_from_hex<32>(to_hex(*roll_->leaf_to_strike("2001")));
    const auto answer = import_csv(newer_csv());
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->import, 2);
    EXPECT_EQ(answer->added, 1U);
    EXPECT_EQ(answer->changed, 1U);
    EXPECT_EQ(answer->gone, 19U);
    EXPECT_EQ(answer->unchanged, 23U);
    EXPECT_EQ(answer->eligible, 24U);
    EXPECT_EQ(*roll_->leaf_to_strike("2001"), salted) << "a letter stays true";
    EXPECT_EQ(entry("1001").station, "s2");
    EXPECT_EQ(entry("1002").reasons, std::vector<std::string>{"not-in-register"});
    const auto changes = *office().imports.changes(2, "");
    ASSERT_EQ(changes.changes.size(), 20U);
    EXPECT_EQ(changes.changes[0].kind, "changed");
    EXPECT_EQ(*changes.changes[0].before.find("Stadtteil"), json::Value("area-s1"));
    EXPECT_EQ(*changes.changes[0].after.find("Stadtteil"), json::Value("area-s2"));
    EXPECT_EQ(changes.changes[1].kind, "gone");
    EXPECT_EQ(office().imports.changes(2, "1019")->changes.size(), 1U);
    EXPECT_EQ(office().imports.all()->imports.size(), 2U);
}

TEST_F(NewerTest, JournalCommitsToEachChange) {
    ASSERT_TRUE(import_csv(newer_csv()));
    std::string lines;
    const wire::ChangeViews changed = *office().imports.changes(2, "");
    for (const wire::ChangeView& change : changed.changes)
        lines += json::canonical(json::Object{
                     {"number", change.number}, {"kind", change.kind}, {"before", change.before}}) +
                 "\n";
    EXPECT_THAT(lines, HasSubstr("\"kind\":\"gone\""));
    EXPECT_THAT(*roll_->journal_text({}),
                HasSubstr("\"changes\":\"" + to_hex(crypto::sha256(as_bytes(lines))) + "\""));
}

TEST_F(NewerTest, DryRunTellsAllAndChangesNothing) {
    const auto before = root();
    const auto head = *roll_->journal_head();
    const auto dry = import_csv(newer_csv(), {.format = {}, .good_lines = false, .dry_run = true});
    ASSERT_TRUE(dry) << dry.error().message;
    EXPECT_TRUE(dry->dry_run);
    EXPECT_EQ(dry->gone, 19U);
    EXPECT_EQ(dry->changed, 1U);
    const auto bad =
        import_csv(register_csv() + "9;\n", {.format = {}, .good_lines = false, .dry_run = true});
    ASSERT_TRUE(bad) << bad.error().message;
    EXPECT_EQ(bad->bad_lines, 1U);
    EXPECT_THAT(bad->problems, testing::ElementsAre(HasSubstr("line 45")));
    EXPECT_EQ(root(), before);
    EXPECT_EQ(*roll_->journal_head(), head);
    EXPECT_EQ(office().imports.all()->imports.size(), 1U);
}

TEST_F(NewerTest, GoodLinesAreTakenWhenAskedForAndWhomABadLineNamesStays) {
    const std::string csv = newer(register_csv(), line("1001", "Name01", "area-s2", "31.02.1980"), "");
    EXPECT_EQ(code(import_csv(csv)), "register-invalid");
    const auto answer = import_csv(csv, {.format = {}, .good_lines = true, .dry_run = false});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->bad_lines, 1U);
    EXPECT_EQ(answer->gone, 19U);
    EXPECT_EQ(entry("1001").presence, "present");
    EXPECT_EQ(entry("1001").station, "s1");
}

TEST_F(NewerTest, NobodyCountsAsGoneBesideALineThatTellsNoNumber) {
    const auto answer =
        import_csv(newer_csv() + "1002;Name02\n", {.format = {}, .good_lines = true, .dry_run = false});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->unnamed_lines, 1U);
    EXPECT_EQ(answer->gone, 0U);
    EXPECT_EQ(answer->changed, 1U) << "the good lines are taken";
    EXPECT_EQ(entry("1002").presence, "present");
}

TEST_F(NewerTest, TakingBackRestoresEverythingButNotTwice) {
    const auto before = root();
    ASSERT_TRUE(import_csv(newer_csv()));
    EXPECT_NE(root(), before);
    const auto taken = office().imports.take_back({2}, official("official-2"));
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->import, 2);
    EXPECT_EQ(root(), before);
    EXPECT_EQ(code(office().entries.find("9001")), "person-not-found");
    EXPECT_EQ(entry("1001").station, "s1");
    EXPECT_EQ(entry("1002").presence, "present");
    EXPECT_EQ(code(office().imports.take_back({2}, official())), "import-none");
    ASSERT_TRUE(import_csv(newer_csv()));
    EXPECT_EQ(code(office().imports.take_back({1}, official())), "import-newer");
    EXPECT_EQ(office().imports.all()->imports.size(), 3U);
}

TEST_F(NewerTest, FirstImportCanBeTakenBackToAnEmptyRoll) {
    ASSERT_TRUE(office().imports.take_back({1}, official()));
    EXPECT_EQ(roll_->fingerprint()->count, 0U);
    import_all();
    EXPECT_EQ(roll_->fingerprint()->count, 42U);
}

TEST_F(NewerTest, ImportIsNotTakenBackUnderWorkOnItsPeople) {
    ASSERT_TRUE(import_csv(newer_csv()));
    rule("9001", "refuse");
    const auto taken = office().imports.take_back({2}, official());
    EXPECT_EQ(code(taken), "import-in-use");
    EXPECT_THAT(taken.error().message, HasSubstr("9001"));
    EXPECT_EQ(entry("1001").station, "s2");
}

TEST_F(NewerTest, DecisionsByHandSurviveAndConflictsAreListed) {
    rule("3001", "enrol");  // too young
    rule("1001", "refuse");
    rule("1002", "enrol");
    ASSERT_TRUE(entry("3001").reasons.empty());
    const auto answer = import_csv(newer_csv());
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->conflicts, 2U);
    EXPECT_EQ(entry("3001").standing, "enrolled");
    EXPECT_EQ(entry("1001").standing, "none");
    EXPECT_EQ(entry("1002").standing, "enrolled") << "until a person decides";
    const auto conflicts = *office().entries.conflicts();
    ASSERT_EQ(conflicts.entries.size(), 2U);
    EXPECT_EQ(conflicts.entries[0].conflict, "changed");
    EXPECT_EQ(conflicts.entries[1].conflict, "gone");

    const auto resolve = [&](const std::string& number, const std::string& choice) {
        return code(office().entries.resolve(number, {entry(number).version, choice, "called"}, official()));
    };
    EXPECT_EQ(resolve("1001", "same"), "choice-wrong");
    EXPECT_EQ(resolve("1001", "drop"), "ok");
    EXPECT_EQ(resolve("1002", "keep"), "ok");
    EXPECT_EQ(entry("1001").standing, "enrolled");
    EXPECT_EQ(entry("1002").standing, "enrolled");
    EXPECT_TRUE(office().entries.conflicts()->entries.empty());
    EXPECT_EQ(resolve("1001", "keep"), "conflict-none");
}

TEST_F(NewerTest, WhoReturnsIsNotTakenForTheFormerPerson) {
    rule("1002", "refuse");
    ASSERT_TRUE(import_csv(newer_csv()));
    const auto salt_of = [&](const std::string& number) {
        const std::string csv = *roll_->notices();
        const std::size_t start = csv.find("\n" + number + ";") + 1;
        return start == 0 ? std::string() : csv.substr(start, csv.find('\n', start) - start);
    };
    const std::string letter = salt_of("2001");
    ASSERT_TRUE(import_csv(register_csv()));
    EXPECT_EQ(entry("1003").presence, "returned");
    EXPECT_EQ(entry("1003").reasons, std::vector<std::string>{"entry-undecided"});
    EXPECT_EQ(office().entries.conflicts()->entries.size(), 19U);
    ASSERT_TRUE(
        office().entries.resolve("1003", {entry("1003").version, "same", "same birth date"}, official()));
    ASSERT_TRUE(
        office().entries.resolve("1002", {entry("1002").version, "other", "number given again"}, official()));
    EXPECT_EQ(entry("1003").standing, "enrolled");
    EXPECT_EQ(entry("1002").standing, "enrolled") << "the former person was refused";
    EXPECT_EQ(salt_of("2001"), letter);
}

TEST_F(NewerTest, RepeatedRequestIsAnsweredAsBeforeAndDoneOnce) {
    const Actor actor = official();
    const wire::MatterRequest request{
        "1001", wire::MatterView::Kind::objection, "", "2026-01-20", "is on no list", {}};
    const auto entered = office().matters.enter(request, actor);
    ASSERT_TRUE(entered) << entered.error().message;
    const auto head = *roll_->journal_head();
    const auto again = office().matters.enter(request, actor);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->id, entered->id);
    EXPECT_EQ(office().matters.all()->matters.size(), 1U);
    EXPECT_EQ(*roll_->journal_head(), head);
    Actor other = actor;
    other.once.digest[0] ^= 1;
    EXPECT_EQ(code(office().matters.enter(request, other)), "idempotency-key-reused");
}

TEST_F(NewerTest, LateRepetitionOfAnImportGetsItsAnswerAlsoWhenTheRollIsSealed) {
    Actor actor = official();
    const std::string csv = newer_csv();
    const auto first = office().imports.bring(as_bytes(csv), {}, actor);
    ASSERT_TRUE(first) << first.error().message;
    actor.phase = election::Phase::sealed;
    const auto again = office().imports.bring(as_bytes(csv), {}, actor);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->import, first->import);
    EXPECT_EQ(again->changed, first->changed);
    EXPECT_EQ(office().imports.all()->imports.size(), 2U);
}

TEST_F(NewerTest, RefusedRequestMayBeMadeAgain) {
    const Actor actor = official();
    EXPECT_EQ(code(office().entries.make_invalid("1001", {99, "twice"}, actor)), "person-changed");
    EXPECT_EQ(code(office().entries.make_invalid("1001", {entry("1001").version, "twice"}, actor)), "ok");
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
