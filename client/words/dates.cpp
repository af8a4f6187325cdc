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

// How far the clocks of that place are ahead then; of an unknown place, not at all.
std::chrono::seconds ahead(std::string_view zone, std::chrono::sys_seconds time) {
    const std::string name(zone);
    const std::unique_ptr<icu::TimeZone> there(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
    if (!there || *there == icu::TimeZone::getUnknown()) return std::chrono::seconds(0);
    std::int32_t raw = 0, summer = 0;
    UErrorCode failure = U_ZERO_ERROR;
    const std::chrono::milliseconds since_epoch = time.time_since_epoch();
    there->getOffset(static_cast<UDate>(since_epoch.count()), false, raw, summer, failure);
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::milliseconds(raw + summer));
}

}  // namespace

std::string date(Language language, std::chrono::year_month_day day) {
    return format(language, day, icu::DateFormat::kLong);
}

std::string date_with_weekday(Language language, std::chrono::year_month_day day) {
    return format(language, day, icu::DateFormat::kFull);
}

std::chrono::year_month_day day_at(std::string_view zone, std::chrono::sys_seconds time) {
    return std::chrono::floor<std::chrono::days>(time + ahead(zone, time));
}

std::string time_of_day(std::string_view zone, std::chrono::sys_seconds time) {
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::minutes>(
        (time + ahead(zone, time)).time_since_epoch() % std::chrono::days(1)));
    return fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
}

std::string date_and_time(Language language, std::string_view zone, std::chrono::sys_seconds time) {
    return fmt::format("{}, {}", date(language, day_at(zone, time)), time_of_day(zone, time));
}

}  // namespace stimme::words
