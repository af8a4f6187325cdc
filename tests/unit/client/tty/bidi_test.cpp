#include "client/tty/bidi.h"

#include <gtest/gtest.h>

#include "client/tty/frame.h"

namespace stimme::tty {
namespace {

TEST(VisualLine, SetsArabicFromTheRightAndJoinsItsLetters) {
    // seen + lam + alef + meem: meem alone, lam and alef as one, seen at the beginning
    EXPECT_EQ(visual("\u0633\u0644\u0627\u0645", true), "\uFEE1\uFEFC\uFEB3");
}

TEST(VisualLine, JoinsTheLettersThatOnlyPersianHas) {
    EXPECT_EQ(visual("\u067E\u0686", true), "\uFB7B\uFB58");  // peh at the beginning, tcheh at the end
}

TEST(VisualLine, KeepsNumbersAndLatinWordsInTheirOwnOrder) {
    EXPECT_EQ(visual("\u0627 25 ABC", true), "ABC 25 \uFE8D");
    EXPECT_EQ(visual("\u0627: \u2068A-B\u2069", true), "A-B :\uFE8D");
}

TEST(VisualLine, LeavesOtherScriptsAlone) {
    for (const char* const text : {"", "plain", "Tiếng Việt", "українська", "ș ț ă"})
        EXPECT_EQ(visual(text, false), text);
}

TEST(VisualLine, IsAsWideAsTheLettersThatAreShown) {
    EXPECT_EQ(width_of(visual("\u0633\u0644\u0627\u0645", true)), 3U);
}

TEST(Terminals, ThatHaveFewLettersShowNoArabic) {
    for (const char* const with : {"foot", "xterm-256color", "tmux-256color", "screen"})
        EXPECT_TRUE(shows_arabic(with)) << with;
    for (const char* const without : {"linux", "vt220", "dumb", ""}) EXPECT_FALSE(shows_arabic(without));
}

}  // namespace
}  // namespace stimme::tty
