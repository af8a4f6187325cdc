// Fingers, scanners and noise are told apart by time.
#include "client/tty/key_sorter.h"

#include <gtest/gtest.h>

namespace stimme::tty {
namespace {

using namespace std::chrono_literals;

struct Sorter : testing::Test {
    KeySorter sorter;
    KeySorter::Time now{1h};

    void press(const Key& key, std::chrono::milliseconds after) {
        now += after;
        sorter.press(key, now);
    }
    void type(std::string_view text, std::chrono::milliseconds apart) {
        for (const char letter : text)
            press(letter == '\n' ? named_key(Key::Name::enter) : letter_key(static_cast<char32_t>(letter)),
                  apart);
    }
    std::vector<Event> all(std::chrono::milliseconds later = 1s) {
        now += later;
        std::vector<Event> events;
        while (auto event = sorter.next(now)) events.push_back(*event);
        return events;
    }
    static bool hurried(const Event& event) { return std::get<Key>(event).hurried; }
};

TEST_F(Sorter, SlowKeysAreFingers) {
    type("ab\n", 120ms);
    const auto events = all();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[0], Event(letter_key(U'a')));
    EXPECT_EQ(events[2], Event(named_key(Key::Name::enter)));
}

TEST_F(Sorter, AKeyIsPassedOnOnceItIsCertain) {
    type("a", 0ms);
    EXPECT_TRUE(all(10ms).empty());
    EXPECT_EQ(all(50ms).size(), 1U);
    EXPECT_TRUE(all().empty());
}

TEST_F(Sorter, FastLineIsAScan) {
    type("10000008:0123456789abcdef\n", 5ms);
    EXPECT_EQ(all(0ms), std::vector<Event>{Scan{"10000008:0123456789abcdef"}});
}

TEST_F(Sorter, KeyRightBehindAScanMayNotAct) {
    type("10000008:0123456789abcdef\n", 5ms);
    press(function_key(5), 5ms);
    press(function_key(5), 2s);
    const auto events = all();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_TRUE(hurried(events[1]));
    EXPECT_FALSE(hurried(events[2]));
}

TEST_F(Sorter, ScanKeepsLettersBeyondAscii) {
    for (int i = 0; i < 4; ++i) {
        press(letter_key(U'Ö'), 5ms);
        press(letter_key(U'7'), 5ms);
    }
    press(named_key(Key::Name::enter), 5ms);
    EXPECT_EQ(all(), std::vector<Event>{Scan{"Ö7Ö7Ö7Ö7"}});
}

TEST_F(Sorter, ScannerWithoutAnEndIsUnderstoodAfterAPause) {
    type("ABCDE-FGHJK-MNPQR-STVWX-YZ012", 5ms);
    EXPECT_TRUE(all(10ms).empty());
    EXPECT_EQ(all(), std::vector<Event>{Scan{"ABCDE-FGHJK-MNPQR-STVWX-YZ012"}});
}

TEST_F(Sorter, TwoScansInARowAreTwo) {
    type("10000001\n10000002\n", 5ms);
    EXPECT_EQ(all(), (std::vector<Event>{Scan{"10000001"}, Scan{"10000002"}}));
}

TEST_F(Sorter, ControlCharactersAroundALineAreLeftOut) {
    press(named_key(Key::Name::other), 5ms);  // STX
    type("10000001\n\n", 5ms);
    EXPECT_EQ(all(), std::vector<Event>{Scan{"10000001"}});
    type("ABCDE-FGHJK-MNPQR-STVWX-YZ012", 5ms);
    press(named_key(Key::Name::other), 5ms);  // Tab
    EXPECT_EQ(all(), std::vector<Event>{Scan{"ABCDE-FGHJK-MNPQR-STVWX-YZ012"}});
}

TEST_F(Sorter, ShortNoiseMayWriteButNotAct) {
    type("x1\n", 5ms);
    const auto events = all();
    ASSERT_EQ(events.size(), 3U);
    for (const Event& event : events) EXPECT_TRUE(hurried(event));
}

TEST_F(Sorter, HeldKeyIsMeantOnce) {
    press(function_key(5), 0ms);
    press(function_key(5), 500ms);  // a keyboard's first repetition
    for (int i = 0; i < 50; ++i) press(function_key(5), 33ms);
    const auto events = all();
    ASSERT_EQ(events.size(), 52U);
    EXPECT_FALSE(hurried(events[0]));
    for (std::size_t i = 1; i < events.size(); ++i) EXPECT_TRUE(hurried(events[i])) << i;
}

TEST_F(Sorter, HeldLetterIsNoScan) {
    for (int i = 0; i < 100; ++i) press(letter_key(U'k'), 33ms);
    press(named_key(Key::Name::enter), 33ms);
    for (const Event& event : all()) EXPECT_TRUE(std::holds_alternative<Key>(event));
}

TEST_F(Sorter, SameKeyMeantAgainLaterCounts) {
    press(function_key(5), 0ms);
    press(function_key(5), 1s);
    for (const Event& event : all()) EXPECT_FALSE(hurried(event));
}

TEST_F(Sorter, UnknownEscapeSequencesAreDropped) {
    press(named_key(Key::Name::escape), 0ms);
    type("[200~", 1ms);
    EXPECT_TRUE(all().empty());
    press(named_key(Key::Name::escape), 1s);
    EXPECT_EQ(all().size(), 1U);
}

TEST_F(Sorter, EndlessNoiseTakesNoEndlessMemory) {
    for (int i = 0; i < 100'000; ++i) press(letter_key(i % 2 == 0 ? U'a' : U'b'), 1ms);
    const auto events = all();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_LE(std::get<Scan>(events[0]).text.size(), KeySorter::longest_burst);
}

}  // namespace
}  // namespace stimme::tty
