// What someone types to find people, as words that are each looked up in several ways: as a part of a name or
// an address, as a day, month or year of birth, as a part of a register number.
//
// Thread rule: values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/roll/search/vocabulary.h"

namespace stimme::roll {

// A day in one number, by year, then month, then day. 0 is no day.
using PackedDay = std::uint32_t;
// From "1941-07-13"; 0 where it isn't a day of the calendar.
PackedDay packed(std::string_view iso);
constexpr PackedDay packed(unsigned year, unsigned month, unsigned day) {
    return (year << 9) | (month << 5) | day;
}
constexpr unsigned year_of(PackedDay day) {
    return day >> 9;
}
constexpr unsigned month_of(PackedDay day) {
    return (day >> 5) & 0xF;
}
constexpr unsigned day_of(PackedDay day) {
    return day & 0x1F;
}

// The days that a word means: "13.07.1941", "13.7.1941" or "1941-07-13"; "13.07." or "13.7" of every year,
// "13.07.19" of every year that begins so; "07.1941", "7.1941" or "1941-07" all of the month; "1941" all of
// the year.
class DayPattern {
  public:
    static std::optional<DayPattern> parse(std::string_view word);

    bool matches(PackedDay day) const { return day - first_ <= span_ && (day & mask_) == value_; }

  private:
    DayPattern(unsigned first_year, unsigned last_year, unsigned month, unsigned day);  // 0: any

    PackedDay first_, span_, mask_, value_;
};

struct QueryWord {
    FoldedWord folded;
    std::optional<DayPattern> days;
    std::string number;  // in capitals; "" when it can't be a part of a number
};

// The words of a query, which blanks, commas and semicolons separate: the first Vocabulary::max_words that
// hold a letter or a digit, of the first max_query_bytes.
constexpr std::size_t max_query_bytes = 512;
std::vector<QueryWord> read_query(std::string_view query);

}  // namespace stimme::roll
