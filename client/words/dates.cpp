#include "client/words/dates.h"

#include <memory>
#include <utility>

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/timezone.h>

#include "core/base/clock.h"

namespace stimme::words {
namespace {

// ICU knows no plain German, and its plain English is that of the United States.
icu::Locale locale_of(Language language) {
    std::string_view name = language.tag().substr(0, 2);
    if (name == "en") name = "en_GB";
    return icu::Locale(fmt::format("{}@calendar=gregorian;numbers=latn", name).c_str());
}

// "2025 г." would end a sentence with two full stops: the year alone is enough.
std::string without_abbreviation(std::string date) {
    if (date.ends_with('.')) date.erase(date.find_last_of("0123456789") + 1);
    return date;
}

// ICU falls back to numbers for a language that it doesn't know; without its data there is the plain form.
std::string format(Language language, std::chrono::year_month_day day, icu::DateFormat::EStyle style) {
    const std::unique_ptr<icu::DateFormat> format(
        icu::DateFormat::createDateInstance(style, locale_of(language)));
    if (!format) return format_date(day);
    format->setTimeZone(*icu::TimeZone::getGMT());
    const std::chrono::milliseconds since_epoch = std::chrono::sys_days(day).time_since_epoch();
    icu::UnicodeString written;
    format->format(static_cast<UDate>(since_epoch.count()), written);
    std::string result;
    written.toUTF8String(result);
    return without_abbreviation(std::move(result));
}

}  // namespace

std::string date(Language language, std::chrono::year_month_day day) {
    return format(language, day, icu::DateFormat::kLong);
}

std::string date_with_weekday(Language language, std::chrono::year_month_day day) {
    return format(language, day, icu::DateFormat::kFull);
}

}  // namespace stimme::words
