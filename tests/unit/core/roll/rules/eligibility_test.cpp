// Who may vote and why not: core/roll/rules/eligibility.h. Beside the rules stands the wording of the law
// that has them; those of one city with all their boundaries are in statutes_test.cpp.
#include "core/roll/rules/eligibility.h"

#include <set>

#include <gmock/gmock.h>

#include "core/roll/register/nationality.h"
#include "tests/unit/core/roll/people.h"

namespace stimme::roll {
namespace {

using election::Group;
using testing::ElementsAre;

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

// § 187 Abs. 2 BGB: „Ist der Beginn eines Tages der für den Anfang einer Frist maßgebende Zeitpunkt, so wird
// dieser Tag bei der Berechnung der Frist mitgerechnet. Das Gleiche gilt von dem Tage der Geburt bei der
// Berechnung des Lebensalters.“
TEST(Eligibility, TheMinimumAgeIsReachedOnTheBirthday) {
    Person person = resident();
    person.born = on("2009-09-14");
    EXPECT_EQ(judged(person), "");
    person.born = on("2009-09-15");
    EXPECT_EQ(judged(person), "age");
}

// § 86 Abs. 2 HGO, earlier: „seit mindestens drei Monaten“; § 188 Abs. 2 BGB: the period ends „mit dem Ablauf
// desjenigen Tages der letzten Woche oder des letzten Monats, welcher dem Tage vorhergeht, der durch seine
// Benennung oder seine Zahl dem Anfangstag der Frist entspricht“
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

// § 21 BMG: „Hauptwohnung ist die vorwiegend benutzte Wohnung des Einwohners. Nebenwohnung ist jede weitere
// Wohnung des Einwohners im Inland.“
TEST(Eligibility, ASecondaryDwellingIsNoMainResidenceHoweverLongItLasts) {
    Person person = resident();
    person.dwelling = Dwelling::secondary;
    EXPECT_EQ(judged(person), "no-main-residence");
    person.main_residence_since = on("2025-09-01");
    EXPECT_EQ(judged(person), "no-main-residence");
    person.dwelling = Dwelling::main;
    EXPECT_EQ(judged(person), "residence");
}

// § 27 Abs. 3 GO NRW: „sich seit mindestens einem Jahr im Bundesgebiet rechtmäßig aufhalten“
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
    person.nationalities = {"TUR"};
    person.residence_status = "Duldung";
    person.application = Application{on("2025-09-10")};
    EXPECT_EQ(judged(person, R"({"min_age":16,"residence":{"months":3},"country":{"years":1},)"
                             R"("application":["foreign"],"application_until":"2025-09-02",)"
                             R"("except_status":["Duldung"]})"),
              "application-late age residence time-in-country excluded residence-status "
              "moved-away-or-deceased");
}

// Rostock 2005, no. 3.2: „Wahlberechtigt auf Antrag sind außerdem 1. deutsche Staatsangehörige, die daneben
// eine ausländische Staatsangehörigkeit oder mehrere ausländische Staatsangehörigkeiten besitzen, und 2.
// Eingebürgerte“
TEST(Eligibility, AGroupOnApplicationVotesOnlyWithOne) {
    const std::string rules = R"({"min_age":16,"groups":["foreign"],"application":["dual","naturalised"]})";
    Person person = of_nations({"DEU", "TUR"});
    EXPECT_EQ(judged(person, rules), "application-missing");
    person.application = Application{};
    EXPECT_EQ(judged(person, rules), "");
    EXPECT_EQ(judged(naturalised_on("2001-01-01"), rules), "application-missing");
}

TEST(Eligibility, AnApplicationDoesNotHelpAGroupThatHasNoVote) {
    Person person = of_nations({"DEU"});
    person.application = Application{};
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["foreign"],"application":["dual"]})"), "nationality");
}

// Citizens of the Union have another vote already, Art. 28 Abs. 1 GG: „Bei Wahlen in Kreisen und Gemeinden
// sind auch Personen, die die Staatsangehörigkeit eines Mitgliedstaates der Europäischen Gemeinschaft
// besitzen, […] wahlberechtigt und wählbar.“
TEST(Eligibility, AnExceptedGroupMayNotVoteThoughItIsInAnother) {
    const std::string rules = R"({"min_age":16,"groups":["foreign"],"except":["eu"]})";
    EXPECT_EQ(judged(of_nations({"POL"}), rules), "nationality");
    EXPECT_EQ(judged(of_nations({"TUR"}), rules), "");
}

// § 27 Abs. 3 GO NRW: „bis zum zwölften Tag vor der Wahl“
TEST(Eligibility, AnApplicationCountsUpToItsLastDay) {
    const std::string rules =
        R"({"min_age":16,"groups":["foreign"],"application":["dual"],"application_until":"2025-09-02"})";
    Person person = of_nations({"DEU", "TUR"});
    EXPECT_EQ(judged(person, rules), "application-missing");
    for (const auto& [day, expected] :
         {std::pair{"2025-09-01", ""}, {"2025-09-02", ""}, {"2025-09-03", "application-late"}}) {
        person.application = Application{on(day)};
        EXPECT_EQ(judged(person, rules), expected) << day;
    }
    person.application = Application{};
    EXPECT_EQ(judged(person, rules), "");
}

TEST(Eligibility, WithoutALastDayApplicationsCountUpToElectionDay) {
    const std::string rules = R"({"min_age":16,"application":["dual"]})";
    Person person = of_nations({"DEU", "TUR"});
    person.application = Application{on("2025-09-14")};
    EXPECT_EQ(judged(person, rules), "");
    person.application = Application{on("2025-09-15")};
    EXPECT_EQ(judged(person, rules), "application-late");
}

TEST(Eligibility, WhoNeedsNoApplicationIsNotLate) {
    Person person = resident();
    person.application = Application{on("2030-01-01")};
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["foreign"],"application":["dual"]})"), "");
}

TEST(Eligibility, ANarrowGroupIsTakenOutOfTheWideOne) {
    const std::string applies = R"({"min_age":16,"groups":["foreign"],"application":["stateless"]})";
    EXPECT_EQ(judged(of_nations({"XXA"}), applies), "application-missing");
    EXPECT_EQ(judged(of_nations({"TUR"}), applies), "");
    const std::string by_register = R"({"min_age":16,"groups":["dual"],"application":["german"]})";
    EXPECT_EQ(judged(of_nations({"DEU", "TUR"}), by_register), "");
    EXPECT_EQ(judged(of_nations({"DEU"}), by_register), "application-missing");
}

// § 84 HGO: „Zu den ausländischen Einwohnern zählen auch staatenlose Einwohner.“ A statute may see it
// otherwise.
TEST(Eligibility, TheStatelessCanBeExcepted) {
    const std::string rules = R"({"min_age":16,"groups":["foreign"],"except":["stateless"]})";
    EXPECT_EQ(judged(of_nations({"XXA"}), rules), "nationality");
    EXPECT_EQ(judged(of_nations({"XXA", "TUR"}), rules), "");
    EXPECT_EQ(judged(of_nations({"XXA"}), R"({"min_age":16,"groups":["stateless"]})"), "");
}

TEST(Eligibility, OfTwoNarrowGroupsTheOneByRegisterIsEnough) {
    Person person = of_nations({"DEU", "KAZ"});
    person.resettler = true;
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["dual"],"application":["resettler"]})"), "");
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["resettler"],"application":["dual"]})"), "");
    EXPECT_EQ(judged(person, R"({"min_age":16,"groups":["dual"],"except":["resettler"]})"), "nationality");
}

// § 27 Abs. 4 GO NRW: „Nicht wahlberechtigt sind Ausländer […] auf die das Aufenthaltsgesetz […] keine
// Anwendung findet oder die Asylbewerber sind.“
TEST(Eligibility, AnExceptedResidenceStatusHoldsForForeignersOnly) {
    const std::string rules =
        R"({"min_age":16,"groups":["foreign","dual"],"except_status":["Duldung","Diplomat"]})";
    Person person = resident();
    for (const auto& [status, expected] : {std::pair{"Duldung", "residence-status"},
                                           {"Diplomat", "residence-status"},
                                           {"Aufenthaltserlaubnis", ""},
                                           {"duldung", ""},
                                           {"", ""}}) {
        person.residence_status = status;
        EXPECT_EQ(judged(person, rules), expected) << status;
    }
    person.residence_status = "Duldung";
    EXPECT_EQ(judged(person), "");
    person.nationalities = {"DEU", "TUR"};
    EXPECT_EQ(judged(person, rules), "");
}

// § 27 Abs. 3 GO NRW: „mindestens seit dem sechzehnten Tag vor der Wahl“; § 86 HGO: „seit mindestens sechs
// Wochen“; Regensburg: „seit mindestens drei Monaten“; Rostock: „seit mindestens einem Jahr“
TEST(Eligibility, EveryUnitOfTimeEndsOnItsDay) {
    struct Case {
        std::string span;
        const char* in_time;
        const char* too_short;
    };
    for (const Case& one : {Case{R"({"days":16})", "2025-08-29", "2025-08-30"},
                            {R"({"weeks":6})", "2025-08-03", "2025-08-04"},
                            {R"({"months":3})", "2025-06-14", "2025-06-15"},
                            {R"({"years":1})", "2024-09-14", "2024-09-15"}}) {
        const auto rules = [&](const std::string& key) {
            return R"({"min_age":16,"groups":["foreign"],")" + key + R"(":)" + one.span + "}";
        };
        Person person = resident();
        person.main_residence_since = on(one.in_time);
        EXPECT_EQ(judged(person, rules("residence")), "") << one.span;
        person.main_residence_since = on(one.too_short);
        EXPECT_EQ(judged(person, rules("residence")), "residence") << one.span;
        person = resident();
        person.in_germany_since = on(one.in_time);
        EXPECT_EQ(judged(person, rules("country")), "") << one.span;
        person.in_germany_since = on(one.too_short);
        EXPECT_EQ(judged(person, rules("country")), "time-in-country") << one.span;
    }
}

// § 8 KWahlG NRW: „Ausgeschlossen vom Wahlrecht ist, wer infolge Richterspruchs in der Bundesrepublik
// Deutschland das Wahlrecht nicht besitzt.“
TEST(Eligibility, WhomACourtExcludedMayNotVote) {
    Person person = resident();
    person.excluded = true;
    EXPECT_EQ(judged(person), "excluded");
}

// § 27 GO NRW before 2013, as Cologne announced it in January 2010: „wahlberechtigte Deutsche, welche die
// deutsche Staatsangehörigkeit in den letzten fünf Jahren erworben haben“
TEST(Eligibility, NaturalisationsFurtherBackThanTheLimitDoNotCount) {
    const std::string rules = R"({"min_age":16,"groups":["naturalised"],"naturalised_within":{"years":5}})";
    EXPECT_EQ(judged(naturalised_on("2020-09-14"), rules), "");
    EXPECT_EQ(judged(naturalised_on("2020-09-13"), rules), "nationality");
}

// § 2 Abs. 1 AufenthG: „Ausländer ist jeder, der nicht Deutscher im Sinne des Artikels 116 Abs. 1 des
// Grundgesetzes ist.“ § 27 Abs. 3 GO NRW: „2. eine ausländische Staatsangehörigkeit besitzt, 3. die deutsche
// Staatsangehörigkeit durch Einbürgerung erhalten hat“
TEST(Eligibility, NationalitiesDecideTheGroups) {
    EXPECT_THAT(groups(of_nations({"TUR"})), ElementsAre(Group::foreign));
    EXPECT_THAT(groups(of_nations({"XXA"})), ElementsAre(Group::foreign, Group::stateless));
    EXPECT_THAT(groups(of_nations({"XXA", "TUR"})), ElementsAre(Group::foreign));
    EXPECT_THAT(groups(of_nations({"TUR", "POL"})), ElementsAre(Group::foreign, Group::eu));
    EXPECT_THAT(groups(of_nations({"POL", "DEU"})), ElementsAre(Group::german, Group::dual));
    EXPECT_THAT(groups(of_nations({"DEU"})), ElementsAre(Group::german));
    EXPECT_THAT(groups(naturalised_on("2001-01-01")), ElementsAre(Group::german, Group::naturalised));
}

TEST(Eligibility, StatelessIsNoSecondNationality) {
    Person person = naturalised_on("2001-01-01");
    person.nationalities = {"DEU", "XXA"};
    EXPECT_THAT(groups(person), ElementsAre(Group::german, Group::naturalised));
}

// § 7 StAG: „Spätaussiedler und die in den Aufnahmebescheid einbezogenen Familienangehörigen erwerben mit der
// Ausstellung der Bescheinigung […] die deutsche Staatsangehörigkeit.“
TEST(Eligibility, OnlyGermansAreResettlers) {
    Person person = of_nations({"DEU"});
    person.resettler = true;
    EXPECT_THAT(groups(person), ElementsAre(Group::german, Group::resettler));
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

TEST(Eligibility, EveryReasonHasACodeOfItsOwn) {
    std::set<std::string_view> codes;
    for (std::size_t i = 0; i < reason_count; ++i) codes.insert(code_of(static_cast<Reason>(i)));
    EXPECT_EQ(codes.size(), reason_count);
    EXPECT_FALSE(codes.contains(""));
}

}  // namespace
}  // namespace stimme::roll
