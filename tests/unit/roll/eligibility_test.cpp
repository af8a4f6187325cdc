// Who may vote and why not: core/roll/eligibility.h.
#include "core/roll/eligibility.h"

#include <set>

#include <gmock/gmock.h>

#include "core/roll/nationality.h"
#include "tests/unit/roll/people.h"

namespace stimme::roll {
namespace {

using election::Group;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string plain =
    R"({"min_age":16,"residence":{"months":3},"country":{"years":1},"groups":["foreign"]})";

// Codes of the decision about `person` on 14 September 2025.
std::string judged(const Person& person, const std::string& rules = plain) {
    return codes(decide(person, rules_of(rules), on("2025-09-14")));
}

Person of_nations(std::vector<std::string> nations) {
    Person person = resident();
    person.nationalities = std::move(nations);
    return person;
}

Person naturalised_on(std::string_view day) {
    Person person = of_nations({"DEU"});
    person.naturalised_on = on(day);
    return person;
}

std::vector<Group> groups(const Person& person, std::string_view day = "2025-09-14") {
    return groups_of(person, rules_of(plain), on(day));
}

TEST(Eligibility, WhoMeetsEveryRuleMayVote) {
    EXPECT_EQ(judged(resident()), "");
}

TEST(Eligibility, TheMinimumAgeIsReachedOnTheBirthday) {
    Person person = resident();
    person.born = on("2009-09-14");
    EXPECT_EQ(judged(person), "");
    person.born = on("2009-09-15");
    EXPECT_EQ(judged(person), "age");
}

TEST(Eligibility, ResidenceIsCompleteOnItsLastDay) {
    Person person = resident();
    person.main_residence_since = on("2025-06-14");
    EXPECT_EQ(judged(person), "");
    person.main_residence_since = on("2025-06-15");
    EXPECT_EQ(judged(person), "residence");
}

TEST(Eligibility, WithoutALengthTheResidenceMustOnlyHaveBegun) {
    Person person = resident();
    person.main_residence_since = on("2025-09-14");
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["foreign"]})"), "");
    person.main_residence_since = on("2025-09-15");
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["foreign"]})"), "residence");
}

TEST(Eligibility, ASecondaryDwellingIsNoMainResidenceHoweverLongItLasts) {
    Person person = resident();
    person.dwelling = Dwelling::secondary;
    EXPECT_EQ(judged(person), "no-main-residence");
    person.main_residence_since = on("2025-09-01");
    EXPECT_EQ(judged(person), "no-main-residence");
    person.dwelling = Dwelling::main;
    EXPECT_EQ(judged(person), "residence");
}

TEST(Eligibility, TimeInTheCountryCountsFromEntry) {
    Person person = resident();
    person.in_germany_since = on("2024-09-15");
    EXPECT_EQ(judged(person), "time-in-country");
    person.in_germany_since = on("2024-09-14");
    EXPECT_EQ(judged(person), "");
}

TEST(Eligibility, WithoutADateOfEntryTheMainResidenceTells) {
    Person person = resident();
    person.in_germany_since.reset();
    EXPECT_EQ(judged(person), "");
    person.main_residence_since = on("2025-01-01");
    EXPECT_EQ(judged(person), "time-in-country");
}

TEST(Eligibility, WhoLeftOrDiedUpToElectionDayMayNotVote) {
    Person person = resident();
    person.moved_or_died_on = on("2025-09-14");
    EXPECT_EQ(judged(person), "moved-away-or-deceased");
    person.moved_or_died_on = on("2025-09-15");
    EXPECT_EQ(judged(person), "");
}

TEST(Eligibility, AllReasonsAreToldInTheirOrder) {
    Person person = of_nations({"DEU"});
    person.born = on("2020-01-01");
    person.main_residence_since = person.in_germany_since = on("2025-09-01");
    person.excluded = true;
    person.moved_or_died_on = on("2025-09-02");
    EXPECT_EQ(judged(person), "nationality age residence time-in-country excluded moved-away-or-deceased");
}

TEST(Eligibility, AGroupOnApplicationVotesOnlyWithOne) {
    const std::string rules = R"({"min_age":16,"groups":["foreign"],"application":["dual","naturalised"]})";
    Person person = of_nations({"DEU", "TUR"});
    EXPECT_EQ(judged(person, rules), "application-missing");
    person.applied = true;
    EXPECT_EQ(judged(person, rules), "");
    EXPECT_EQ(judged(naturalised_on("2001-01-01"), rules), "application-missing");
}

TEST(Eligibility, AnApplicationDoesNotHelpAGroupThatHasNoVote) {
    Person person = of_nations({"DEU"});
    person.applied = true;
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["foreign"],"application":["dual"]})"), "nationality");
}

TEST(Eligibility, AnExceptedGroupMayNotVoteThoughItIsInAnother) {
    const std::string rules = R"({"min_age":16,"groups":["foreign"],"except":["eu"]})";
    EXPECT_EQ(judged(of_nations({"POL"}), rules), "nationality");
    EXPECT_EQ(judged(of_nations({"TUR"}), rules), "");
}

TEST(Eligibility, NaturalisationsFurtherBackThanTheLimitDoNotCount) {
    const std::string rules = R"({"min_age":16,"groups":["naturalised"],"naturalised_within":{"years":5}})";
    EXPECT_EQ(judged(naturalised_on("2020-09-14"), rules), "");
    EXPECT_EQ(judged(naturalised_on("2020-09-13"), rules), "nationality");
}

TEST(Eligibility, NationalitiesDecideTheGroups) {
    EXPECT_THAT(groups(of_nations({"TUR"})), ElementsAre(Group::foreign));
    EXPECT_THAT(groups(of_nations({"XXA"})), ElementsAre(Group::foreign));
    EXPECT_THAT(groups(of_nations({"TUR", "POL"})), ElementsAre(Group::foreign, Group::eu));
    EXPECT_THAT(groups(of_nations({"POL", "DEU"})), ElementsAre(Group::dual));
    EXPECT_THAT(groups(of_nations({"DEU"})), IsEmpty());
    EXPECT_THAT(groups(naturalised_on("2001-01-01")), ElementsAre(Group::naturalised));
}

TEST(Eligibility, StatelessIsNoSecondNationality) {
    Person person = naturalised_on("2001-01-01");
    person.nationalities = {"DEU", "XXA"};
    EXPECT_THAT(groups(person), ElementsAre(Group::naturalised));
}

TEST(Eligibility, OnlyGermansAreResettlers) {
    Person person = of_nations({"DEU"});
    person.resettler = true;
    EXPECT_THAT(groups(person), ElementsAre(Group::resettler));
    person.nationalities = {"KAZ"};
    EXPECT_THAT(groups(person), ElementsAre(Group::foreign));
}

TEST(Eligibility, TheUnionIsThatOfElectionDay) {
    EXPECT_FALSE(in_european_union("POL", on("2004-04-30")));
    EXPECT_TRUE(in_european_union("POL", on("2004-05-01")));
    EXPECT_TRUE(in_european_union("GBR", on("2020-01-31")));
    EXPECT_FALSE(in_european_union("GBR", on("2020-02-01")));
    EXPECT_FALSE(in_european_union("CHE", on("2025-09-14")));
}

TEST(Eligibility, NationalitiesOfIso3166AndOfOlderRegistersAreKnown) {
    for (const auto* code : {"DEU", "TUR", "XXA", "YUG", "ZAR", "XKX", "COD"})
        EXPECT_TRUE(is_nationality(code)) << code;
    for (const auto* code : {"GER", "D", "", "tur", "ZZZ"}) EXPECT_FALSE(is_nationality(code)) << code;
}

TEST(Eligibility, EveryReasonHasItsCodeAndASentenceInBothLanguages) {
    std::set<std::string_view> sentences;
    for (std::size_t i = 0; i < reason_count; ++i) {
        const auto reason = static_cast<Reason>(i);
        EXPECT_EQ(reason_of(code_of(reason)), reason);
        EXPECT_TRUE(sentence_in_english(reason).ends_with('.'));
        EXPECT_TRUE(sentence_in_german(reason).ends_with('.'));
        sentences.insert({sentence_in_english(reason), sentence_in_german(reason)});
    }
    EXPECT_EQ(sentences.size(), 2 * reason_count);
    EXPECT_EQ(reason_of("too-tall"), std::nullopt);
}

}  // namespace
}  // namespace stimme::roll
