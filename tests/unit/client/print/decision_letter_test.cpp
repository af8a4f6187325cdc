// Decision letters: ruling, reasons and appeal in German and in the person's language.
#include "client/print/decision_letter.h"

#include "client/words/words.h"
#include "tests/unit/client/print/print_fixture.h"

namespace stimme::print {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using words::Language;

Decision refusal(const std::string& language) {
    return {sample_sender(),
            sample_election(),
            {"Kovalenko", "Oksana"},
            {"Hammer Straße", "12a", "48153", "Münster"},
            Language::find(language),
            "33.41-2025/17",
            Matter::application,
            Outcome::refused,
            2025y / 8 / 1,
            2025y / 8 / 11,
            {"age", "residence-status"},
            "Die Frist endete am Vortag.",
            Appeal{2025y / 8 / 25, "Wahlleiter, Klemensstraße 10, 48143 Münster"},
            "Im Auftrag\nBerta Beispiel"};
}

class DecisionLetter : public testing::Test {
  protected:
    ReadPdf print(const Decision& decision) {
        test::must(print_decision(path(), decision));
        return ReadPdf(path());
    }
    std::filesystem::path path() const { return folder_.path() / "decision.pdf"; }

    test::TemporaryFolder folder_;
};

TEST_F(DecisionLetter, ARefusalGivesReasonsAndTheRightToAppealInBothLanguages) {
    const std::string text = print(refusal("ru")).all();
    for (const char* said :
         {"Bescheid über Ihren Antrag", "Guten Tag Oksana Kovalenko,", "Ihr Antrag wird abgelehnt",
          "Sie haben am Wahltag das Mindestalter noch nicht erreicht.", "Die Frist endete am Vortag.",
          "Rechtsbehelfsbelehrung", "bis zum 25. August 2025", "Klemensstraße 10",
          "Im Auftrag Berta Beispiel", "33.41-2025/17", "Ваше заявление отклонено",
          "Ко дню выборов Вы не достигаете минимального возраста.", "до 25 августа 2025",
          "Другие причины указаны в немецком тексте."})
        EXPECT_THAT(text, HasSubstr(said));
}

TEST_F(DecisionLetter, IsThereInEveryLanguage) {
    for (const Language language : Language::all()) {
        const std::string text = print(refusal(std::string(language.tag()))).all();
        EXPECT_THAT(text, HasSubstr("Ihr Antrag wird abgelehnt"));
        if (language.right_to_left()) continue;  // pdftotext turns the parts of Arabic ligatures round
        EXPECT_THAT(text, HasSubstr(*words::sentence(language, "residence-status"))) << language.tag();
    }
    EXPECT_THAT(print(refusal("fa")).all(), HasSubstr("روز انتخابات"));
    EXPECT_THAT(print(refusal("ar")).all(), HasSubstr("طلبك بتاريخ"));
}

TEST_F(DecisionLetter, AGrantNeedsNeitherReasonsNorAppeal) {
    Decision granted = refusal("tr");
    granted.outcome = Outcome::granted;
    granted.matter = Matter::objection;
    granted.reasons.clear();
    granted.statement.clear();
    granted.appeal.reset();
    const ReadPdf pdf = print(granted);
    EXPECT_THAT(pdf.all(), HasSubstr("Ihrem Einspruch wird stattgegeben"));
    EXPECT_THAT(pdf.all(), HasSubstr("İtirazınız kabul edildi"));
    EXPECT_THAT(pdf.all(), Not(HasSubstr("Gründe")));
    EXPECT_THAT(pdf.all(), Not(HasSubstr("Rechtsbehelfsbelehrung")));
    EXPECT_THAT(pdf.page(0), HasSubstr("Seite 1 von 1"));
}

TEST_F(DecisionLetter, ALongStatementRunsOverPagesWithoutLosingALine) {
    Decision decision = refusal("pl");
    decision.statement.clear();
    for (int i = 0; i < 900; ++i) decision.statement += "Wort" + std::to_string(i) + " ";
    const ReadPdf pdf = print(decision);
    ASSERT_GE(pdf.pages(), 3U);
    for (int i = 0; i < 900; ++i) EXPECT_THAT(pdf.all(), HasSubstr("Wort" + std::to_string(i) + " "));
    for (std::size_t i = 0; i < pdf.pages(); ++i)
        EXPECT_THAT(pdf.page(i),
                    HasSubstr("Seite " + std::to_string(i + 1) + " von " + std::to_string(pdf.pages())));
}

TEST_F(DecisionLetter, AnUnknownReasonIsRefused) {
    Decision decision = refusal("en");
    decision.reasons = {"weather"};
    const auto printed = print_decision(path(), decision);
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(printed.error().code, "reason-unknown");
    EXPECT_FALSE(std::filesystem::exists(path()));
}

}  // namespace
}  // namespace stimme::print
