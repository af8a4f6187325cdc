// Names as they are searched and compared: without case, marks, blanks, hyphens and apostrophes, and in Latin
// letters whatever the script.
//
// A text has two forms. The plain form has only a-z and 0-9: "Müller" is "muller", "Al-Hassan" "alhassan",
// "O'Brien" "obrien", "Weiß" "weiss", "Đukić" "dukic", "Æ" "ae", "Петрова" "petrova". The collapsed form is
// the plain form with the usual ways to write a letter in ASCII taken back: ae, oe and ue become a, o and u,
// dj becomes d, so that "Mueller" is "muller" and "Djukic" "dukic".
//
// The rule of search: a word is found in a text when one of the word's forms is a part of one of the text's.
// Through the collapsed forms all spellings of one name meet; through the plain forms nothing is lost that is
// there letter by letter, so "el" is found in "Samuel", whose collapsed form is "samul". Only a word that
// begins or ends within a pair, such as "eller", isn't found in the other spelling, "Müller", where the
// letter isn't there.
//
// Whether letters are composed or followed by combining marks makes no difference, bytes that aren't UTF-8
// are passed over, and so is what has no Latin equivalent.
//
// Thread rule: pure functions over tables that are built once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stimme::roll {

// The plain form. A tenth of a microsecond for a name in Latin letters, some microseconds in another script.
std::string fold(std::string_view text);

// The collapsed form of a plain form.
std::string collapse(std::string_view plain);

// The plain form and, where it differs, the collapsed one. One or two texts, perhaps empty.
std::vector<std::string> forms_of(std::string_view text);

// The collapsed forms of the parts of a name, which blanks and hyphens separate: "Al-Hassan Müller" has "al",
// "hassan" and "muller". None is empty.
std::vector<std::string> name_parts(std::string_view name);

}  // namespace stimme::roll
