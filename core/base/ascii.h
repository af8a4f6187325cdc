// Letters and digits of ASCII, whatever the locale. Bytes above 0x7F are none of them.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stimme {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
inline std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = lower(c);
    return result;
}

}  // namespace stimme
