// Slips with passes, the sheets that open and close a station, the report and the test page: what stands on
// them, and that all of it stands on the paper.
#include "client/print/station_paper.h"

#include "client/print/bitmap.h"
#include "client/print/office_page.h"
#include "client/print/qr_code.h"
#include "client/words/words.h"
#include "core/base/file.h"
#include "tests/unit/client/print/print_fixture.h"

namespace stimme::print {
namespace {

using testing::HasSubstr;
using testing::Not;
using words::Language;
using words::say;

pass::Pass sample_pass(std::uint8_t last = 9) {
    return {{1, 2, 3, 4, 5, 6, 7, 8, 9, last}, {11, 12, 13, 14, 15}};
}

StationOnPaper sample_place() {
    return {sample_election().titles, "Grundschule am Park, Parkallee 3", sample_election().day};
}

ClosingSheet sample_closing() {
    return {
        sample_place(), "18:25", 312, 315, 3, 2, 306, 4, 0, 0, 0, 5, "", {"Ana Kowalska", "Bülent Şahin"}};
}

std::size_t count(const std::string& text, const std::string& word) {
    std::size_t result = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++result;
    return result;
}

class StationPaper : public testing::Test {
  protected:
    ReadPdf print(const Document& document) {
        const Pdf pdf = test::must(office_page(sheet_of(document)));
        unprintable_ = pdf.printed.unprintable;
        test::must(write_file(folder_.path() / "sheet.pdf", pdf.bytes));
        return ReadPdf(folder_.path() / "sheet.pdf");
    }

    test::TemporaryFolder folder_;
    std::vector<std::string> unprintable_;
};

TEST_F(StationPaper, ASlipHasThePassTheElectionAndWhatToDo) {
    const ReadPdf pdf = print(PassSlip{sample_place(), sample_pass()});
    ASSERT_EQ(pdf.pages(), 1U);
    for (const std::string& text :
         {pass::write_pass(sample_pass()), std::string("Wahlpass"), std::string("Voting pass"),
          std::string("Wahl des Integrationsrats der Stadt Münster 2025"),
          std::string("Grundschule am Park, Parkallee 3"), std::string("tippen Sie die 25 Zeichen ein"),
          std::string("give the pass back at the desk")})
        EXPECT_THAT(pdf.page(0), HasSubstr(text));
    EXPECT_THAT(pdf.page(0), Not(HasSubstr("DUPLI")));
    EXPECT_THAT(pdf.outside(), testing::IsEmpty());
}

TEST_F(StationPaper, ASecondPrintSaysSoAboveAndBelowInBothLanguages) {
    const ReadPdf pdf = print(PassSlip{sample_place(), sample_pass(), Copy::duplicate});
    ASSERT_EQ(pdf.pages(), 1U);
    EXPECT_EQ(count(pdf.page(0), "DUPLIKAT"), 2U);
    EXPECT_EQ(count(pdf.page(0), "DUPLICATE"), 2U);
    EXPECT_THAT(pdf.page(0), HasSubstr("Beide Drucke zusammen zählen einmal"));
    EXPECT_LT(pdf.page(0).find("DUPLIKAT"), pdf.page(0).find(pass::write_pass(sample_pass())));
    EXPECT_THAT(print(PassSlip{sample_place(), sample_pass(), Copy::duplicate, Language::german()}).all(),
                Not(HasSubstr("DUPLICATE")));
}

TEST_F(StationPaper, SlipsOfTwoVotersDifferInTheirPassAlone) {
    const Sheet one = sheet_of(PassSlip{sample_place(), sample_pass(1)});
    const Sheet other = sheet_of(PassSlip{sample_place(), sample_pass(2)});
    ASSERT_EQ(one.blocks.size(), other.blocks.size());
    EXPECT_EQ(one.title, other.title);
    for (std::size_t i = 0; i < one.blocks.size(); ++i) {
        ASSERT_EQ(one.blocks[i].index(), other.blocks[i].index());
        if (const auto* code = std::get_if<Code>(&one.blocks[i])) {
            EXPECT_NE(code->content, std::get<Code>(other.blocks[i]).content);
        }
        if (const auto* text = std::get_if<Paragraph>(&one.blocks[i])) {
            EXPECT_EQ(text->text, std::get<Paragraph>(other.blocks[i]).text);
        }
    }
}

TEST_F(StationPaper, TheQrCodeOfASlipHoldsThePassWithoutHyphens) {
    const std::string content = code_of(sample_pass());
    EXPECT_EQ(content.size(), pass::pass_characters);
    EXPECT_EQ(test::must(pass::parse_pass(content)), sample_pass());
}

TEST_F(StationPaper, SlipsFitOnOnePageInEveryLanguage) {
    for (const Language language : Language::all()) {
        const ReadPdf pdf = print(PassSlip{sample_place(), sample_pass(), Copy::duplicate, language});
        EXPECT_EQ(pdf.pages(), 1U) << language.tag();
        EXPECT_THAT(unprintable_, testing::IsEmpty()) << language.tag();
        EXPECT_THAT(pdf.outside(), testing::IsEmpty()) << language.tag();
        if (language.right_to_left()) continue;
        EXPECT_THAT(pdf.page(0), HasSubstr(say(language,
                                               "If you do not want to vote now, give the pass back "
                                               "at the desk.")));
    }
}

TEST_F(StationPaper, AnOpeningSheetConfirmsZeroAndHasALineForEverybody) {
    const ReadPdf pdf = print(OpeningSheet{sample_place(), "07:45", {"Ana Kowalska", "Bülent Şahin"}});
    for (const char* text : {"Eröffnung des Wahlraums", "Opening of the polling station", "07:45 Uhr",
                             "alle Zähler stehen auf null", "all counts are zero"})
        EXPECT_THAT(pdf.all(), HasSubstr(text));
    EXPECT_EQ(count(pdf.all(), "Bülent Şahin"), 2U);  // present, and below a line
}

TEST_F(StationPaper, AnOpeningSheetNeverCallsOneZero) {
    for (const OpeningSheet& sheet : {OpeningSheet{sample_place(), "07:45", {}, 1, 0, 0},
                                      OpeningSheet{sample_place(), "07:45", {}, 0, 1, 0},
                                      OpeningSheet{sample_place(), "07:45", {}, 0, 0, 1}}) {
        const ReadPdf pdf = print(sheet);
        EXPECT_THAT(pdf.all(), HasSubstr("NICHT NULL"));
        EXPECT_THAT(pdf.all(), Not(HasSubstr("stehen auf null")));
    }
}

TEST_F(StationPaper, AClosingSheetTellsEveryFigureBesideItsName) {
    const ReadPdf pdf = print(sample_closing());
    for (const char* text : {"Eingecheckt 312", "Ausgegebene Wahlpässe 315", "Zurückgegebene Wahlpässe 3",
                             "Umgebuchte Eincheckungen 2", "Abgegebene Stimmzettel 306", "nicht gezählt 4",
                             "Papier 5", "Es gibt keine Abweichung", "18:25 Uhr", "Ana Kowalska"})
        EXPECT_THAT(pdf.all(), HasSubstr(text)) << pdf.all();
}

TEST_F(StationPaper, RareFiguresStandThereOnlyWhenThereAreSome) {
    EXPECT_THAT(print(sample_closing()).all(), Not(HasSubstr("Hilfsperson")));
    ClosingSheet sheet = sample_closing();
    sheet.failed = 1;
    sheet.expired = 2;
    sheet.helped = 3;
    const ReadPdf pdf = print(sheet);
    for (const char* text : {"Gescheiterte Prüfungen 1", "Verlassene Stimmzettel, nicht gezählt 2",
                             "Mit einer Hilfsperson, an diesem Platz 3"})
        EXPECT_THAT(pdf.all(), HasSubstr(text)) << pdf.all();
}

TEST_F(StationPaper, ADifferenceStandsThereInTheBoardsWords) {
    ClosingSheet sheet = sample_closing();
    sheet.explanation = "Eine Person ging ohne zu wählen.\nIhr Pass fehlt.";
    const ReadPdf pdf = print(sheet);
    EXPECT_THAT(pdf.all(), HasSubstr("Eine Person ging ohne zu wählen. Ihr Pass fehlt."));
    EXPECT_THAT(pdf.all(), Not(HasSubstr("keine Abweichung")));
}

TEST_F(StationPaper, LongSheetsGoOnOnFurtherPages) {
    ClosingSheet sheet = sample_closing();
    for (int i = 0; i < 40; ++i) sheet.board.push_back("Beisitz " + std::to_string(i));
    for (int i = 0; i < 400; ++i) sheet.explanation += "Wort" + std::to_string(i) + " ";
    const ReadPdf pdf = print(sheet);
    EXPECT_GT(pdf.pages(), 3U);
    EXPECT_THAT(pdf.outside(), testing::IsEmpty());
    for (const char* text : {"Wort0 ", "Wort399", "Beisitz 39", "Seite 4"})
        EXPECT_THAT(pdf.all(), HasSubstr(text));
}

TEST_F(StationPaper, AReportTellsEachVerdictAndWhatToDo) {
    const ReadPdf pdf = print(CheckReport{sample_place(),
                                          "17:00",
                                          {{"Uhr", Verdict::ok, "Sie geht richtig.", ""},
                                           {"Drucker", Verdict::failed, "Kein Papier.", "Papier einlegen."},
                                           {"Scanner", Verdict::warning, "Nicht geprüft.", ""}}});
    for (const char* text : {"Uhr OK", "Drucker FEHLER", "Scanner WARNUNG", "-> Papier einlegen."})
        EXPECT_THAT(pdf.all(), HasSubstr(text));
}

TEST_F(StationPaper, ATestPageShowsEveryLanguage) {
    const ReadPdf pdf = print(TestPage{sample_place(), "STIMMEYZ12345678"});
    EXPECT_THAT(unprintable_, testing::IsEmpty());
    EXPECT_THAT(pdf.all(), HasSubstr("STIMMEYZ12345678"));
    EXPECT_THAT(pdf.all(), HasSubstr("українська: Перепустка для голосування"));
}

TEST(PrintedBitmap, AQrCodeHasItsSquaresInWholeDots) {
    const QrSquares code = test::must(qr_squares("ABCDEFGHJKMNPQRSTVWXYZ012"));
    const Bitmap image = test::must(qr_bitmap("ABCDEFGHJKMNPQRSTVWXYZ012", 280, 384));
    const std::size_t dots = 280 / (code.width + 8);
    ASSERT_GT(dots, 3U);
    EXPECT_EQ(image.height, (code.width + 8) * dots);
    const std::size_t left = (384 - code.width * dots) / 2;
    for (std::size_t y = 0; y < image.height; ++y) {
        for (std::size_t x = 0; x < image.width; ++x) {
            const bool inside =
                y >= 4 * dots && y < (4 + code.width) * dots && x >= left && x < left + code.width * dots;
            const bool dark = inside && code.dark((x - left) / dots, y / dots - 4);
            ASSERT_EQ(image.black(x, y), dark) << x << " " << y;
        }
    }
}

TEST(PrintedBitmap, AQrCodeThatHasNoRoomIsRefused) {
    EXPECT_EQ(qr_bitmap("ABC", 20, 384).error().code, "qr-code-impossible");
    EXPECT_EQ(qr_bitmap("", 280, 384).error().code, "qr-code-impossible");
}

double blackness(const Bitmap& image) {
    double black = 0;
    for (std::size_t y = 0; y < image.height; ++y) {
        for (std::size_t x = 0; x < image.width; ++x) black += image.black(x, y) ? 1 : 0;
    }
    return black / static_cast<double>(image.width * image.height);
}

TEST(PrintedBitmap, AnAlarmIsWhiteOnBlackAndFillsItsWidth) {
    const Bitmap image = test::must(alarm_bitmap("DUPLIKAT\nDUPLICATE", 384));
    EXPECT_GT(blackness(image), 0.5);
    EXPECT_LT(blackness(image), 0.95);
    EXPECT_GT(image.height, 90U);  // two lines of at least 5 mm
    for (const std::size_t x : {std::size_t{0}, std::size_t{383}}) EXPECT_TRUE(image.black(x, 0));
}

TEST(PrintedBitmap, ForeignTextBecomesDotsAndWraps) {
    const Style style = {.size = 26, .language = *Language::find("ar")};
    const Bitmap one = test::must(text_bitmap("بطاقة مرور للتصويت", 384, style));
    EXPECT_GT(blackness(one), 0.01);
    const Bitmap many = test::must(
        text_bitmap("اذهب إلى مقصورة خالية. دع الجهاز هناك يقرأ رمز QR أو اكتب الرموز الـ 25.", 384, style));
    EXPECT_GT(many.height, one.height + 20);
    // Written from right to left: the last line ends at the right.
    bool right = false;
    for (std::size_t y = 0; y < one.height; ++y) {
        for (std::size_t x = 340; x < 384; ++x) right = right || one.black(x, y);
    }
    EXPECT_TRUE(right);
}

}  // namespace
}  // namespace stimme::print
