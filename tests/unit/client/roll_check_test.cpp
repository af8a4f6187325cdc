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
