// The distinct texts of one column of a register, folded, and the search for a word in all of them at once.
// In front of each text stands a signature of its letters and pairs of letters, 8 bytes, which rules out most
// texts without looking at them.
//
// Thread rule: searched by any number of threads when nobody adds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/roll/search/typing_errors.h"

namespace stimme::roll {

// A word of a query: its forms (core/roll/search/fold.h) and whether an error in it is forgiven, which is so
// in forms of at least 4 characters that are all letters.
class FoldedWord {
  public:
    static constexpr std::size_t min_forgiven = 4;

    struct Form {
        std::string text;
        bool forgiving;
        WordMatcher matcher;
        std::uint64_t signature;
        // With an error, one half of the word is found intact, or the swapped letters are those in the
        // middle.
        std::uint64_t first_half, second_half, swapped_middle;
    };

    // Only the first WordMatcher::max_letters of its plain form count.
    explicit FoldedWord(std::string_view word);

    // None for a word without letters and digits.
    const std::vector<Form>& forms() const { return forms_; }

  private:
    std::vector<Form> forms_;
};

class Vocabulary {
  public:
    // Bit i: word i is found; bit 8 + i: it is found with at most one typing error.
    using Mask = std::uint16_t;
    static constexpr std::size_t max_words = 8;
    static constexpr Mask bits_of(std::size_t word, Match match) {
        const unsigned bits = match == Match::none ? 0U : match == Match::exact ? 0x101U : 0x100U;
        return static_cast<Mask>(bits << word);
    }

    // What a search found out about each text.
    struct Marks {
        std::vector<Mask> masks;
        std::vector<std::uint8_t> open;  // bit i: whether word i is found with an error isn't settled
        Mask any = 0;                    // all masks together
    };

    // Adds the next text, whose place is the number of those before it.
    void add(std::string_view text);
    void shrink();  // gives unused memory back
    std::size_t size() const { return signatures_.size(); }
    std::size_t memory() const;  // bytes

    // Of no word yet.
    Marks marks() const;
    // Marks all texts where the word is found, and as open those where it may be with an error, if they are
    // many, since most of them need never be looked at. REQUIRES: number < max_words; marks are of this
    // vocabulary.
    void search(const FoldedWord& word, std::size_t number, Marks& marks) const;
    // Looks whether an open word is found in that text. REQUIRES: as with search().
    void settle(const FoldedWord& word, std::size_t number, std::size_t text, Marks& marks) const;

  private:
    // Adds the texts that it leaves open, as far as they are few.
    void search_form(const FoldedWord::Form& form, std::size_t number, Marks& marks,
                     std::vector<std::size_t>& open) const;
    bool holds(std::size_t text, const FoldedWord::Form& form) const;
    bool nearly_holds(std::size_t text, const FoldedWord::Form& form) const;
    std::string_view forms_of_text(std::size_t text) const {
        return {texts_.data() + begins_[text], begins_[text + 1] - begins_[text]};
    }

    std::vector<std::uint64_t> signatures_;
    std::vector<std::uint32_t> begins_{0};  // of each text in texts_, and the end of the last
    std::string texts_;                     // the forms of each, with a line break between them
};

}  // namespace stimme::roll
