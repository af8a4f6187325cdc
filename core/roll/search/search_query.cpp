#include "core/roll/search/search_query.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/clock.h"

namespace stimme::roll {
namespace {

// Some digits of a word between dots or hyphens.
struct Digits {
    unsigned value = 0;
    std::size_t count = 0;

    bool is_day() const { return count >= 1 && count <= 2 && value >= 1 && value <= 31; }
    bool is_month() const { return count >= 1 && count <= 2 && value >= 1 && value <= 12; }
    bool is_year() const { return count == 4 && value > 0; }
    // The years that begin so.
    unsigned first_year() const { return value * scale(); }
    unsigned last_year() const { return first_year() + scale() - 1; }

  private:
    unsigned scale() const {
        unsigned result = 1;
        for (std::size_t i = count; i < 4; ++i) result *= 10;
        return result;
    }
};

// Between each two separators; none when the word has other characters, too many of them or too many parts.
std::vector<Digits> split_digits(std::string_view word, char separator) {
    std::vector<Digits> result(1);
    for (const char c : word) {
        if (c == separator) {
            result.emplace_back();
        } else if (is_digit(c) && result.back().count < 4) {
            result.back().value = result.back().value * 10 + static_cast<unsigned>(c - '0');
            ++result.back().count;
        } else {
            return {};
        }
    }
    return result.size() <= 3 ? result : std::vector<Digits>();
}

// A register number is of 0-9, A-Z and hyphens.
std::string as_number(std::string_view word) {
    std::string result;
    for (const char c : word) {
        if (!is_digit(c) && c != '-' && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z')) return {};
        result += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return result;
}

std::vector<std::string_view> split_query(std::string_view query) {
    constexpr std::string_view separators(" \t\r\n\v\f,;\0", 9);
    std::vector<std::string_view> result;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find_first_of(separators), query.size());
        if (end > 0) result.push_back(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return result;
}

}  // namespace

PackedDay packed(std::string_view iso) {
    const auto day = parse_date(iso);
    if (!day || int{day->year()} < 1) return 0;
    return packed(static_cast<unsigned>(int{day->year()}), unsigned{day->month()}, unsigned{day->day()});
}

DayPattern::DayPattern(unsigned first_year, unsigned last_year, unsigned month, unsigned day)
    : first_(packed(std::max(first_year, 1U), 0, 0)),
      span_(packed(last_year, 12, 31) - first_),
      mask_(packed(0, month ? 0xF : 0, day ? 0x1F : 0)),
      value_(packed(0, month, day)) {}

std::optional<DayPattern> DayPattern::parse(std::string_view word) {
    constexpr unsigned end_of_time = 9999;
    const auto german = split_digits(word, '.'), iso = split_digits(word, '-');
    if (german.size() == 1 && german[0].is_year()) {
        return DayPattern(german[0].value, german[0].value, 0, 0);
    }
    if (german.size() == 2 && german[0].is_month() && german[1].is_year()) {
        return DayPattern(german[1].value, german[1].value, german[0].value, 0);
    }
    if (german.size() >= 2 && german[0].is_day() && german[1].is_month()) {
        const bool any_year = german.size() == 2 || german[2].count == 0;
        return DayPattern(any_year ? 1 : german[2].first_year(),
                          any_year ? end_of_time : german[2].last_year(), german[1].value, german[0].value);
    }
    if (iso.size() >= 2 && iso[0].is_year() && iso[1].is_month() && (iso.size() == 2 || iso[2].is_day())) {
        return DayPattern(iso[0].value, iso[0].value, iso[1].value, iso.size() == 2 ? 0 : iso[2].value);
    }
    return std::nullopt;
}

std::vector<QueryWord> read_query(std::string_view query) {
    std::vector<QueryWord> result;
    for (const std::string_view word : split_query(query.substr(0, max_query_bytes))) {
        QueryWord read{FoldedWord(word), DayPattern::parse(word), as_number(word)};
        if (read.folded.forms().empty()) continue;
        result.push_back(std::move(read));
        if (result.size() == Vocabulary::max_words) break;
    }
    return result;
}

}  // namespace stimme::roll
