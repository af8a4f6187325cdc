#include "core/pass/pass_text.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace stimme::pass {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

Pass random_pass(std::uint64_t seed) {
    SeededRandom random(seed);
    return {random.bytes<10>(), random.bytes<5>()};
}

// The 25 characters without the hyphens.
std::string characters_of(const Pass& pass) {
    std::string text = write_pass(pass);
    std::erase(text, '-');
    return text;
}

std::string error_of(std::string_view text) {
    const auto pass = parse_pass(text);
    return pass ? "none" : pass.error().code;
}

TEST(PassText, WhatIsWrittenIsReadAgain) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const auto read = parse_pass(write_pass(random_pass(seed)));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, random_pass(seed));
    }
}

TEST(PassText, FiveGroupsOfFiveAreWritten) {
    EXPECT_EQ(write_pass({}), "00000-00000-00000-00000-00000");
    EXPECT_EQ(write_pass(random_pass(1)).size(), 29u);
}

// Computed by hand from (5.2): one character of value 1 at place i, so the check character is α^(i+1).
TEST(PassText, CheckCharacterIsTheSumOfPowers) {
    Pass first{};
    first.t[0] = 0x08;  // c_0 = 1
    EXPECT_EQ(characters_of(first), "1000000000000000000000002");
    Pass last{};
    last.tag[4] = 0x01;  // c_23 = 1, α^24 = x^4 + x^3 + x^2 + x
    EXPECT_EQ(characters_of(last), "000000000000000000000001Y");
    Pass both = first;
    both.t[0] = 0x58;  // c_0 = 11: 11·x = 22
    EXPECT_EQ(characters_of(both), "B00000000000000000000000P");
}

TEST(PassText, TypedFormsAreUnderstood) {
    const Pass pass = random_pass(3);
    std::string text = write_pass(pass);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    EXPECT_EQ(*parse_pass(text), pass);
    EXPECT_EQ(*parse_pass("  " + text + " \t"), pass);
    std::replace(text.begin(), text.end(), '-', ' ');
    std::replace(text.begin(), text.end(), '0', 'o');
    std::replace(text.begin(), text.end(), '1', 'l');
    EXPECT_EQ(*parse_pass(text), pass);
    EXPECT_EQ(*parse_pass("IOOOO-OOOOO-OOOOO-OOOOO-OOOO2"), *parse_pass("1000000000000000000000002"));
}

TEST(PassText, EverySingleWrongCharacterIsNoticed) {
    for (const Pass& pass : {Pass{}, random_pass(4), random_pass(5)}) {
        const std::string right = characters_of(pass);
        for (std::size_t place = 0; place < right.size(); ++place) {
            for (const char wrong : alphabet) {
                std::string text = right;
                text[place] = wrong;
                EXPECT_EQ(error_of(text), wrong == right[place] ? "none" : "pass-typo") << text;
            }
        }
    }
}

// What matters are the places and the two characters, so all of them are tried at all places.
TEST(PassText, EveryExchangeOfTwoCharactersIsNoticed) {
    const std::string base = characters_of(random_pass(6));
    for (std::size_t a = 0; a < base.size(); ++a) {
        for (std::size_t b = a + 1; b < base.size(); ++b) {
            std::string text = base;
            std::swap(text[a], text[b]);
            EXPECT_EQ(error_of(text), text == base ? "none" : "pass-typo") << text;
        }
    }
}

TEST(PassText, ExchangeIsNoticedWhateverTheTwoCharactersAre) {
    for (std::size_t a = 0; a < 24; ++a) {
        for (unsigned value = 1; value < 32; ++value) {
            // Only place a differs from zero; exchanging it with any zero must be noticed.
            ByteArray<15> bytes{};
            const std::size_t bit = 5 * a;
            const unsigned shifted = value << (11 - bit % 8);
            bytes[bit / 8] = static_cast<std::uint8_t>(shifted >> 8);
            if (bit / 8 + 1 < bytes.size()) bytes[bit / 8 + 1] = static_cast<std::uint8_t>(shifted);
            const std::string right =
                characters_of({to_array<10>(bytes), to_array<5>(ByteView(bytes).subspan(10))});
            ASSERT_EQ(right[a], alphabet[value]);
            for (std::size_t b = 0; b < right.size(); ++b) {
                std::string text = right;
                std::swap(text[a], text[b]);
                EXPECT_EQ(error_of(text), text == right ? "none" : "pass-typo") << text;
            }
        }
    }
}

TEST(PassText, WrongLengthIsRefused) {
    const std::string right = characters_of(random_pass(7));
    EXPECT_EQ(error_of(""), "pass-length");
    EXPECT_EQ(error_of(std::string_view(right).substr(1)), "pass-length");
    EXPECT_EQ(error_of(right + "0"), "pass-length");
}

TEST(PassText, CharacterThatNoPassHasIsNamedWithItsPosition) {
    for (const std::string wrong : {"U", "u", "!", "Ä", "\n", "_"}) {
        std::string text = write_pass(random_pass(8));
        text.replace(6, 1, wrong);  // the sixth character, behind the first hyphen
        const auto pass = parse_pass(text);
        ASSERT_FALSE(pass);
        EXPECT_EQ(pass.error().code, "pass-character");
        EXPECT_NE(pass.error().message.find("character 6 of the pass"), std::string::npos)
            << pass.error().message;
    }
}

}  // namespace
}  // namespace stimme::pass
