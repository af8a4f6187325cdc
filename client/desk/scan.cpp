#include "client/desk/scan.h"

#include "core/events/files.h"

namespace stimme::desk {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string without_blanks_around(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

// As the scanner meant it, when the computer took its keys for German ones.
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

}  // namespace

Result<pass::Pass> read_pass(std::string_view text) {
    auto as_it_came = pass::parse_pass(text);
    if (as_it_came) return as_it_came;
    auto as_meant = pass::parse_pass(from_german_keys(text));
    return as_meant ? std::move(as_meant) : std::move(as_it_came);
}

Scanned read_scan(std::string_view text) {
    const std::string trimmed = without_blanks_around(text);
    if (const auto pass = read_pass(trimmed)) return *pass;
    const std::string meant = from_german_keys(trimmed);
    if (!events::parse_voter_code(trimmed) && events::parse_voter_code(meant)) return Words{meant};
    return Words{trimmed};
}

}  // namespace stimme::desk
