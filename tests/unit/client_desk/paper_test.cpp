// Slips and sheets as text, the printer into a folder, and what a scanner reads.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/desk/folder_printer.h"
#include "client/desk/scan.h"
#include "client/desk/sheets.h"
#include "core/base/file.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/client_desk/desk_fixture.h"

namespace stimme::desk {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

PassSlip slip(bool duplicate) {
    return {words::Language::english(), "Election of the board", "Altstadt", pass::write_pass(some_pass()),
            duplicate};
}

TEST(Slip, HoldsThePassAndSaysWhatItIs) {
    const std::string text = text_of(slip(false));
    EXPECT_THAT(text, HasSubstr(pass::write_pass(some_pass())));
    EXPECT_THAT(text, HasSubstr("Voting pass"));
    EXPECT_THAT(text, Not(HasSubstr("DUPLICATE")));
}

TEST(Slip, DuplicateSaysSoAboveAndBelow) {
    const std::string text = text_of(slip(true));
    EXPECT_LT(text.find("DUPLICATE"), text.find("Voting pass"));
    EXPECT_GT(text.rfind("DUPLICATE"), text.find("Voting pass"));
}

TEST(Slip, FitsAReceiptPrinter) {
    std::string text = text_of(slip(true));
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
        EXPECT_LE(tty::width_of(text.substr(0, end)), 48U);
        text.erase(0, end + 1);
    }
}

TEST(Sheets, OpeningNamesWhoIsPresentAndTheCount) {
    const Tongue t(words::Language::english());
    const OpeningRecord opening{{"A. Arendt", "B. Brecht"}, {{0, 0}, 0}};
    const std::string text = text_of(opening_sheet(t, station(), opening, eight_o_clock));
    for (const char* words :
         {"A. Arendt", "B. Brecht", "0 voters checked in", "15 December 1996, 08:00", "Altstadt"})
        EXPECT_THAT(text, HasSubstr(words));
    EXPECT_THAT(text, Not(HasSubstr("not all zero")));
}

TEST(Sheets, ClosingHoldsFiguresDifferencesAndTheirExplanation) {
    const Tongue t(words::Language::english());
    const std::string text = text_of(
        closing_sheet(t, station(), closing(true), "One slip was torn.", {"A. Arendt"}, eight_o_clock));
    for (const char* words :
         {"12 check-ins", "1 passes given back", "11 voters with a pass", "10 ballots cast",
          "1 voters with a pass who cast no", "3 voters with a person of trust",
          "Difference:", "One slip was torn.", "A. Arendt"})
        EXPECT_THAT(text, HasSubstr(words));
}

TEST(FolderPrinter, WritesForItsOwnerOnlyAndSaysWhenItCannot) {
    const stimme::test::TemporaryFolder folder;
    SeededRandom random{1};
    FolderPrinter printer(folder.path(), random);
    ASSERT_TRUE(printer.print(slip(false)));
    ASSERT_TRUE(printer.print(slip(false)));
    std::size_t files = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
        ++files;
        EXPECT_EQ(as_text(*read_file(file.path())), text_of(slip(false)));
        EXPECT_EQ(file.status().permissions() & std::filesystem::perms(077), std::filesystem::perms::none);
    }
    EXPECT_EQ(files, 2U);
    FolderPrinter nowhere(folder.path() / "missing", random);
    const Status failed = nowhere.print(slip(false));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "printer-folder");
}

TEST(OpeningOnTheDisk, IsKeptOnceAndReadBack) {
    const stimme::test::TemporaryFolder folder;
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
    const stimme::test::TemporaryFolder folder;
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
}  // namespace stimme::desk
