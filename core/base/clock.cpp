#include "core/base/clock.h"

#include <optional>

#include <fmt/format.h>

namespace stimme {
namespace {

// The decimal number in text[at, at+digits), or nothing.
std::optional<int> number(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(at, digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

TimePoint SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string format_date(std::chrono::year_month_day date) {
    std::string text = "0000-00-00";
    const auto put = [&](std::size_t end, unsigned value) {
        for (; value > 0; value /= 10) text[--end] = static_cast<char>('0' + value % 10);
    };
    put(4, static_cast<unsigned>(static_cast<int>(date.year())));
    put(7, static_cast<unsigned>(date.month()));
    put(10, static_cast<unsigned>(date.day()));
    return text;
}

Result<std::chrono::year_month_day> parse_date(std::string_view text) {
    const auto year = number(text, 0, 4);
    const auto month = number(text, 5, 2);
    const auto day = number(text, 8, 2);
    if (text.size() == 10 && year && month && day && text[4] == '-' && text[7] == '-') {
        const std::chrono::year_month_day date{std::chrono::year(*year),
                                               std::chrono::month(static_cast<unsigned>(*month)),
                                               std::chrono::day(static_cast<unsigned>(*day))};
        if (date.ok()) return date;
    }
    return invalid("date-invalid", fmt::format("'{}' isn't a day of the calendar, written YYYY-MM-DD", text));
}

std::string format_utc(TimePoint time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(day), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

Result<TimePoint> parse_time(std::string_view text) {
    const Error bad =
        invalid("time-invalid",
                fmt::format("'{}' isn't a time with offset, such as 1996-12-15T08:00:00+01:00", text));
    const auto date = parse_date(text.substr(0, std::min<std::size_t>(10, text.size())));
    const auto hour = number(text, 11, 2);
    const auto minute = number(text, 14, 2);
    const auto second = number(text, 17, 2);
    if (!date || !hour || !minute || !second) return bad;
    if (text[10] != 'T' || text[13] != ':' || text[16] != ':' || *hour > 23 || *minute > 59 || *second > 59)
        return bad;
    const std::string_view zone = text.substr(19);
    std::chrono::minutes offset{0};
    if (zone != "Z") {
        const auto zone_hour = number(zone, 1, 2);
        const auto zone_minute = number(zone, 4, 2);
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !zone_hour ||
            !zone_minute || *zone_hour > 14 || *zone_minute > 59) {
            return bad;
        }
        offset = std::chrono::hours(*zone_hour) + std::chrono::minutes(*zone_minute);
        if (zone[0] == '-') offset = -offset;
    }
    return std::chrono::sys_days(*date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) - offset;
}

}  // namespace stimme
