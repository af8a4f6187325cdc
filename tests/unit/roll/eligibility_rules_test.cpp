// The object `eligibility` of a definition: core/election/eligibility_rules.h.
#include "core/election/eligibility_rules.h"

#include <gmock/gmock.h>

#include "tests/unit/roll/people.h"

namespace stimme::election {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "pointer: message" of each problem.
std::vector<std::string> problems_of(std::string_view text) {
    const auto value = json::parse(text);
    json::Problems problems;
    json::Fields in(*value, problems);
    (void)read_eligibility_rules(in);
    std::vector<std::string> result;
    for (const json::Problem& problem : problems.all())
        result.push_back(problem.pointer + ": " + problem.message);
    return result;
}

constexpr std::string_view everything =
    R"({"application":["dual","naturalised"],"country":{"years":1},"except":["eu"],"groups":["foreign","resettler"],)"
    R"("min_age":16,"naturalised_within":{"years":5},"residence":{"days":16}})";

TEST(EligibilityRules, EveryPartIsReadAndWrittenBack) {
    const EligibilityRules rules = roll::rules_of(everything);
    EXPECT_EQ(rules.min_age, 16);
    EXPECT_EQ(rules.residence, (Span{SpanUnit::days, 16}));
    EXPECT_EQ(rules.country, (Span{SpanUnit::years, 1}));
    EXPECT_THAT(rules.groups, ElementsAre(Group::foreign, Group::resettler));
    EXPECT_THAT(rules.application, ElementsAre(Group::dual, Group::naturalised));
    EXPECT_THAT(rules.except, ElementsAre(Group::eu));
    EXPECT_EQ(rules.naturalised_within, (Span{SpanUnit::years, 5}));
    EXPECT_EQ(json::canonical(to_json(rules)), everything);
}

TEST(EligibilityRules, EachUnitOfTimeIsWrittenBackAsItWasRead) {
    for (const std::string unit : {"days", "weeks", "months", "years"}) {
        const std::string text = R"({"groups":["foreign"],"min_age":18,"residence":{")" + unit + R"(":3}})";
        EXPECT_EQ(json::canonical(to_json(roll::rules_of(text))), text);
    }
}

TEST(EligibilityRules, EachMissingMemberIsNamed) {
    EXPECT_THAT(problems_of("{}"),
                ElementsAre(R"(: "min_age" is missing)",
                            R"(: no group may vote; right is at least one in "groups" or "application")"));
}

TEST(EligibilityRules, AnUnknownKeyIsRefusedAtItsPlace) {
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign"],"max_age":70})"),
                ElementsAre("/max_age: this key isn't known here"));
    EXPECT_THAT(
        problems_of(R"({"min_age":18,"groups":["naturalised"],"naturalised_within":{"years":5,"days":1}})"),
        ElementsAre("/naturalised_within/days: this key isn't known here"));
}

TEST(EligibilityRules, AnUnknownGroupIsRefusedAndTheGroupsAreNamed) {
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign","martian"]})"),
                ElementsAre(R"(/groups: "martian" is not known; right is one of "foreign", "eu", "dual", )"
                            R"("naturalised", "resettler")"));
}

TEST(EligibilityRules, AGroupInTwoListsIsRefused) {
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign","dual"],"application":["dual"]})"),
                ElementsAre(R"(/application: "dual" stands twice; right is once in one of "groups", )"
                            R"("application" and "except")"));
}

TEST(EligibilityRules, NumbersOutOfRangeAreRefused) {
    EXPECT_THAT(
        problems_of(
            R"({"min_age":101,"groups":["foreign"],"residence":{"months":0},"country":{"years":101}})"),
        ElementsAre("/min_age: 101 is out of range; right is 0 to 100",
                    "/residence/months: 0 is out of range; right is 1 to 1200",
                    "/country/years: 101 is out of range; right is 1 to 100"));
    EXPECT_THAT(problems_of(R"({"min_age":-1,"groups":["foreign"]})"),
                ElementsAre("/min_age: -1 is out of range; right is 0 to 100"));
}

TEST(EligibilityRules, ASpanHasExactlyOneUnit) {
    const std::string right =
        R"(/residence: right is one of {"days": n}, {"weeks": n}, {"months": n}, {"years": n})";
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign"],"residence":{"months":3,"days":1}})"),
                ElementsAre(right));
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign"],"residence":{"hours":3}})"),
                ElementsAre(right));
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign"],"residence":{}})"), ElementsAre(right));
}

TEST(EligibilityRules, NaturalisedWithinNeedsItsGroup) {
    EXPECT_THAT(
        problems_of(R"({"min_age":18,"groups":["foreign"],"naturalised_within":{"years":5}})"),
        ElementsAre(R"(/naturalised_within: no list names the group "naturalised" that this is about)"));
}

TEST(EligibilityRules, OnApplicationAloneIsEnough) {
    EXPECT_THAT(problems_of(R"({"min_age":18,"application":["foreign"]})"), IsEmpty());
}

TEST(EligibilityRules, EveryGroupIsFoundByItsName) {
    for (std::size_t i = 0; i < group_count; ++i) {
        const auto group = static_cast<Group>(i);
        EXPECT_EQ(group_named(to_string(group)), group);
    }
    EXPECT_EQ(group_named("german"), std::nullopt);
}

}  // namespace
}  // namespace stimme::election
