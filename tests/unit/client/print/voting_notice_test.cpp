// Voting notices: one page a voter, with everything that the voter must know, in German and their language.
#include <sys/stat.h>

#include "client/words/dates.h"
#include "client/words/words.h"
#include "core/base/file.h"
#include "tests/unit/client/print/print_fixture.h"

namespace stimme::print {
namespace {

using testing::HasSubstr;
using testing::Not;
using words::Language;
using words::say;

const std::string long_name(150, 'W');

class VotingNotice : public testing::Test {
  protected:
    std::filesystem::path path(const std::string& name = "notices.pdf") const {
        return folder_.path() / name;
    }
    ReadPdf print(const std::vector<Notice>& notices) {
        printed_ = test::must(print_notices(path(), sample_notice_text(), notices));
        return ReadPdf(path());
    }

    test::TemporaryFolder folder_;
    Printed printed_ = {};
};

TEST_F(VotingNotice, TellsWhenWhereAndHowInGerman) {
    const ReadPdf pdf = print({sample_notice("uk")});
    ASSERT_EQ(pdf.pages(), 1U);
    for (const char* text :
         {"Wahlbenachrichtigung", "Wahl des Integrationsrats der Stadt Münster 2025", "Thị Hương Nguyễn",
          "Hammer Straße 12a", "48153 Münster", "10000417", "Sonntag, 14. September 2025",
          "08:00 bis 18:00 Uhr", "12 – Grundschule am Park", "Parkallee 3, 48153 Münster",
          "Der Wahlraum ist barrierefrei.", "Sie können nur in dem oben genannten Wahlraum wählen.",
          "bis zum 29. August 2025", "bis zum 12. September 2025",
          "10000417:00112233445566778899aabbccddeeff"})
        EXPECT_THAT(pdf.page(0), HasSubstr(text));
}

TEST_F(VotingNotice, SaysTheSameBelowInEveryLanguage) {
    std::vector<Notice> notices;
    for (const Language language : Language::all())
        notices.push_back(sample_notice(std::string(language.tag())));
    const ReadPdf pdf = print(notices);
    EXPECT_THAT(printed_.unprintable, testing::IsEmpty());
    ASSERT_EQ(pdf.pages(), notices.size());
    EXPECT_THAT(pdf.outside(), testing::IsEmpty());
    for (std::size_t i = 0; i < notices.size(); ++i) {
        const Language language = *notices[i].language;
        // pdftotext turns the parts of Arabic ligatures round, so a word without one is looked for there.
        if (language.right_to_left()) {
            EXPECT_THAT(pdf.page(i),
                        HasSubstr(language.tag() == "ar" ? "الرقم في سجل الناخبين" : "روز انتخابات"));
            EXPECT_THAT(pdf.page(i),
                        HasSubstr(plain(std::string(
                            language.tag() == "ar" ? "ويحق لك التصويت" : "ساعات رأی‌گیری"))));
            continue;
        }
        EXPECT_THAT(pdf.page(i), HasSubstr(say(language, "Your code:")));
        const std::size_t german = pdf.page(i).find("Ihr Code:");
        const std::size_t other = pdf.page(i).rfind(say(language, "How you vote:"));
        ASSERT_NE(german, std::string::npos);
        ASSERT_NE(other, std::string::npos) << language.tag();
        EXPECT_TRUE(language == Language::german() || other > german) << language.tag();
    }
}

TEST_F(VotingNotice, SpeaksEnglishBesideGermanWhenNoLanguageIsKnown) {
    Notice notice = sample_notice("en");
    notice.language.reset();
    EXPECT_THAT(print({notice}).page(0), HasSubstr("Keep this letter"));
}

TEST_F(VotingNotice, SaysThatATranslationWasMadeByAMachine) {
    const ReadPdf pdf = print({sample_notice("fr"), sample_notice("en"), sample_notice("de")});
    EXPECT_THAT(pdf.page(0), HasSubstr("Cette traduction a été faite par une machine"));
    EXPECT_THAT(pdf.page(1), HasSubstr("Only the German text is binding."));
    EXPECT_THAT(pdf.page(1), Not(HasSubstr("machine")));
    EXPECT_THAT(pdf.page(2), Not(HasSubstr("Verbindlich")));
}

TEST_F(VotingNotice, StaysOnOnePageWhateverTheRegisterHolds) {
    Notice longest = sample_notice("ru");
    longest.name = {long_name, long_name};
    longest.address = {long_name, long_name, long_name, long_name};
    longest.station = {long_name, long_name, long_name, false};
    longest.number = std::string(40, '9');
    Notice empty = sample_notice("vi");
    empty.name = {"", "Mononym"};
    empty.address = {"", "", "48153", ""};
    empty.station = {"", "Rathaus", "", std::nullopt};
    Notice arabic = sample_notice("ar");
    arabic.name = {"محمد", "سارة"};
    const ReadPdf pdf = print({longest, empty, arabic});
    ASSERT_EQ(pdf.pages(), 3U);
    EXPECT_THAT(pdf.outside(), testing::IsEmpty());
    EXPECT_THAT(pdf.page(1), HasSubstr("Mononym 48153"));
    EXPECT_THAT(pdf.page(2), HasSubstr("محمد"));
}

TEST_F(VotingNotice, LineBreaksInTheRegisterBreakNoLine) {
    Notice notice = sample_notice("en");
    notice.name = {"Espi\nnoza", "Ana\tMaría"};
    EXPECT_THAT(print({notice}).page(0), HasSubstr("Ana María Espi noza"));
}

TEST_F(VotingNotice, LeavesOutPostalVotingWhereThereIsNone) {
    NoticeText text = sample_notice_text();
    text.postal_until.reset();
    text.election.check_in = election::CheckInPlace::any_station;
    test::must(print_notices(path(), text, std::vector{sample_notice("en")}));
    const ReadPdf pdf(path());
    EXPECT_THAT(pdf.page(0), Not(HasSubstr("Briefwahl")));
    EXPECT_THAT(pdf.page(0), HasSubstr("You can vote at any polling station"));
}

TEST_F(VotingNotice, IsAPrivateFileWithATitleAndDependsOnItsContentOnly) {
    const ReadPdf pdf = print({sample_notice("fa")});
    EXPECT_THAT(pdf.info(), HasSubstr("Wahlbenachrichtigung: Wahl des Integrationsrats"));
    EXPECT_THAT(pdf.info(), HasSubstr("(A4)"));
    struct stat found {};
    ASSERT_EQ(::stat(path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    const Bytes first = test::must(read_file(path()));
    print({sample_notice("fa")});
    EXPECT_TRUE(first == test::must(read_file(path())));
}

TEST_F(VotingNotice, ACodeThatMakesNoQrCodeIsNamedAndNothingIsWritten) {
    Notice wrong = sample_notice("en");
    wrong.code.clear();
    const auto printed = print_notices(path(), sample_notice_text(), std::vector{sample_notice("en"), wrong});
    ASSERT_FALSE(printed.ok());
    EXPECT_EQ(printed.error().code, "qr-code-impossible");
    EXPECT_THAT(printed.error().message, HasSubstr("notices/1"));
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(VotingNotice, LettersThatNoFontHasAreReported) {
    Notice notice = sample_notice("en");
    notice.name.family = "\U000F1234";
    print({notice});
    ASSERT_EQ(printed_.unprintable.size(), 1U);
    EXPECT_THAT(printed_.unprintable[0], HasSubstr("\U000F1234"));
}

}  // namespace
}  // namespace stimme::print
