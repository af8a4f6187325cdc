// The letters that every receipt printer has: code page 437, the one that ESC/POS numbers 0 and that printers
// which know no other print, too.
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stimme::printer {

// One byte a character. Typographic quotes, dashes and dots become plain ones; nothing when the page lacks
// another character or the text isn't UTF-8.
std::optional<std::string> to_code_page(std::string_view utf8);

}  // namespace stimme::printer
