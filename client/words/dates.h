// Days of the calendar in words of a language: Gregorian calendar and the digits 0 to 9 everywhere, so that a
// date can be compared with the one in the German text.
//
// Thread rule: pure functions.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "client/words/language.h"

namespace stimme::words {

// "14. September 2025", "14 вересня 2025": in the form that it has inside a sentence.
std::string date(Language language, std::chrono::year_month_day day);
// "Sonntag, 14. September 2025": for a date that stands alone.
std::string date_with_weekday(Language language, std::chrono::year_month_day day);

// The day at that place (IANA name, "Europe/Berlin").
std::chrono::year_month_day day_at(std::string_view zone, std::chrono::sys_seconds time);
// "08:05", by the clock of that place.
std::string time_of_day(std::string_view zone, std::chrono::sys_seconds time);
// "14. September 2025, 08:05".
std::string date_and_time(Language language, std::string_view zone, std::chrono::sys_seconds time);

}  // namespace stimme::words
