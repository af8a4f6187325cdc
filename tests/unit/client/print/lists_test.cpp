// Station rolls and inspection lists: tables over many pages that show nobody's blocked address.
#include "client/print/inspection_list.h"
#include "client/print/station_roll.h"
#include "tests/unit/client/print/print_fixture.h"

namespace stimme::print {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

StationVoter voter(std::size_t i) {
    return {std::to_string(10000000 + i),
            {"Kovalenko", "Oksana"},
            1980,
            Address{"Hammer Straße", "12a", "48153", "Münster"},
            "standard"};
}

class Lists : public testing::Test {
  protected:
    ReadPdf print_roll(const std::vector<StationVoter>& voters) {
        const StationRoll roll = {"Stadt Münster, Wahlamt",
                                  sample_election(),
                                  {"12", "Grundschule am Park", "Parkallee 3, 48153 Münster", true},
                                  2025y / 9 / 12};
        test::must(print_station_roll(path(), roll, voters));
        return ReadPdf(path());
    }
    ReadPdf print_list(const std::vector<InspectionRow>& rows) {
        const InspectionList list = {"Stadt Münster, Wahlamt", sample_election(), 2025y / 8 / 25,
                                     2025y / 8 / 29, 2025y / 8 / 20};
        test::must(print_inspection_list(path(), list, rows));
        return ReadPdf(path());
    }
    std::filesystem::path path() const { return folder_.path() / "list.pdf"; }

    test::TemporaryFolder folder_;
};

TEST_F(Lists, AThousandVotersKeepHeadingAndPageNumberOnEachPage) {
    std::vector<StationVoter> voters;
    for (std::size_t i = 0; i < 1000; ++i) voters.push_back(voter(i));
    const ReadPdf pdf = print_roll(voters);
    ASSERT_GT(pdf.pages(), 50U);
    for (std::size_t i = 0; i < pdf.pages(); ++i) {
        EXPECT_THAT(pdf.page(i), HasSubstr("Wahlraum 12, Grundschule am Park"));
        EXPECT_THAT(pdf.page(i), HasSubstr("Familienname"));
        EXPECT_THAT(pdf.page(i), HasSubstr("Eingetragene Personen: 1000"));
        EXPECT_THAT(pdf.page(i),
                    HasSubstr("Seite " + std::to_string(i + 1) + " von " + std::to_string(pdf.pages())));
    }
    for (std::size_t i = 0; i < 1000; ++i) EXPECT_THAT(pdf.all(), HasSubstr(voters[i].number));
    EXPECT_THAT(pdf.page(pdf.pages() - 1), HasSubstr("Wahlvorsteherin oder Wahlvorsteher"));
    EXPECT_THAT(pdf.page(0), Not(HasSubstr("Wahlvorsteherin")));
}

TEST_F(Lists, TheClosingBlockStandsOnThePageAfterAFullOne) {
    for (std::size_t count = 0; count < 40; ++count) {
        std::vector<StationVoter> voters;
        for (std::size_t i = 0; i < count; ++i) voters.push_back(voter(i));
        const ReadPdf pdf = print_roll(voters);
        const std::string& last = pdf.page(pdf.pages() - 1);
        EXPECT_THAT(last, HasSubstr("Wahlberechtigt: " + std::to_string(count)));
        EXPECT_THAT(
            last, HasSubstr("Seite " + std::to_string(pdf.pages()) + " von " + std::to_string(pdf.pages())));
    }
}

TEST_F(Lists, ABlockedPersonHasAMarkAndNoAddress) {
    StationVoter blocked = voter(0);
    blocked.address = RegisterBlock{};
    const ReadPdf pdf = print_roll({blocked});
    EXPECT_THAT(pdf.all(), HasSubstr("Auskunftssperre"));
    EXPECT_THAT(pdf.all(), Not(HasSubstr("Hammer")));
}

TEST_F(Lists, LateActsAreNotedAndCounted) {
    std::vector<StationVoter> voters = {voter(0), voter(1), voter(2)};
    voters[0].standing = Standing::admitted;
    voters[1].standing = Standing::struck_off;
    voters[1].note = "verzogen";
    const ReadPdf pdf = print_roll(voters);
    for (const char* text : {"nachträglich aufgenommen", "gestrichen; verzogen", "Eingetragene Personen: 3",
                             "davon nachträglich aufgenommen: 1", "davon gestrichen: 1", "Wahlberechtigt: 2"})
        EXPECT_THAT(pdf.all(), HasSubstr(text));
}

TEST_F(Lists, NamesInAnyScriptAndOfAnyLengthStayInTheirColumn) {
    std::vector<StationVoter> voters = {voter(0), voter(1), voter(2), voter(3)};
    voters[0].name = {std::string(200, 'W'), "Анна"};
    voters[1].name = {"Nguyễn", "Thị Hương"};
    voters[2].name = {"محمد", "سارة"};
    voters[3].name = {"A", ""};
    voters[3].address = Address{"", "", "", ""};
    const ReadPdf pdf = print_roll(voters);
    EXPECT_EQ(pdf.pages(), 1U);
    EXPECT_THAT(pdf.outside(), testing::IsEmpty());
    for (const char* text : {"Анна", "Nguyễn", "Thị Hương", "محمد", "سارة"})
        EXPECT_THAT(pdf.all(), HasSubstr(text));
}

TEST_F(Lists, ABlockedPersonHasNoRowToInspect) {
    EXPECT_FALSE(InspectionRow::of({"1", {"Kovalenko", "Oksana"}, {}}, true).has_value());
    EXPECT_TRUE(InspectionRow::of({"1", {"Kovalenko", "Oksana"}, {}}, false).has_value());
}

TEST_F(Lists, InspectionShowsNumberAndNameAndByDefaultNothingElse) {
    std::vector<InspectionRow> rows;
    for (std::size_t i = 0; i < 100; ++i)
        rows.push_back(*InspectionRow::of({std::to_string(5000 + i), {"Kovalenko", "Oksana"}, {}}, false));
    const ReadPdf pdf = print_list(rows);
    ASSERT_EQ(pdf.pages(), 3U);
    for (std::size_t i = 0; i < pdf.pages(); ++i) {
        EXPECT_THAT(pdf.page(i), HasSubstr("Einsicht vom 25. August 2025 bis zum 29. August 2025."));
        EXPECT_THAT(pdf.page(i), HasSubstr("Seite " + std::to_string(i + 1) + " von 3"));
    }
    EXPECT_THAT(pdf.all(), Not(HasSubstr("Geburtsjahr")));
    EXPECT_THAT(pdf.all(), HasSubstr("Aufgeführte Personen: 100"));
}

TEST_F(Lists, InspectionShowsBirthYearsWhereTheyAreGiven) {
    const ReadPdf pdf = print_list({*InspectionRow::of({"1", {"Kovalenko", "Oksana"}, 1980}, false)});
    EXPECT_THAT(pdf.all(), HasSubstr("Geburtsjahr"));
    EXPECT_THAT(pdf.all(), HasSubstr("1980"));
}

}  // namespace
}  // namespace stimme::print
