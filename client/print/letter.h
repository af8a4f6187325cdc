// What every letter of the office has: letterhead, the receiver's address where the window of an envelope is
// (DIN 5008, form B), marks for folding, and the place of the text. Used by the documents of this folder
// only.
//
// Thread rule: pure functions over a Canvas.
#pragma once

#include <string>
#include <string_view>

#include "client/print/canvas.h"
#include "client/print/paper.h"

namespace stimme::print {

// Where text stands on a letter, in millimetres.
constexpr double letter_left = 25;
constexpr double letter_width = 165;
constexpr double letter_right = letter_left + letter_width;
constexpr double letter_text_top = 98;
constexpr double letter_bottom = 288;

// "Ana María Espinoza"; a missing part is left out.
std::string full_name(const PersonName& name);
// "Hauptstraße 5" and "48143 Münster", without what is missing.
std::string street_line(const Address& address);
std::string city_line(const Address& address);

void draw_letterhead(Canvas& canvas, const Sender& sender);
void draw_receiver(Canvas& canvas, const PersonName& name, const Address& address);

// The election's title in that language, else in German, else in any: there is one in a valid definition.
std::string title_in(const election::Titles& titles, words::Language language);
// What a translation is worth beside the German text, and whether a person has checked it.
std::string standing_of(words::Language language);

}  // namespace stimme::print
