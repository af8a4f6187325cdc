// Days of the calendar in words of a language: Gregorian calendar and the digits 0 to 9 everywhere, so that a
// date can be compared with the one in the German text.
//
// Thread rule: pure functions.
#pragma once

#include <chrono>
#include <string>

#include "client/words/language.h"

namespace stimme::words {

// "14. September 2025", "14 вересня 2025": in the form that it has inside a sentence.
std::string date(Language language, std::chrono::year_month_day day);
// "Sonntag, 14. September 2025": for a date that stands alone.
std::string date_with_weekday(Language language, std::chrono::year_month_day day);

}  // namespace stimme::words
