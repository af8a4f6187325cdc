// What a booth prints, on both kinds of paper, and the leaflet in every language.
#include "client/print/booth_paper.h"

#include <gtest/gtest.h>

#include "client/print/leaflet.h"
#include "client/print/office_page.h"
#include "client/print/station_paper.h"

namespace stimme::print {
namespace {

using namespace std::chrono_literals;

constexpr Day today = 2026y / 3 / 15;
const std::string code = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789-ABCD-EFGH-JKMN-PQRS-TVWX";

BoothOnPaper where(words::Language second) {
    return {{{"de", "Wahl"}, {"en", "Election"}}, "Rathaus", today, false, second};
}

std::string text_of(const Sheet& sheet) {
    std::string text;
    for (const Block& block : sheet.blocks) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) text += paragraph->text + "\n";
        if (const auto* heading = std::get_if<Heading>(&block)) text += heading->text + "\n";
        if (const auto* alarm = std::get_if<Alarm>(&block)) text += alarm->text + "\n";
    }
    return text;
}

TEST(BoothPaper, FitsOnOnePageInEveryLanguage) {
    for (const words::Language language : words::Language::all()) {
        const std::vector<Sheet> sheets = {
            sheet(SealedSlip{where(language), code, 17}),
            sheet(
                OpenedBallotSheet{where(language), code, {"Rat", "3 x  Ahorn, Anna"}, std::string(700, 'x')}),
            sheet(ReceiptSheet{where(language), code, 17, std::string(1500, 'y')}),
            sheet(PaperBallot{where(language), {"Rat", "3 x  Ahorn, Anna"}}),
            leaflet(language, today),
        };
        for (const Sheet& one : sheets) {
            const auto pdf = office_page(one);
            ASSERT_TRUE(pdf) << one.kind << " " << language.tag() << ": " << pdf.error().message;
            EXPECT_EQ(pdf->printed.pages, 1U) << one.kind << " " << language.tag();
            EXPECT_TRUE(pdf->printed.unprintable.empty()) << one.kind << " " << language.tag();
        }
    }
}

TEST(BoothPaper, KeepsTheGroupsOfATrackingCodeWhole) {
    const std::string text = text_of(sheet(SealedSlip{where(words::Language::english()), code, 17}));
    EXPECT_NE(text.find("\nABCD-EFGH-JKMN-PQRS-TVWX-\nYZ01-"), std::string::npos) << text;
}

TEST(BoothPaper, SaysNothingOfTheChoiceButOnBallots) {
    const auto english = words::Language::english();
    EXPECT_EQ(text_of(sheet(SealedSlip{where(english), code, 17})).find("Ahorn"), std::string::npos);
    const std::string ballot = text_of(sheet(PaperBallot{where(english), {"Rat", "1 x  Ahorn, Anna"}}));
    EXPECT_NE(ballot.find("Ahorn"), std::string::npos);
    for (const char* const link : {"ABCD", "17", "Election"}) EXPECT_EQ(ballot.find(link), std::string::npos);
}

TEST(BoothPaper, OfPracticeSaysSoFirst) {
    BoothOnPaper practice = where(words::Language::english());
    practice.practice = true;
    for (const Sheet& one : {sheet(SealedSlip{practice, code, 1}), sheet(PaperBallot{practice, {"x"}}),
                             sheet(ReceiptSheet{practice, code, 1, "receipt"}),
                             sheet(OpenedBallotSheet{practice, code, {"x"}, "opened"})})
        EXPECT_TRUE(std::holds_alternative<Alarm>(one.blocks.front())) << one.kind;
}

}  // namespace
}  // namespace stimme::print
