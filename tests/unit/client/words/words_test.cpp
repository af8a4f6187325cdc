// What is said to people: every language has every sentence, with its values where they belong.
#include "client/words/words.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "client/words/dates.h"
#include "core/roll/rules/eligibility.h"

namespace stimme::words {
namespace {

using namespace std::chrono_literals;

constexpr auto election_day = 2025y / 9 / 14;

std::vector<Language> translations() {
    std::vector<Language> all = Language::all();
    all.erase(all.begin());
    return all;
}

TEST(Languages, AreFoundByTheirTagOnly) {
    ASSERT_TRUE(Language::find("uk").has_value());
    EXPECT_EQ(Language::find("uk")->name_in_itself(), "українська");
    EXPECT_EQ(Language::english().tag(), "en");
    EXPECT_EQ(Language::german().tag(), "de");
    EXPECT_TRUE(Language::find("de-simple").has_value());
    EXPECT_FALSE(Language::find("de_simple").has_value());
    EXPECT_FALSE(Language::find("").has_value());
}

TEST(Languages, AnUnknownTagIsAnsweredWithThoseThereAre) {
    const auto parsed = Language::parse("xx");
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().code, "language-unknown");
    EXPECT_NE(parsed.error().message.find("vi"), std::string::npos);
}

TEST(Languages, OnlyTheSourceLanguagesAreSignedOff) {
    for (const Language language : Language::all()) {
        EXPECT_EQ(language.signed_off(), language.tag() == "en" || language.tag() == "de") << language.tag();
    }
}

TEST(Languages, ArabicAndPersianAreWrittenFromRightToLeft) {
    for (const Language language : Language::all()) {
        EXPECT_EQ(language.right_to_left(), language.tag() == "ar" || language.tag() == "fa");
    }
}

TEST(Words, EveryReasonHasASentenceOfItsOwnInEveryLanguage) {
    for (const Language language : translations()) {
        std::vector<std::string_view> said;
        for (const std::string_view code : reason_codes()) {
            const auto here = sentence(language, code);
            ASSERT_TRUE(here.has_value());
            EXPECT_NE(*here, *sentence(Language::english(), code)) << language.tag() << " " << code;
            EXPECT_EQ(std::count(said.begin(), said.end(), *here), 0) << language.tag() << " " << code;
            said.push_back(*here);
        }
    }
}

TEST(Words, EveryReasonOfTheRollIsKnown) {
    for (std::size_t i = 0; i < roll::reason_count; ++i) {
        EXPECT_TRUE(sentence(Language::german(), roll::code_of(static_cast<roll::Reason>(i))).has_value());
    }
    EXPECT_FALSE(sentence(Language::german(), "no-such-reason").has_value());
}

TEST(Words, ValuesStandWhereTheLanguageWantsThem) {
    EXPECT_EQ(say(Language::english(), "{0} to {1}", "08:00", "18:00"), "08:00 to 18:00");
    EXPECT_EQ(say(Language::german(), "{0} to {1}", "08:00", "18:00"), "08:00 bis 18:00 Uhr");
}

TEST(Words, ValuesAreIsolatedInLanguagesFromRightToLeft) {
    EXPECT_EQ(say(*Language::find("ar"), "{0} to {1}", "08:00", "18:00"),
              "من \u206808:00\u2069 إلى \u206818:00\u2069");
}

TEST(Words, BracesInAValueAreOnlyText) {
    EXPECT_EQ(say(Language::german(), "Dear {0},", "{1} {"), "Guten Tag {1} {,");
}

TEST(Dates, AreGregorianWithPlainDigitsInEveryLanguage) {
    for (const Language language : Language::all()) {
        for (const std::string& written :
             {date(language, election_day), date_with_weekday(language, election_day)}) {
            EXPECT_NE(written.find("14"), std::string::npos) << written;
            EXPECT_NE(written.find("2025"), std::string::npos) << written;
        }
    }
}

TEST(Dates, AreWordsOfTheLanguage) {
    EXPECT_EQ(date_with_weekday(Language::german(), election_day), "Sonntag, 14. September 2025");
    EXPECT_EQ(date(Language::english(), election_day), "14 September 2025");
    EXPECT_EQ(date(*Language::find("uk"), election_day), "14 вересня 2025");
    EXPECT_EQ(date(*Language::find("ru"), election_day), "14 сентября 2025");
    EXPECT_NE(date(*Language::find("fa"), election_day).find("سپتامبر"), std::string::npos);
}

}  // namespace
}  // namespace stimme::words
