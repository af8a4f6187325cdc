// Lines and whole numbers, as the text formats of the log write them.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stimme::log {

// A number in ASCII digits, without sign and leading zeros. Empty unless `text` is the one spelling of a
// number below 2^64.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// Takes the next line off the front of `text`, without its line break. Empty when no line break is left.
std::optional<std::string_view> take_line(std::string_view& text);

}  // namespace stimme::log
