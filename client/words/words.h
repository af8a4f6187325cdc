// What Stimme says to people, in each language of client/po. A sentence is named by its English text, which
// the compiler looks up: one that no .pot of client/po has, or another number of values than it has
// placeholders, doesn't compile. Where a catalogue lacks a sentence, the English one is said; .ci/check lists
// those.
//
//     say(Language::german(), "Election day")                        "Wahltag"
//     say(Language::german(), "{0} to {1}", "08:00", "18:00")        "08:00 bis 18:00 Uhr"
//
// All texts are UTF-8. In languages that are written from right to left each value is set between the
// isolating characters U+2068 and U+2069, so that a date or a name keeps its own direction.
//
// Thread rule: pure functions over constants.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "client/words/generated/sentences.h"
#include "client/words/language.h"

namespace stimme::words {

// Calls of these two are no constants: the compiler stops at them and tells their names.
void client_po_has_no_such_sentence();
void the_sentence_has_another_number_of_placeholders();

// How many different placeholders a sentence has; they count from {0} on.
constexpr std::size_t placeholders(std::string_view sentence) {
    std::size_t count = 0;
    for (std::size_t i = 0; i + 2 < sentence.size(); ++i) {
        if (sentence[i] == '{') count = std::max(count, static_cast<std::size_t>(sentence[i + 1] - '0') + 1);
    }
    return count;
}

// A sentence that takes so many values.
template <std::size_t Values>
class Pattern {
  public:
    template <std::size_t Size>
    consteval Pattern(const char (&english)[Size]) : place_(place_of({english, Size - 1})) {
        if (placeholders(generated::sentences[place_]) != Values)
            the_sentence_has_another_number_of_placeholders();
    }
    // Its place in generated::sentences.
    constexpr std::size_t place() const { return place_; }

  private:
    static consteval std::size_t place_of(std::string_view english) {
        const auto& all = generated::sentences;
        const auto found = std::lower_bound(all.begin(), all.end(), english);
        if (found == all.end() || *found != english) client_po_has_no_such_sentence();
        return static_cast<std::size_t>(found - all.begin());
    }

    std::size_t place_;
};
using Sentence = Pattern<0>;

std::string_view say(Language language, Sentence sentence);
// REQUIRES: place is that of a pattern with as many placeholders as there are values.
std::string fill(Language language, std::size_t place, std::span<const std::string_view> values);

template <class... Values>
requires(sizeof...(Values) > 0) std::string
    say(Language language, Pattern<sizeof...(Values)> pattern, const Values&... values) {
    return fill(language, pattern.place(), std::array<std::string_view, sizeof...(Values)>{values...});
}

// Why somebody may not vote, said to the person concerned, by the stable code of the reason ("age"). Nothing
// for a code that isn't known.
std::optional<std::string_view> sentence(Language language, std::string_view reason_code);
// The codes that sentence() knows.
std::span<const std::string_view> reason_codes();

}  // namespace stimme::words
