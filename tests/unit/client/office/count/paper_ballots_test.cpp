// `stimme tally paper`: marks on paper, read by a definition's rules, as totals.
#include <gtest/gtest.h>

#include "tests/support/statutes.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::office {
namespace {

class PaperCommand : public ::testing::Test {
  protected:
    PaperCommand() {
        const auto definition = test::definition_with(test::statute_contest("hessen-2021"));
        write("definition.json", definition->canonical());
    }
    void write(const std::string& name, const std::string& text) {
        if (!write_file(folder_.path() / name, as_bytes(text)))
            throw std::runtime_error("can't write " + name);
    }
    test::Ran run(const std::string& marks, const std::string& contest = "beirat") {
        write("marks.json", marks);
        return test::stimme({"tally", "paper", (folder_.path() / "marks.json").string(), "--definition",
                             (folder_.path() / "definition.json").string(), "--contest", contest, "--json"});
    }

    test::TemporaryFolder folder_;
};

TEST_F(PaperCommand, AddsUpWhatCounts) {
    const test::Ran ran = run(R"({"ballots": [{"votes": {"a-1": 2, "b-1": 1}, "count": 10},
        {"lists": ["a"], "struck": ["a-2"]}, {"votes": {"c-1": 4}}, {"spoiled": true, "count": 2}, {}]})");
    EXPECT_EQ(ran.code, 0) << ran.err;
    // Of list a: a-1, a-3, a-4 and once more a-1, a-3.
    EXPECT_NE(
        ran.out.find(
            R"("totals":{"a-1":22,"a-2":0,"a-3":2,"a-4":1,"b-1":10,"b-2":0,"b-3":0,"c-1":3,"c-2":0,"invalid":3})"),
        std::string::npos)
        << ran.out;
    EXPECT_NE(ran.out.find(R"("ballots":15)"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("3 of 4 votes for c-1 count"), std::string::npos) << ran.out;
}

TEST_F(PaperCommand, NamesWhatIsWrong) {
    const test::Ran ran =
        run(R"({"ballots": [{"votes": {"a-9": 1}}, {"lists": ["z"]}, {"struck": ["invalid"]},
        {"lists": ["a", "a"]}, {"colour": "red"}, {"count": 0}]})");
    EXPECT_EQ(ran.code, 2);
    for (const char* place : {"/ballots/0/votes/a-9", "/ballots/1/lists", "/ballots/2/struck",
                              "/ballots/3/lists", "/ballots/4/colour", "/ballots/5/count"})
        EXPECT_NE(ran.err.find(place), std::string::npos) << place << " isn't named in: " << ran.err;
}

TEST_F(PaperCommand, UnknownContestIsRefused) {
    EXPECT_EQ(run(R"({"ballots": [{}]})", "mayor").code, 1);
}

}  // namespace
}  // namespace stimme::office
