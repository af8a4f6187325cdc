// The report's verdicts, and that docs/verification.md says what the code checks.
#include "core/verify/report.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/files.h"

namespace stimme::verify {
namespace {

TEST(ReportTest, CheckThatNobodyConcludedIsNotCheckable) {
    Report report;
    for (const Check& check : report.checks()) EXPECT_EQ(check.verdict(), Verdict::not_checkable);
    EXPECT_TRUE(report.without_failure());
    EXPECT_FALSE(report.complete());
}

TEST(ReportTest, OnlyEveryNeededCheckMakesItComplete) {
    Report report;
    for (const CheckInfo& info : checks()) {
        if (info.needed != Needed::always) continue;
        EXPECT_FALSE(report.complete());
        report[info.number].done();
    }
    EXPECT_TRUE(report.complete());
}

TEST(ReportTest, WhatTheCallerBroughtIsNeeded) {
    Report report;
    for (const CheckInfo& info : checks()) {
        if (info.needed == Needed::always) report[info.number].done();
    }
    report["V11.2"].ask();
    EXPECT_FALSE(report.complete());
    report["V11.2"].done();
    EXPECT_TRUE(report.complete());
}

TEST(ReportTest, FailureOutweighsEverything) {
    Report report;
    Check& check = report["V6.4"];
    check.fail("ballot 3", invalid("some-code", "a sentence"));
    check.not_checkable("a reason");
    check.done();
    EXPECT_EQ(check.verdict(), Verdict::failed);
    EXPECT_FALSE(report.without_failure());
}

TEST(ReportTest, AllFailuresAreCountedAndTheFirstShown) {
    Report report;
    for (int i = 0; i < 25; ++i) report["V6.4"].fail("ballot " + std::to_string(i), invalid("code", "why"));
    EXPECT_EQ(report["V6.4"].failed(), 25u);
    EXPECT_EQ(report["V6.4"].failures().size(), 25u);
    const std::string text = report.to_text();
    EXPECT_NE(text.find("ballot 9"), std::string::npos);
    EXPECT_EQ(text.find("ballot 10"), std::string::npos);
    EXPECT_NE(text.find("and 15 more"), std::string::npos);
}

TEST(ReportTest, OnlyTheFirstOfVeryManyFailuresAreKept) {
    Findings some, more;
    for (std::size_t i = 0; i < kept_failures - 1; ++i) some.add({std::to_string(i), "code", "why"});
    for (const char* place : {"last kept", "counted"}) more.add({place, "code", "why"});
    some.add(more);
    EXPECT_EQ(some.failed, kept_failures + 1);
    ASSERT_EQ(some.first.size(), kept_failures);
    EXPECT_EQ(some.first.back().place, "last kept");
}

TEST(ReportTest, ChaptersAreCountedByTheirWholeNumber) {
    Report report;
    for (const CheckInfo& info : checks()) {
        if (info.number.starts_with("V1.")) report[info.number].done();
    }
    EXPECT_TRUE(report.complete_up_to(1));
    EXPECT_FALSE(report.complete_up_to(2));
    EXPECT_TRUE(report.chapter_passed("V1."));
    EXPECT_FALSE(report.chapter_passed("V10."));
}

TEST(ReportTest, JsonSaysTheSameAsTheReport) {
    Report report;
    report["V6.4"].count(5);
    report["V6.4"].fail("ballot 3", invalid("some-code", "a sentence"));
    report.fact("election", "00ff");
    const json::Object out = report.to_json();
    EXPECT_EQ(*out.find("complete"), json::Value(false));
    const auto& all = *out.find("checks")->get<json::Array>();
    ASSERT_EQ(all.size(), checks().size());
    const auto found = std::find_if(all.begin(), all.end(), [](const json::Value& check) {
        return *check.get<json::Object>()->find("number") == json::Value("V6.4");
    });
    EXPECT_EQ(*found->get<json::Object>()->find("verdict"), json::Value("failed"));
    EXPECT_EQ(*found->get<json::Object>()->find("count"), json::Value(5));
}

// "V6.4 | sentence" of each row of a table of docs/verification.md that begins with a number.
std::vector<std::string> documented_checks() {
    std::vector<std::string> rows;
    std::istringstream page(test::read_test_file("../docs/verification.md"));
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| V")) continue;
        const std::size_t sentence = line.find(" | ") + 3;
        rows.push_back(line.substr(2, line.find(" | ", sentence) - 2));
    }
    return rows;
}

TEST(ReportTest, DocumentationHoldsExactlyTheseSentences) {
    std::vector<std::string> expected;
    for (const CheckInfo& info : checks()) {
        expected.push_back(std::string(info.number) + " | " + std::string(info.sentence));
    }
    EXPECT_EQ(documented_checks(), expected);
}

}  // namespace
}  // namespace stimme::verify
