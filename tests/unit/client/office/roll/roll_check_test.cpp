// `stimme roll check` over the registers of three towns.
#include <gtest/gtest.h>

#include "tests/unit/client/client_fixture.h"

namespace stimme::office {
namespace {

test::Ran check(const std::string& town, const std::string& file, const std::string& definition,
                std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"roll", "check", test::tests_path("data/" + town + "/" + file).string(),
                                      "--definition", test::tests_path(definition).string()};
    words.insert(words.end(), more.begin(), more.end());
    return test::stimme(words);
}

class RollCheck : public testing::TestWithParam<std::string> {
  protected:
    test::Ran check_json(const std::string& file) {
        return check(GetParam(), file, "data/" + GetParam() + "/definition.json", {"--json"});
    }
    json::Value expected() {
        auto document = test::read_test_json("data/" + GetParam() + "/expected.json");
        document.get<json::Object>()->erase("profile");
        document.get<json::Object>()->erase("rules");
        return document;
    }
};

TEST_P(RollCheck, GivesExactlyTheExpectedDecisions) {
    const test::Ran ran = check_json("register.csv");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto told = json::parse(ran.out);
    ASSERT_TRUE(told.ok());
    EXPECT_TRUE(*told == expected());
}

TEST_P(RollCheck, ReadsTheOlderEncodingToo) {
    const test::Ran ran = check_json("register-cp1252.csv");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(json::parse(ran.out).ok());
}

INSTANTIATE_TEST_SUITE_P(Towns, RollCheck,
                         testing::Values("magdeburg-1996", "rostock-2005", "muenster-2025"));

TEST(RollCheckText, TellsTheCountsInWords) {
    const test::Ran ran = check("magdeburg-1996", "register.csv", "data/magdeburg-1996/definition.json");
    EXPECT_EQ(ran.code, 0);
    EXPECT_NE(ran.out.find("6600 people, 4289 may vote, 2311 may not"), std::string::npos);
}

// Rostock's definition with one more member, in a file of its own.
std::filesystem::path changed_definition(const test::TemporaryFolder& folder, const std::string& key,
                                         const json::Value& value) {
    json::Value document = test::read_test_json("data/rostock-2005/definition.json");
    document.get<json::Object>()->set(key, value);
    const auto path = folder.path() / "definition.json";
    EXPECT_TRUE(write_file(path, as_bytes(json::canonical(document))).ok());
    return path;
}

TEST(RollCheckText, CandidatesAreDecidedByTheirOwnRules) {
    const test::TemporaryFolder folder;
    const auto definition = changed_definition(
        folder, "candidacy", json::Object{{"min_age", 100}, {"groups", json::Array{"foreign"}}});
    const std::vector<std::string> words = {"roll", "check",
                                            test::tests_path("data/rostock-2005/register.csv").string(),
                                            "--definition", definition.string()};
    EXPECT_NE(test::stimme(words).out.find("1500 people, 1060 may vote, 440 may not"), std::string::npos);
    auto standing = words;
    standing.emplace_back("--candidacy");
    EXPECT_NE(test::stimme(standing).out.find("1500 people, 0 may stand for election, 1500 may not"),
              std::string::npos);
}

TEST(RollCheckText, WithoutOwnRulesCandidatesAreDecidedAsVoters) {
    const test::Ran ran =
        check("rostock-2005", "register.csv", "data/rostock-2005/definition.json", {"--candidacy"});
    EXPECT_NE(ran.out.find("1500 people, 1060 may stand for election, 440 may not"), std::string::npos);
}

TEST(RollDeadlines, AreListedByDay) {
    const test::TemporaryFolder folder;
    json::Value calendar =
        *test::read_test_json("data/rostock-2005/definition.json").get<json::Object>()->find("calendar");
    calendar.get<json::Object>()->set(
        "deadlines", json::Object{{"roll_drawn", "2005-05-01"}, {"roll_closes", "2005-06-11"}});
    const auto definition = changed_definition(folder, "calendar", calendar);
    const test::Ran ran = test::stimme({"roll", "deadlines", "--definition", definition.string(), "--json"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const std::size_t drawn = ran.out.find(R"("code":"roll-drawn","day":"2005-05-01")");
    const std::size_t closes = ran.out.find(R"("code":"roll-closes","day":"2005-06-11")");
    ASSERT_NE(drawn, std::string::npos) << ran.out;
    ASSERT_NE(closes, std::string::npos) << ran.out;
    EXPECT_LT(drawn, closes);
}

TEST(RollDeadlines, ADefinitionWithoutAnySaysSo) {
    const test::Ran ran = test::stimme({"roll", "deadlines", "--definition",
                                        test::tests_path("data/rostock-2005/definition.json").string()});
    EXPECT_EQ(ran.out, "This definition sets no deadlines.\n");
}

TEST(RollCheckText, WrongLinesAreListedAndNothingIsDecided) {
    const test::TemporaryFolder folder;
    std::string csv = test::read_test_file("data/magdeburg-1996/register.csv");
    const std::size_t line = csv.find("\n10000001;");
    ASSERT_NE(line, std::string::npos);
    csv.insert(line + 1, "broken line\n");
    const auto path = folder.path() / "register.csv";
    ASSERT_TRUE(write_file(path, as_bytes(csv)).ok());
    const test::Ran ran = test::stimme({"roll", "check", path.string(), "--definition",
                                        test::tests_path("data/magdeburg-1996/definition.json").string()});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("line 3"), std::string::npos);
    EXPECT_NE(ran.err.find("register-invalid"), std::string::npos);
    EXPECT_EQ(ran.out, "");
}

TEST(RollCheckText, BrokenDefinitionIsNamedWithItsPlace) {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "definition.json";
    ASSERT_TRUE(write_file(path, as_bytes(R"({"format":"stimme-election/1"})")).ok());
    const test::Ran ran = test::stimme({"election", "check", path.string()});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("\"contests\" is missing"), std::string::npos);
}

}  // namespace
}  // namespace stimme::office
