// Finding a word in texts with at most one typing error: a letter too many, too few or wrong, or two
// neighbours swapped. The automaton of Wu and Manber, whose states are the bits of one machine word, so that
// a text costs some nanoseconds a letter whatever the word.
//
// Thread rule: values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stimme::roll {

enum class Match : std::uint8_t { none, with_error, exact };

class WordMatcher {
  public:
    static constexpr std::size_t max_letters = 64;

    // REQUIRES: 1 to max_letters letters.
    explicit WordMatcher(std::string_view word);

    // How well the word is found in some part of the text.
    Match find_in(std::string_view text) const;

  private:
    std::array<std::uint64_t, 256> places_{};  // bit i of a letter: it is the word's letter i
    std::uint64_t last_;
};

// Whether two whole words are equal but for one typing error; false for equal ones.
bool differ_by_typing_error(std::string_view a, std::string_view b);

}  // namespace stimme::roll
