// The three registers in tests/data, decided by their rules: each person and each reason as expected.json
// says.
#include <map>

#include <gtest/gtest.h>

#include "core/roll/rules/check_report.h"
#include "tests/support/files.h"
#include "tests/unit/core/roll/people.h"

namespace stimme::roll {
namespace {

struct Town {
    std::string name;
    std::string election_day;
    std::string rules;
};

std::ostream& operator<<(std::ostream& out, const Town& town) {
    return out << town.name;
}

class Registers : public testing::TestWithParam<Town> {
  protected:
    Reading read(const std::string& file, const RegisterReader::Sink& sink) {
        auto reading =
            read_register(as_bytes(test::read_test_file("data/" + GetParam().name + "/" + file)), sink);
        EXPECT_TRUE(reading->status().ok());
        return *std::move(reading);
    }
    Decision decide(const Person& person) {
        return roll::decide(person, rules_of_town_, on(GetParam().election_day));
    }
    json::Object expected() {
        return *test::read_test_json("data/" + GetParam().name + "/expected.json").get<json::Object>();
    }

    election::EligibilityRules rules_of_town_ = rules_of(GetParam().rules);
};

TEST_P(Registers, EveryPersonAndReasonIsAsExpected) {
    CheckReport report;
    const Reading reading =
        read("register.csv", [&](Person&& person) { report.add(person.number, decide(person)); });
    EXPECT_EQ(reading.written_as.encoding, Encoding::utf8);
    json::Object wanted = expected();
    wanted.erase("profile");
    wanted.erase("rules");
    EXPECT_EQ(report.json(), json::canonical(wanted));
}

TEST_P(Registers, TheWindows1252FileGivesTheSamePeopleAndDecisions) {
    std::map<std::string, Person> people;
    read("register.csv", [&](Person&& person) { people.emplace(person.number, std::move(person)); });
    const json::Object wanted = expected();
    const json::Object& decisions = *wanted.find("decisions")->get<json::Object>();
    const Reading reading = read("register-cp1252.csv", [&](Person&& person) {
        EXPECT_EQ(person, people.at(person.number));
        json::Array codes;
        for (const Reason reason : decide(person).reasons()) codes.emplace_back(code_of(reason));
        const json::Value* refused = decisions.find(person.number);
        EXPECT_EQ(json::Value(codes), refused ? *refused : json::Value(json::Array{})) << person.number;
    });
    EXPECT_EQ(reading.written_as.encoding, Encoding::windows_1252);
    EXPECT_GT(reading.people, 1000U);
}

INSTANTIATE_TEST_SUITE_P(
    Towns, Registers,
    testing::Values(
        Town{"magdeburg-1996", "1996-12-15",
             R"({"min_age":18,"residence":{"months":3},"country":{"years":1},"groups":["foreign"]})"},
        Town{
            "rostock-2005", "2005-06-12",
            R"({"min_age":16,"residence":{"months":3},"groups":["foreign"],"application":["dual","naturalised"]})"},
        Town{
            "muenster-2025", "2025-09-14",
            R"({"min_age":16,"residence":{"days":16},"country":{"years":1},"groups":["foreign","dual","naturalised"]})"}));

TEST(CheckReport, CountsPeopleAndReasonsAndListsOnlyTheRefused) {
    CheckReport report;
    Decision refused;
    refused.add(Reason::excluded);
    refused.add(Reason::age);
    report.add("2", refused);
    report.add("1", Decision());
    EXPECT_EQ(report.people(), 2U);
    EXPECT_EQ(report.eligible(), 1U);
    EXPECT_EQ(report.count(Reason::age), 1U);
    EXPECT_EQ(
        report.json(),
        R"({"decisions":{"2":["age","excluded"]},"eligible":1,"people":2,"reasons":{"age":1,"excluded":1}})");
}

}  // namespace
}  // namespace stimme::roll
