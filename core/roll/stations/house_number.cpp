#include "core/roll/stations/house_number.h"

#include <algorithm>
#include <charconv>

#include "core/base/ascii.h"

namespace stimme::roll {
namespace {

// Letters of all alphabets: what is no ASCII is taken for one.
bool is_in_word(char c) {
    return is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

void skip_blanks(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
}

// Takes a letter that stands alone off the front, or takes nothing and gives 0.
char take_letter(std::string_view& text) {
    std::string_view rest = text;
    skip_blanks(rest);
    if (rest.empty() || !is_letter(rest[0]) || (rest.size() > 1 && is_in_word(rest[1]))) return 0;
    text = rest.substr(1);
    return lower(rest[0]);
}

// Takes a house number off the front.
std::optional<HouseNumber> take_number(std::string_view& text) {
    skip_blanks(text);
    HouseNumber result;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.number);
    if (error != std::errc() || result.number > max_house_number) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    result.letter = take_letter(text);
    return result;
}

}  // namespace

std::optional<HouseNumber> house_number_of(std::string_view address) {
    return take_number(address);
}

std::optional<HouseNumber> parse_house_number(std::string_view text) {
    const auto result = take_number(text);
    return text.empty() ? result : std::nullopt;
}

std::string to_string(HouseNumber number) {
    std::string result = std::to_string(number.number);
    if (number.letter != 0) result += number.letter;
    return result;
}

}  // namespace stimme::roll
