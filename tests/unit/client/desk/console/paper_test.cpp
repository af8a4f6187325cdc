// Slips and sheets, what is kept of the day, and what a scanner reads.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/desk/console/scan.h"
#include "client/desk/console/sheets.h"
#include "core/base/file.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/client/desk/console/desk_fixture.h"

namespace stimme::desk::console {
namespace {

using namespace sample;
using testing::HasSubstr;

TEST(Slip, HoldsThePassAndNothingOfAPerson) {
    const print::PassSlip first = slip(station(), some_pass(), print::Copy::first, eight_o_clock);
    EXPECT_EQ(first.pass, some_pass());
    EXPECT_EQ(first.copy, print::Copy::first);
    EXPECT_EQ(first.where.station, "Altstadt");
    EXPECT_EQ(first.where.day, print::Day(std::chrono::year(1996) / 12 / 15));
    EXPECT_EQ(first.second, words::Language::english());
    EXPECT_EQ(slip(station(), some_pass(), print::Copy::duplicate, eight_o_clock).copy,
              print::Copy::duplicate);
}

TEST(Sheets, OpeningNamesWhoIsPresentAndTheCount) {
    const OpeningRecord opening{{"A. Arendt", "B. Brecht"}, {{3, 1}, 2}};
    const print::OpeningSheet sheet = opening_sheet(station(), opening, eight_o_clock);
    EXPECT_EQ(sheet.present, opening.present);
    EXPECT_EQ(sheet.time, "08:00");
    EXPECT_EQ(sheet.checked_in, 3U);
    EXPECT_EQ(sheet.passes, 3U);
    EXPECT_EQ(sheet.cast, 2U);
}

TEST(Sheets, ClosingHoldsFiguresDifferencesAndTheirExplanation) {
    const Tongue t(words::Language::english());
    const print::ClosingSheet sheet =
        closing_sheet(t, station(), closing(true), "One slip was torn.", {"A. Arendt"}, eight_o_clock);
    EXPECT_EQ(sheet.checked_in, 12U);
    EXPECT_EQ(sheet.given_back, 1U);
    EXPECT_EQ(sheet.cast, 10U);
    EXPECT_EQ(sheet.helped, 3U);
    EXPECT_THAT(sheet.explanation, HasSubstr("other check-ins or returned passes at this desk"));
    EXPECT_THAT(sheet.explanation, HasSubstr("One slip was torn."));
    EXPECT_EQ(sheet.board, std::vector<std::string>{"A. Arendt"});
    const print::ClosingSheet even = closing_sheet(t, station(), closing(false), "", {}, eight_o_clock);
    EXPECT_EQ(even.explanation, "");
}

TEST(OpeningOnTheDisk, IsKeptOnceAndReadBack) {
    const test::TemporaryFolder folder;
    EXPECT_FALSE(read_opening(folder.path())->has_value());
    const OpeningRecord opening{{"A", "B"}, {{2, 1}, 3}};
    ASSERT_TRUE(write_opening(folder.path(), opening));
    EXPECT_FALSE(write_opening(folder.path(), opening));
    const auto read = read_opening(folder.path());
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->present, opening.present);
    EXPECT_EQ((*read)->counts.own, opening.counts.own);
    EXPECT_EQ((*read)->counts.passes_used, 3U);
    ASSERT_TRUE(write_file(folder.path() / "opening.json", as_bytes("{}")));
    EXPECT_FALSE(read_opening(folder.path()));
}

TEST(PersonsOfTrust, AreCountedOnTheDisk) {
    const test::TemporaryFolder folder;
    EXPECT_EQ(*read_helped(folder.path()), 0U);
    ASSERT_TRUE(note_helped(folder.path()));
    ASSERT_TRUE(note_helped(folder.path()));
    EXPECT_EQ(*read_helped(folder.path()), 2U);
}

std::string as_german_keys(std::string text) {
    std::string typed;
    for (const char letter : text) {
        if (letter == ':')
            typed += "Ö";
        else if (letter == '-')
            typed += "ß";
        else if (letter == 'Y')
            typed += 'Z';
        else if (letter == 'Z')
            typed += 'Y';
        else
            typed += letter;
    }
    return typed;
}

TEST(Scanning, TellsPassesFromNoticesAndWords) {
    EXPECT_EQ(std::get<pass::Pass>(read_scan(" " + pass::write_pass(some_pass()) + " ")), some_pass());
    EXPECT_EQ(std::get<Words>(read_scan("10000008:000102030405060708090a0b0c0d0e0f")).text,
              "10000008:000102030405060708090a0b0c0d0e0f");
    EXPECT_EQ(std::get<Words>(read_scan("\thadzic ")).text, "hadzic");
    EXPECT_EQ(std::get<Words>(read_scan("Özil")).text, "Özil");
}

TEST(Scanning, UndoesAGermanKeyboard) {
    EXPECT_EQ(std::get<Words>(read_scan("10000008Ö000102030405060708090a0b0c0d0e0f")).text,
              "10000008:000102030405060708090a0b0c0d0e0f");
    for (unsigned kind = 0; kind < 256; ++kind) {
        const pass::Pass pass = some_pass(static_cast<std::uint8_t>(kind));
        const auto read = read_scan(as_german_keys(pass::write_pass(pass)));
        ASSERT_TRUE(std::holds_alternative<pass::Pass>(read)) << kind;
        EXPECT_EQ(std::get<pass::Pass>(read), pass);
    }
}

TEST(Scanning, WrongPassIsNamedAsItCame) {
    const auto wrong = read_pass("ABC");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "pass-length");
}

}  // namespace
}  // namespace stimme::desk::console
