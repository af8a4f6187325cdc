// ESC/POS: what a sheet becomes, and what a printer's answers mean.
#include "client/printer/escpos.h"

#include <gmock/gmock.h>

#include "client/print/qr_code.h"
#include "client/printer/code_page.h"
#include "tests/support/must.h"
#include "tests/unit/client/printer/sample_documents.h"
#include "tests/unit/client/printer/simulated_printer.h"

namespace stimme::printer::escpos {
namespace {

using testing::HasSubstr;
using testing::Not;
using words::Language;

Receipt printed(const print::Document& document, const Paper& paper = paper_80mm) {
    return read_receipt(test::must(encode(print::sheet_of(document), paper)));
}

TEST(CodePage, HasGermanLettersAndPlainFormsOfTypography) {
    EXPECT_EQ(to_code_page("ÄÖÜ äöüß"), "\x8e\x99\x9a \x84\x94\x81\xe1");
    EXPECT_EQ(to_code_page("„so“ – 5…"), "\"so\" - 5...");
    EXPECT_EQ(to_code_page("• a"), "- a");
    EXPECT_EQ(to_code_page(""), "");
}

TEST(CodePage, HasNoOtherScriptsAndNoCommands) {
    for (const char* text : {"Шевченко", "Bülent Şahin", "Nguyễn", "مرحبا", "\x1b@", "a\tb", "\x7f", "\xff"})
        EXPECT_EQ(to_code_page(text), std::nullopt) << text;
    // Signs that the page has where commands are: a smile, arrows, a paragraph.
    for (const char* text : {"☺", "→", "¶", "§"}) {
        const auto bytes = to_code_page(text);
        EXPECT_FALSE(bytes && static_cast<unsigned char>(bytes->front()) < 0x20) << text;
    }
}

TEST(EscPos, ASlipHasItsTextItsPassAndOneCut) {
    const Receipt receipt = printed(sample_slip());
    EXPECT_EQ(receipt.cuts, 1U);
    for (const std::string& text : {std::string("Wahlpass"), std::string("Voting pass"), waehlen_in_page_437,
                                    std::string("Altstadt, Rathaus, Markt 1")})
        EXPECT_THAT(receipt.text(), HasSubstr(text));
    std::string groups;
    for (const Receipt::Line& line : receipt.lines) {
        if (line.columns == 2 * line.text.size()) groups += line.text;
    }
    EXPECT_EQ(groups, pass::write_pass(sample_pass()));
}

TEST(EscPos, TheQrCodeOnASlipIsThatOfThePass) {
    for (const Paper& paper : {paper_58mm, paper_80mm}) {
        const Receipt receipt = printed(sample_slip(), paper);
        ASSERT_EQ(receipt.images.size(), 1U);
        const auto wanted = test::must(print::qr_bitmap(print::code_of(sample_pass()), 280, paper.dots));
        ASSERT_EQ(receipt.images[0].height, wanted.height);
        EXPECT_EQ(receipt.images[0].rows, wanted.rows);
    }
}

TEST(EscPos, ADuplicateHasItsAlarmAboveAndBelowThePass) {
    EXPECT_EQ(printed(sample_slip()).images.size(), 1U);
    EXPECT_EQ(printed(sample_slip(print::Copy::duplicate)).images.size(), 3U);
}

TEST(EscPos, NoLineIsWiderThanThePaper) {
    for (const Paper& paper : {paper_58mm, paper_80mm}) {
        for (const print::Document& document :
             {print::Document(sample_slip(print::Copy::duplicate)), print::Document(sample_closing()),
              print::Document(print::TestPage{sample_place(), "STIMMEYZ12345678"})}) {
            const Receipt receipt = printed(document, paper);
            EXPECT_GT(receipt.lines.size(), 8U);
            for (const Receipt::Line& line : receipt.lines)
                EXPECT_LE(line.columns, paper.columns) << line.text;
            for (const print::Bitmap& image : receipt.images) EXPECT_EQ(image.width, paper.dots);
        }
    }
}

TEST(EscPos, FiguresStandAtTheRightEdge) {
    const Receipt receipt = printed(sample_closing(), paper_58mm);
    EXPECT_THAT(receipt.text(), HasSubstr("Eingecheckt                  312\n"));
}

TEST(EscPos, WhatThePrintersLettersLackIsAnImage) {
    const std::size_t german = printed(sample_slip(print::Copy::first, Language::german())).images.size();
    for (const char* tag : {"ar", "uk", "vi", "tr"}) {
        const Receipt receipt = printed(sample_slip(print::Copy::first, *Language::find(tag)));
        EXPECT_GT(receipt.images.size(), german) << tag;
        EXPECT_THAT(receipt.text(), HasSubstr("Wahlpass")) << tag;
    }
}

TEST(EscPos, DotsThatLookLikeARealTimeCommandGetOneMore) {
    const auto defused = [](Bytes dots) { return without_real_time_commands(dots); };
    for (const std::uint8_t command : {std::uint8_t{0x04}, std::uint8_t{0x05}, std::uint8_t{0x14}}) {
        EXPECT_EQ(defused({0x10, command}), (Bytes{0x18, command}));
        EXPECT_EQ(defused({0x10, 0x10, command}), (Bytes{0x10, 0x18, command}));
    }
    const Bytes harmless = {0x10, 0x06, 0x04, 0x10};
    EXPECT_EQ(defused(harmless), harmless);
}

TEST(EscPos, NamesCannotGiveThePrinterCommands) {
    print::OpeningSheet sheet{sample_place(), "07:45", {"\x1b@\x1dV\x42 Eve\x10\x14\x02"}};
    const Receipt receipt = printed(sheet);  // throws at a command that isn't ours
    EXPECT_EQ(receipt.cuts, 1U);
}

TEST(EscPos, AnswersAreToldApart) {
    for (int byte = 0; byte < 256; ++byte) {
        const auto answer = static_cast<std::uint8_t>(byte);
        EXPECT_FALSE(is_status(answer) && is_done(answer)) << byte;
    }
    EXPECT_TRUE(is_status(0x12));
    EXPECT_TRUE(is_done(0x00));
    EXPECT_TRUE(is_done(0x03));  // nearly at the end of the roll
    EXPECT_FALSE(is_status(0xff));
    EXPECT_FALSE(is_done(0xff));
}

std::string code(Question question, std::uint8_t answer) {
    const auto problem = problem_in(question, answer);
    return problem ? problem->code : "none";
}

TEST(EscPos, EachProblemHasItsName) {
    for (const Question question :
         {Question::printer, Question::offline_cause, Question::error_cause, Question::paper})
        EXPECT_EQ(code(question, 0x12), "none");
    EXPECT_EQ(code(Question::printer, 0x1a), "printer-offline");
    EXPECT_EQ(code(Question::printer, 0x16), "none");  // the drawer
    EXPECT_EQ(code(Question::offline_cause, 0x16), "cover-open");
    EXPECT_EQ(code(Question::offline_cause, 0x32), "paper-out");
    EXPECT_EQ(code(Question::offline_cause, 0x52), "printer-error");
    EXPECT_EQ(code(Question::error_cause, 0x1a), "printer-error");
    EXPECT_EQ(code(Question::error_cause, 0x32), "printer-error");
    EXPECT_EQ(code(Question::paper, 0x72), "paper-out");
    EXPECT_EQ(code(Question::paper, 0x1e), "none");  // nearly at the end of the roll
}

}  // namespace
}  // namespace stimme::printer::escpos
