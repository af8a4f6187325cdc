// The German order of names: DIN 5007, variant 2, as telephone books have it, in which ä is sorted as ae.
// "Mueller" and "Müller" differ only where everything else is equal, so the two stand mixed, ordered by their
// given names. Names of other alphabets follow the Latin ones.
//
// A key is computed once a name (a microsecond) and then compared byte by byte.
//
// Thread rule: pure functions over a collator that is made once.
#pragma once

#include <string>
#include <string_view>

namespace stimme::roll {

// Where one text stands among others: compare the keys as strings. Some 20 bytes for a name; bytes that
// aren't UTF-8 are sorted as U+FFFD.
std::string german_key(std::string_view text);

// Where a person stands in a list: by family name, then given names, both first without regard to case, marks
// and ways of writing umlauts, then with it; then by number.
std::string german_key(std::string_view family_name, std::string_view given_names, std::string_view number);

// The front of a key of one text that is the same for texts that differ only in case, marks and ways of
// writing umlauts.
std::string_view base_of(std::string_view key);

}  // namespace stimme::roll
