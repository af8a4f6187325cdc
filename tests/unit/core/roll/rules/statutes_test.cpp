// Real elections' rules (tests/data/statutes) at their boundaries: each case the day before, the day of and
// the day after. What is quoted of a section, or of Rostock's notice (Öffentliche Bekanntmachung vom
// 13. April 2005), is its wording. Of Magdeburg, Potsdam and Regensburg the words are those by which the
// agency ddp/ADN (15 December 1996), the Tagesspiegel (2008) and the Wochenblatt (24 September 2020) gave the
// statute; without a source, they give its sense.
#include <gtest/gtest.h>

#include "tests/support/files.h"
#include "tests/unit/core/roll/people.h"

namespace stimme::roll {
namespace {

// The rules of one election, and decisions by them.
class Statute {
  public:
    explicit Statute(const std::string& name)
        : document_(test::read_test_json("data/statutes/" + name + ".json")) {
        json::Problems problems;
        json::Fields in(document_, problems);
        day_ = *election::read_day(in, "election_day");
        voting_ = election::read_rules_in_force(in, "eligibility", day_);
        standing_ = in.has("candidacy") ? election::read_rules_in_force(in, "candidacy", day_) : voting_;
        if (!problems.empty()) throw std::runtime_error(problems.all().front().message);
    }

    std::string voting(const Person& person) const { return codes(decide(person, voting_, day_)); }
    std::string standing(const Person& person) const { return codes(decide(person, standing_, day_)); }

  private:
    json::Value document_;
    Day day_{};
    election::EligibilityRules voting_, standing_;
};

// Somebody of those nationalities who was born in 1960 and has lived in the city since 1990.
Person person_of(std::vector<std::string> nationalities) {
    Person person = resident();
    person.born = on("1960-05-05");
    person.main_residence_since = person.in_germany_since = on("1990-01-01");
    person.nationalities = std::move(nationalities);
    return person;
}

Person foreigner() {
    return person_of({"TUR"});
}

Person born_on(std::string_view day) {
    Person person = foreigner();
    person.born = on(day);
    return person;
}

Person resident_since(std::string_view day) {
    Person person = foreigner();
    person.main_residence_since = on(day);
    return person;
}

Person in_germany_since(std::string_view day) {
    Person person = foreigner();
    person.in_germany_since = on(day);
    return person;
}

Person with_status(Person person, std::string status) {
    person.residence_status = std::move(status);
    return person;
}

Person having_applied_on(Person person, std::string_view day) {
    person.application = Application{on(day)};
    return person;
}

Person naturalised() {
    Person person = person_of({"DEU"});
    person.naturalised_on = on("1995-01-01");
    return person;
}

// „am Wahltag das 18. Lebensjahr vollendet“
TEST(Magdeburg1996, VotesFromEighteen) {
    const Statute statute("magdeburg-1996");
    EXPECT_EQ(statute.voting(born_on("1978-12-14")), "");
    EXPECT_EQ(statute.voting(born_on("1978-12-15")), "");
    EXPECT_EQ(statute.voting(born_on("1978-12-16")), "age");
}

// ddp/ADN: „Wahlberechtigt sind alle Bürger ohne deutschen Paß, die […] mindestens drei Monate in Magdeburg
// leben“
TEST(Magdeburg1996, NeedsThreeMonthsInTheCity) {
    const Statute statute("magdeburg-1996");
    EXPECT_EQ(statute.voting(resident_since("1996-09-14")), "");
    EXPECT_EQ(statute.voting(resident_since("1996-09-15")), "");
    EXPECT_EQ(statute.voting(resident_since("1996-09-16")), "residence");
}

// ddp/ADN: „die länger als ein Jahr in Deutschland […] leben“
TEST(Magdeburg1996, NeedsAYearInGermany) {
    const Statute statute("magdeburg-1996");
    EXPECT_EQ(statute.voting(in_germany_since("1995-12-14")), "");
    EXPECT_EQ(statute.voting(in_germany_since("1995-12-15")), "");
    EXPECT_EQ(statute.voting(in_germany_since("1995-12-16")), "time-in-country");
}

// ddp/ADN: „alle Bürger ohne deutschen Paß“
TEST(Magdeburg1996, IsForForeignersOnly) {
    const Statute statute("magdeburg-1996");
    EXPECT_EQ(statute.voting(person_of({"XXA"})), "");
    EXPECT_EQ(statute.voting(person_of({"FRA"})), "");
    EXPECT_EQ(statute.voting(person_of({"DEU", "TUR"})), "nationality");
    EXPECT_EQ(statute.voting(naturalised()), "nationality");
}

// No. 3.1 of the notice: „das 16. Lebensjahr vollendet haben“
TEST(Rostock2005, VotesFromSixteen) {
    const Statute statute("rostock-2005");
    EXPECT_EQ(statute.voting(born_on("1989-06-11")), "");
    EXPECT_EQ(statute.voting(born_on("1989-06-12")), "");
    EXPECT_EQ(statute.voting(born_on("1989-06-13")), "age");
}

// No. 3.1: „seit mehr als 3 Monaten ununterbrochen mit Hauptwohnung in der Hansestadt Rostock gemeldet“: the
// three months are over when election day begins
TEST(Rostock2005, NeedsThreeMonthsInTheCity) {
    const Statute statute("rostock-2005");
    EXPECT_EQ(statute.voting(resident_since("2005-03-11")), "");
    EXPECT_EQ(statute.voting(resident_since("2005-03-12")), "");
    EXPECT_EQ(statute.voting(resident_since("2005-03-13")), "residence");
}

// No. 3.2: „Wahlberechtigt auf Antrag sind außerdem 1. deutsche Staatsangehörige, die daneben eine
// ausländische Staatsangehörigkeit […] besitzen, und 2. Eingebürgerte“; the last day is assumed
TEST(Rostock2005, DualCitizensAndTheNaturalisedApplyInTime) {
    const Statute statute("rostock-2005");
    for (const Person& person : {person_of({"DEU", "TUR"}), naturalised()}) {
        EXPECT_EQ(statute.voting(person), "application-missing");
        EXPECT_EQ(statute.voting(having_applied_on(person, "2005-05-21")), "");
        EXPECT_EQ(statute.voting(having_applied_on(person, "2005-05-22")), "");
        EXPECT_EQ(statute.voting(having_applied_on(person, "2005-05-23")), "application-late");
    }
    EXPECT_EQ(statute.voting(having_applied_on(person_of({"DEU"}), "2005-05-01")), "nationality");
}

// No. 4: „Zum Mitglied des Ausländerbeirates ist jeder Wahlberechtigte wählbar, der am Tage der Wahl 1. das
// 18. Lebensjahr vollendet hat“
TEST(Rostock2005, StandsFromEighteen) {
    const Statute statute("rostock-2005");
    EXPECT_EQ(statute.standing(born_on("1987-06-11")), "");
    EXPECT_EQ(statute.standing(born_on("1987-06-12")), "");
    EXPECT_EQ(statute.standing(born_on("1987-06-13")), "age");
    EXPECT_EQ(statute.voting(born_on("1987-06-13")), "");
}

// No. 4: „2. seit mindestens einem Jahr in der Hansestadt Rostock ununterbrochen mit Hauptwohnsitz gemeldet
// ist“
TEST(Rostock2005, StandsAfterAYearInTheCity) {
    const Statute statute("rostock-2005");
    EXPECT_EQ(statute.standing(resident_since("2004-06-11")), "");
    EXPECT_EQ(statute.standing(resident_since("2004-06-12")), "");
    EXPECT_EQ(statute.standing(resident_since("2004-06-13")), "residence");
    EXPECT_EQ(statute.standing(naturalised()), "");
}

// „18 Jahre und älter“
TEST(Potsdam2008, VotesFromEighteen) {
    const Statute statute("potsdam-2008");
    EXPECT_EQ(statute.voting(born_on("1990-09-27")), "");
    EXPECT_EQ(statute.voting(born_on("1990-09-28")), "");
    EXPECT_EQ(statute.voting(born_on("1990-09-29")), "age");
}

// „seit mindestens drei Monaten den Hauptwohnsitz in Potsdam“
TEST(Potsdam2008, NeedsThreeMonthsInTheCity) {
    const Statute statute("potsdam-2008");
    EXPECT_EQ(statute.voting(resident_since("2008-06-27")), "");
    EXPECT_EQ(statute.voting(resident_since("2008-06-28")), "");
    EXPECT_EQ(statute.voting(resident_since("2008-06-29")), "residence");
}

// Tagesspiegel, of candidates: „Bei diesen kann es sich sowohl um Ausländer als auch um Deutsche handeln.
// Gewählt werden können die Beiratsmitglieder nur von Wahlberechtigten mit einem nicht-deutschen Pass.“
TEST(Potsdam2008, GermansStandButDoNotVote) {
    const Statute statute("potsdam-2008");
    for (const Person& person : {person_of({"DEU"}), person_of({"DEU", "TUR"}), naturalised()}) {
        EXPECT_EQ(statute.voting(person), "nationality");
        EXPECT_EQ(statute.standing(person), "");
    }
    EXPECT_EQ(statute.standing(born_on("1990-09-28")), "");
    EXPECT_EQ(statute.standing(born_on("1990-09-29")), "age");
}

// § 27 GO NRW: „am Wahltag 16 Jahre alt“
TEST(Luedenscheid2020, VotesFromSixteen) {
    const Statute statute("luedenscheid-2020");
    EXPECT_EQ(statute.voting(born_on("2004-09-12")), "");
    EXPECT_EQ(statute.voting(born_on("2004-09-13")), "");
    EXPECT_EQ(statute.voting(born_on("2004-09-14")), "age");
}

// § 27 GO NRW: „mindestens seit dem sechzehnten Tag vor der Wahl in der Gemeinde ihre Hauptwohnung“
TEST(Luedenscheid2020, NeedsTheMainResidenceFromTheSixteenthDayBefore) {
    const Statute statute("luedenscheid-2020");
    EXPECT_EQ(statute.voting(resident_since("2020-08-27")), "");
    EXPECT_EQ(statute.voting(resident_since("2020-08-28")), "");
    EXPECT_EQ(statute.voting(resident_since("2020-08-29")), "residence");
}

// § 27 GO NRW: „sich seit mindestens einem Jahr im Bundesgebiet rechtmäßig aufhält“
TEST(Luedenscheid2020, NeedsAYearInGermany) {
    const Statute statute("luedenscheid-2020");
    EXPECT_EQ(statute.voting(in_germany_since("2019-09-12")), "");
    EXPECT_EQ(statute.voting(in_germany_since("2019-09-13")), "");
    EXPECT_EQ(statute.voting(in_germany_since("2019-09-14")), "time-in-country");
}

// § 27 GO NRW: „wer 1. nicht Deutscher im Sinne des Artikels 116 Absatz 1 GG ist, 2. eine ausländische
// Staatsangehörigkeit besitzt, 3. die deutsche Staatsangehörigkeit durch Einbürgerung erhalten hat“
TEST(Luedenscheid2020, ForeignersDualCitizensAndTheNaturalisedVoteByRegister) {
    const Statute statute("luedenscheid-2020");
    for (const Person& person :
         {foreigner(), person_of({"XXA"}), person_of({"FRA"}), person_of({"DEU", "TUR"}), naturalised()}) {
        EXPECT_EQ(statute.voting(person), "");
    }
}

// § 27 GO NRW: „oder 4. ...“, whom the register can't tell: they prove it by the twelfth day before
TEST(Luedenscheid2020, OtherGermansApplyByTheTwelfthDayBefore) {
    const Statute statute("luedenscheid-2020");
    const Person german = person_of({"DEU"});
    EXPECT_EQ(statute.voting(german), "application-missing");
    EXPECT_EQ(statute.voting(having_applied_on(german, "2020-08-31")), "");
    EXPECT_EQ(statute.voting(having_applied_on(german, "2020-09-01")), "");
    EXPECT_EQ(statute.voting(having_applied_on(german, "2020-09-02")), "application-late");
}

// § 27 GO NRW: „Nicht wahlberechtigt sind Ausländer, auf die das Aufenthaltsgesetz nach § 1 Absatz 2 Nr. 2
// oder 3 keine Anwendung findet, oder die Asylbewerber sind“
TEST(Luedenscheid2020, AsylumSeekersAndDiplomatsDoNotVote) {
    const Statute statute("luedenscheid-2020");
    EXPECT_EQ(statute.voting(with_status(foreigner(), "Aufenthaltsgestattung")), "residence-status");
    EXPECT_EQ(statute.voting(with_status(foreigner(), "Diplomat")), "residence-status");
    EXPECT_EQ(statute.voting(with_status(foreigner(), "Niederlassungserlaubnis")), "");
    EXPECT_EQ(statute.voting(with_status(naturalised(), "Aufenthaltsgestattung")), "");
}

// § 27 GO NRW: „Wählbar sind mit Vollendung des 18. Lebensjahres alle Wahlberechtigten sowie alle Bürger“,
// „seit mindestens drei Monaten in der Gemeinde ihre Hauptwohnung“
TEST(Luedenscheid2020, EveryCitizenStandsFromEighteenAfterThreeMonths) {
    const Statute statute("luedenscheid-2020");
    EXPECT_EQ(statute.standing(person_of({"DEU"})), "");
    EXPECT_EQ(statute.standing(born_on("2002-09-12")), "");
    EXPECT_EQ(statute.standing(born_on("2002-09-13")), "");
    EXPECT_EQ(statute.standing(born_on("2002-09-14")), "age");
    EXPECT_EQ(statute.standing(resident_since("2020-06-12")), "");
    EXPECT_EQ(statute.standing(resident_since("2020-06-13")), "");
    EXPECT_EQ(statute.standing(resident_since("2020-06-14")), "residence");
}

// § 86 HGO: „die am Wahltag das 18. Lebensjahr vollendet haben“
TEST(Hessen2021, VotesFromEighteen) {
    const Statute statute("hessen-2021");
    EXPECT_EQ(statute.voting(born_on("2003-03-13")), "");
    EXPECT_EQ(statute.voting(born_on("2003-03-14")), "");
    EXPECT_EQ(statute.voting(born_on("2003-03-15")), "age");
}

// § 86 HGO: „seit mindestens sechs Wochen“, in place of the earlier three months
TEST(Hessen2021, NeedsSixWeeksByTheRulesInForce) {
    const Statute statute("hessen-2021");
    EXPECT_EQ(statute.voting(resident_since("2021-01-30")), "");
    EXPECT_EQ(statute.voting(resident_since("2021-01-31")), "");
    EXPECT_EQ(statute.voting(resident_since("2021-02-01")), "residence");
}

// § 86 HGO: „ausländische Einwohner“; wählbar auch Deutsche, die mehrstaatig oder eingebürgert sind
TEST(Hessen2021, DualCitizensAndTheNaturalisedStandButDoNotVote) {
    const Statute statute("hessen-2021");
    for (const Person& person : {person_of({"DEU", "TUR"}), naturalised()}) {
        EXPECT_EQ(statute.voting(person), "nationality");
        EXPECT_EQ(statute.standing(person), "");
    }
    EXPECT_EQ(statute.standing(person_of({"DEU"})), "nationality");
}

// Wochenblatt: „Zur Wahl stellen können sich alle volljährigen Ausländerinnen und Ausländer“
TEST(Regensburg2021, VotesAndStandsFromEighteen) {
    const Statute statute("regensburg-2021");
    EXPECT_EQ(statute.voting(born_on("2003-02-06")), "");
    EXPECT_EQ(statute.voting(born_on("2003-02-07")), "");
    EXPECT_EQ(statute.voting(born_on("2003-02-08")), "age");
    EXPECT_EQ(statute.standing(born_on("2003-02-08")), "age");
    EXPECT_EQ(statute.voting(naturalised()), "nationality");
}

// „seit zwei Monaten mit Hauptwohnung in Regensburg“
TEST(Regensburg2021, VotesAfterTwoMonthsInTheCity) {
    const Statute statute("regensburg-2021");
    EXPECT_EQ(statute.voting(resident_since("2020-12-06")), "");
    EXPECT_EQ(statute.voting(resident_since("2020-12-07")), "");
    EXPECT_EQ(statute.voting(resident_since("2020-12-08")), "residence");
}

// Wochenblatt: „die zum 7. Februar 2021 seit mindestens drei Monaten mit Hauptwohnung in Regensburg gemeldet
// sind“
TEST(Regensburg2021, StandsAfterThreeMonthsInTheCity) {
    const Statute statute("regensburg-2021");
    EXPECT_EQ(statute.standing(resident_since("2020-11-06")), "");
    EXPECT_EQ(statute.standing(resident_since("2020-11-07")), "");
    EXPECT_EQ(statute.standing(resident_since("2020-11-08")), "residence");
}

}  // namespace
}  // namespace stimme::roll
