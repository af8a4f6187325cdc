#include "core/base/ids.h"

#include <algorithm>

namespace stimme {

bool is_name(std::string_view text) {
    const auto letter_or_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && text.size() <= 32 && letter_or_digit(text[0]) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter_or_digit(c) || c == '-'; });
}

}  // namespace stimme
