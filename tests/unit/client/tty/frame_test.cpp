// Frames hold no more than fits, whatever the letters, and nothing that could steer a terminal.
#include "client/tty/frame.h"

#include <gtest/gtest.h>

namespace stimme::tty {
namespace {

TEST(Width, CountsColumnsNotBytes) {
    EXPECT_EQ(width_of("Straße"), 6U);
    EXPECT_EQ(width_of("Nguyễn"), 6U);
    EXPECT_EQ(width_of("Nguye\u0302\u0303n"), 6U);  // the marks apart
    EXPECT_EQ(width_of("選挙"), 4U);
}

TEST(Width, ClipsAndPadsToColumns) {
    EXPECT_EQ(clipped("Müller", 2), "Mü");
    EXPECT_EQ(clipped("選挙", 3), "選");
    EXPECT_EQ(padded("Mü", 4), "Mü  ");
    EXPECT_EQ(width_of(padded("選挙", 3)), 3U);
}

TEST(Wrapping, BreaksAtBlanksAndLongWordsAnywhere) {
    EXPECT_EQ(wrapped("one two three", 7), (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrapped("abcdefgh ij", 3), (std::vector<std::string>{"abc", "def", "gh", "ij"}));
    EXPECT_EQ(wrapped("", 5), std::vector<std::string>{""});
}

TEST(Wrapping, NoLineIsEverTooWide) {
    const std::string text = "Ştefănescu-Łukasiewicz 選挙管理委員会 a bb ccc dddd";
    for (std::size_t columns = 2; columns < 40; ++columns) {
        for (const std::string& line : wrapped(text, columns)) EXPECT_LE(width_of(line), columns) << line;
    }
}

TEST(Printable, TakesOutWhatSteersATerminal) {
    EXPECT_EQ(printable("a\x1b[2Jb\tc\n"), "a?[2Jb?c?");
    EXPECT_EQ(printable("x\u202ey"), "x?y");  // turns the direction of the line
    EXPECT_EQ(printable("\xff\xc3"), "??");
    EXPECT_EQ(printable("Łódź"), "Łódź");
}

TEST(Utf8, IsWrittenForEachLength) {
    EXPECT_EQ(utf8_of(U'a') + utf8_of(U'ß') + utf8_of(U'ễ') + utf8_of(U'😀'), "aßễ😀");
    EXPECT_EQ(utf8_of(static_cast<char32_t>(0x110000)), "");
}

TEST(Fitting, KeepsTheFootAndLeavesOutTheMiddle) {
    Frame frame;
    for (const char* text : {"head", "a", "b", "c", "foot"}) frame.lines.push_back({{text}});
    EXPECT_EQ(text_of(fitted(frame, {80, 5}, 1)), "head\na\nb\nc\nfoot\n");
    EXPECT_EQ(text_of(fitted(frame, {2, 3}, 1)), "he\na\nfo\n");
    EXPECT_EQ(text_of(fitted(frame, {80, 7}, 1)), "head\na\nb\nc\n\n\nfoot\n");
}

TEST(Fitting, ACursorOutsideIsNotShown) {
    Frame frame;
    frame.lines.push_back({{"x"}});
    frame.cursor = Place{0, 30};
    EXPECT_TRUE(fitted(frame, {80, 24}, 0).cursor.has_value());
    EXPECT_FALSE(fitted(frame, {20, 24}, 0).cursor.has_value());
}

}  // namespace
}  // namespace stimme::tty
