// `stimme seats`: the answer for people and for programs, and files that are wrong.
#include <gtest/gtest.h>

#include "tests/unit/client/client_fixture.h"

namespace stimme::office {
namespace {

class SeatsCommand : public ::testing::Test {
  protected:
    test::Ran run(const std::string& text, std::vector<std::string> more = {}) {
        const auto file = folder_.path() / "seats.json";
        if (!write_file(file, as_bytes(text))) throw std::runtime_error("can't write " + file.string());
        std::vector<std::string> words{"seats", file.string()};
        words.insert(words.end(), more.begin(), more.end());
        return test::stimme(words);
    }
    // What it says about a wrong file.
    std::string refusal(const std::string& text) {
        const test::Ran ran = run(text);
        EXPECT_EQ(ran.code, 2) << ran.out;
        EXPECT_EQ(ran.out, "");
        return ran.err;
    }
    static bool says(const std::string& text, const std::string& words) {
        return text.find(words) != std::string::npos;
    }

    test::TemporaryFolder folder_;
};

TEST_F(SeatsCommand, TellsSeatsTiesAndStepsToPrograms) {
    const test::Ran ran = run(R"({"method": "hare-niemeyer", "seats": 2, "lists":
        [{"id": "a", "votes": 10}, {"id": "Liste \"b\"", "votes": 30}]})",
                              {"--json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(
        ran.out,
        "{\"empty\":0,\"seats\":{\"Liste \\\"b\\\"\":1,\"a\":0},\"steps\":[{\"text\":\"40 votes in all.\"},"
        "{\"table\":[[\"list\",\"votes\",\"votes x seats\",\"whole\",\"remainder\",\"one more\"],"
        "[\"a\",\"10\",\"20\",\"0\",\"20/40\",\"tied\"],"
        "[\"Liste \\\"b\\\"\",\"30\",\"60\",\"1\",\"20/40\",\"tied\"]],"
        "\"text\":\"Votes times 2 seats divided by 40 votes: the whole seats, then one more to the largest "
        "remainders:\"},{\"text\":\"Tied: 1 seat between a and Liste \\\"b\\\". A lot must be drawn; the count "
        "stops here.\"}],\"ties\":[{\"between\":[\"a\",\"Liste \\\"b\\\"\"],\"seats\":1}]}\n");
}

// The example of docs/seats.md.
TEST_F(SeatsCommand, ShowsTheTableOfQuotientsToPeople) {
    const test::Ran ran = run(R"({"method": "sainte-lague", "seats": 6, "lists": [{"id": "a", "votes": 5606},
        {"id": "b", "votes": 3133}, {"id": "c", "votes": 679}, {"id": "d", "votes": 583}]})");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, R"(10001 votes in all.
Votes divided by 1, 3, 5, ...; 6 seats for the highest quotients, with its number behind each:
  divisor             a             b    c    d
  1            5606 [1]      3133 [2]  679  583
  3        1868 2/3 [3]  1044 1/3 [5]
  5        1121 1/5 [4]       626 3/5
  7         800 6/7 [6]
  9             622 8/9

list  votes  seats
a      5606      4
b      3133      2
c       679      0
d       583      0
)");
}

TEST_F(SeatsCommand, TakesRulesAndLots) {
    const std::string file =
        R"({"method": "dhondt", "seats": 2, "threshold": {"percent": 10}, "exhausted": "stay-empty",
        "lists": [{"id": "a", "votes": 30}, {"id": "b", "votes": 30}, {"id": "c", "votes": 60, "candidates": 0},
        {"id": "d", "votes": 9}], "lots": [{"seats": 1, "between": ["a", "b", "c"], "drawn": ["b"]}]})";
    const test::Ran ran = run(file, {"--json"});
    EXPECT_TRUE(says(ran.out, R"("empty":1,"seats":{"a":0,"b":1,"c":0,"d":0})")) << ran.out << ran.err;
}

TEST_F(SeatsCommand, LimitsHoldForMostVotes) {
    const test::Ran ran =
        run(R"({"method": "most-votes", "seats": 2, "limits": [{"group": "x", "most": 1}], "lists":
        [{"id": "a", "votes": 9, "group": "x"}, {"id": "b", "votes": 8, "group": "x"}, {"id": "c", "votes": 1}]})",
            {"--json"});
    EXPECT_TRUE(says(ran.out, R"("seats":{"a":1,"b":0,"c":1})")) << ran.out << ran.err;
}

TEST_F(SeatsCommand, LotThatIsNotDueIsRefused) {
    const test::Ran ran = run(R"({"method": "dhondt", "seats": 1, "lists": [{"id": "a", "votes": 3},
        {"id": "b", "votes": 2}], "lots": [{"seats": 1, "between": ["a", "b"], "drawn": ["b"]}]})");
    EXPECT_EQ(ran.code, 1);
    EXPECT_TRUE(says(ran.err, "/lots/0")) << ran.err;
}

TEST_F(SeatsCommand, WrongFilesAreRefusedWithThePlaceOfEachMistake) {
    const std::string many = refusal(R"({"method": "droop", "seats": 0, "lists": [{"id": "", "votes": -1},
        {"id": "a"}, {"id": "a", "votes": 1, "colour": "red"}], "threshold": {"percent": 51}, "extra": 1})");
    for (const char* place : {"/method", "/seats", "/lists/0/id", "/lists/0/votes", "/lists/1: \"votes\"",
                              "/lists/2/colour", "/lists/2/id", "/threshold/percent", "/extra"})
        EXPECT_TRUE(says(many, place)) << place << " isn't named in: " << many;
    EXPECT_TRUE(says(many, "sainte-lague"));
}

TEST_F(SeatsCommand, RulesThatDoNotGoWithTheMethodAreRefused) {
    const auto with = [&](const std::string& method, const std::string& rule) {
        return refusal(R"({"method": ")" + method + R"(", "seats": 3, "lists": [{"id": "a", "votes": 1}], )" +
                       rule + "}");
    };
    EXPECT_TRUE(says(with("most-votes", R"("majority_clause": "within-seats")"), "/majority_clause"));
    EXPECT_TRUE(says(with("most-votes", R"("exhausted": "stay-empty")"), "/exhausted"));
    EXPECT_TRUE(says(with("dhondt", R"("limits": [{"most": 1}])"), "/limits"));
    EXPECT_TRUE(says(with("most-votes", R"("limits": [{"group": "x", "least": 4}])"), "at least 4 seats"));
    EXPECT_TRUE(
        says(with("most-votes", R"("limits": [{"group": "x", "least": 2, "most": 1}])"), "/limits/0/most"));
    EXPECT_TRUE(
        says(with("most-votes", R"("limits": [{"group": "x", "most": 2}, {"group": "x", "most": 1}])"),
             "/limits/1/group"));
}

TEST_F(SeatsCommand, FilesThatAreNoJsonObjectAreRefused) {
    EXPECT_TRUE(says(refusal("seats: 6"), "seats.json"));
    EXPECT_TRUE(says(refusal("[]"), "an object"));
    EXPECT_TRUE(says(refusal(R"({"method": "dhondt", "seats": 6.5, "lists": []})"), "seats.json"));
    EXPECT_TRUE(says(refusal(R"({"method": "dhondt", "seats": 6, "lists": []})"), "/lists"));
    EXPECT_EQ(test::stimme({"seats", (folder_.path() / "none.json").string()}).code, 2);
}

}  // namespace
}  // namespace stimme::office
