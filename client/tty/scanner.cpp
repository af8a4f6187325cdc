#include "client/tty/scanner.h"

namespace stimme::tty {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

}  // namespace

std::string from_german_keys(std::string_view text) {
    std::string meant(text);
    for (const auto& [there, here] : {std::pair("Ö", ":"), std::pair("ö", ":"), std::pair("ß", "-")})
        replace_all(meant, there, here);
    for (char& letter : meant) {
        constexpr std::string_view swapped = "yzYZzyZY";
        const auto at = swapped.substr(0, 4).find(letter);
        if (at != std::string_view::npos) letter = swapped[at + 4];
    }
    return meant;
}

}  // namespace stimme::tty
