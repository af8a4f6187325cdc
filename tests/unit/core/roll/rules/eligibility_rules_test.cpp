// The object `eligibility` of a definition: core/election/eligibility_rules.h.
#include "core/election/eligibility_rules.h"

#include <gmock/gmock.h>

#include "tests/unit/core/roll/people.h"

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
    R"({"application":["dual","naturalised"],"application_until":"2025-09-02","country":{"years":1},"except":["eu"],)"
    R"("except_status":["Duldung","Diplomat"],"groups":["foreign","resettler"],)"
    R"("min_age":16,"naturalised_within":{"years":5},"residence":{"days":16}})";

TEST(EligibilityRules, EveryPartIsReadAndWrittenBack) {
    const EligibilityRules rules = roll::rules_of(everything);
    EXPECT_EQ(rules.min_age, 16);
    EXPECT_EQ(rules.residence, (Span{SpanUnit::days, 16}));
    EXPECT_EQ(rules.country, (Span{SpanUnit::years, 1}));
    EXPECT_THAT(rules.groups, ElementsAre(Group::foreign, Group::resettler));
    EXPECT_THAT(rules.application, ElementsAre(Group::dual, Group::naturalised));
    EXPECT_EQ(rules.application_until, roll::on("2025-09-02"));
    EXPECT_THAT(rules.except, ElementsAre(Group::eu));
    EXPECT_THAT(rules.except_status, ElementsAre("Duldung", "Diplomat"));
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
                ElementsAre(R"(/groups: "martian" is not known; right is one of "foreign", "eu", )"
                            R"("stateless", "german", "dual", "naturalised", "resettler")"));
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

TEST(EligibilityRules, NaturalisationIsCountedInYearsAsStatutesDo) {
    for (const std::string unit : {"days", "weeks", "months"}) {
        EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["naturalised"],"naturalised_within":{")" + unit +
                                R"(":3}})"),
                    ElementsAre(R"(/naturalised_within: "years" is missing)",
                                "/naturalised_within/" + unit + ": this key isn't known here"));
    }
}

TEST(EligibilityRules, ADeadlineForApplicationsNeedsAGroupThatApplies) {
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign"],"application_until":"2025-09-02"})"),
                ElementsAre(R"(/application_until: no group votes on "application", which this is about)"));
}

TEST(EligibilityRules, ADeadlineIsADayOfTheCalendar) {
    for (const std::string day : {"2025-02-30", "02.09.2025", ""}) {
        EXPECT_THAT(
            problems_of(R"({"min_age":18,"application":["dual"],"application_until":")" + day + R"("})"),
            ElementsAre(testing::StartsWith("/application_until: ")));
    }
}

TEST(EligibilityRules, AStatusHasOneToFortyBytesAndStandsOnce) {
    const auto found = [](const std::string& statuses) {
        return problems_of(R"({"min_age":18,"groups":["foreign"],"except_status":)" + statuses + "}");
    };
    EXPECT_THAT(found(R"(["Duldung","Diplomat"])"), IsEmpty());
    EXPECT_THAT(found(R"(["Duldung","Duldung"])"), ElementsAre(R"(/except_status: "Duldung" stands twice)"));
    EXPECT_THAT(found(R"([""])"), ElementsAre(R"(/except_status: "" has 0 bytes; right is 1 to 40)"));
    EXPECT_THAT(
        found("[\"" + std::string(41, 'a') + "\"]"),
        ElementsAre("/except_status: \"" + std::string(41, 'a') + "\" has 41 bytes; right is 1 to 40"));
    EXPECT_THAT(found("[]"), ElementsAre("/except_status: 0 items; right is 1 to 64"));
}

TEST(EligibilityRules, ANarrowGroupIsNotAdmittedWithinAnExceptedOne) {
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["stateless"],"except":["foreign"]})"),
                ElementsAre(R"(/except: "foreign" leaves nobody of "stateless", who is to vote)"));
    EXPECT_THAT(problems_of(R"({"min_age":18,"groups":["foreign"],"except":["stateless"]})"), IsEmpty());
}

TEST(EligibilityRules, OnApplicationAloneIsEnough) {
    EXPECT_THAT(problems_of(R"({"min_age":18,"application":["foreign"]})"), IsEmpty());
}

TEST(EligibilityRules, EveryGroupIsFoundByItsName) {
    for (std::size_t i = 0; i < group_count; ++i) {
        const auto group = static_cast<Group>(i);
        EXPECT_EQ(group_named(to_string(group)), group);
    }
    EXPECT_EQ(group_named("martian"), std::nullopt);
}

// The least age of the rules in force on that day, or the problems.
std::string in_force(const std::string& rules, std::string_view election_day) {
    const auto value = json::parse(R"({"eligibility":)" + rules + "}");
    json::Problems problems;
    json::Fields in(*value, problems);
    const EligibilityRules found = read_rules_in_force(in, "eligibility", roll::on(election_day));
    in.finish();
    if (problems.empty()) return std::to_string(found.min_age);
    return problems.status("wrong").error().message;
}

const std::string always18 = R"({"min_age":18,"groups":["foreign"]})";
const std::string from18 = R"({"from":"2014-07-01","min_age":18,"groups":["foreign"]})";
const std::string from16 = R"({"from":"2020-01-01","min_age":16,"groups":["foreign"]})";

TEST(RulesInForce, OneObjectIsAlwaysInForce) {
    EXPECT_EQ(in_force(always18, "1996-12-15"), "18");
}

TEST(RulesInForce, TheyChangeOnTheirDay) {
    const std::string rules = "[" + always18 + "," + from16 + "]";
    EXPECT_EQ(in_force(rules, "1996-12-15"), "18");
    EXPECT_EQ(in_force(rules, "2019-12-31"), "18");
    EXPECT_EQ(in_force(rules, "2020-01-01"), "16");
    EXPECT_EQ(in_force(rules, "2025-09-14"), "16");
}

TEST(RulesInForce, NoneInForceIsAProblem) {
    EXPECT_EQ(in_force("[" + from18 + "," + from16 + "]", "2014-06-30"),
              "/eligibility: D17: none of these rules is in force on election day, 2014-06-30");
    EXPECT_EQ(in_force("[" + from18 + "," + from16 + "]", "2014-07-01"), "18");
}

TEST(RulesInForce, TheirDaysAscend) {
    EXPECT_EQ(
        in_force("[" + from16 + "," + from18 + "]", "2025-09-14"),
        "/eligibility/1/from: D17: must be later than 2020-01-01, from which the rules before these are "
        "valid");
    EXPECT_NE(in_force("[" + from16 + "," + from16 + "]", "2025-09-14").find("D17"), std::string::npos);
}

TEST(RulesInForce, OnlyTheFirstMayLackItsDay) {
    EXPECT_EQ(in_force("[" + from18 + "," + always18 + "]", "2025-09-14"),
              R"(/eligibility/1: "from" is missing)");
}

TEST(RulesInForce, ADayStandsInArraysOnly) {
    EXPECT_EQ(in_force(from18, "2025-09-14"), "/eligibility/from: this key isn't known here");
}

TEST(RulesInForce, RulesOfOtherTimesMustBeRightToo) {
    EXPECT_EQ(in_force(R"([{"min_age":101,"groups":["foreign"]},)" + from16 + "]", "2025-09-14"),
              "/eligibility/0/min_age: 101 is out of range; right is 0 to 100");
    EXPECT_EQ(in_force("[]", "2025-09-14"), "/eligibility: 0 items; right is 1 to 32");
}

TEST(RulesInForce, MissingRulesAreNamed) {
    const auto value = json::parse("{}");
    json::Problems problems;
    json::Fields in(*value, problems);
    (void)read_rules_in_force(in, "eligibility", roll::on("2025-09-14"));
    EXPECT_EQ(problems.all().front().message, R"("eligibility" is missing)");
}

}  // namespace
}  // namespace stimme::election
