#include "client/desk/console/scan.h"

#include "client/tty/scanner.h"
#include "core/events/files.h"

namespace stimme::desk::console {
namespace {

std::string without_blanks_around(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

}  // namespace

Result<pass::Pass> read_pass(std::string_view text) {
    auto as_it_came = pass::parse_pass(text);
    if (as_it_came) return as_it_came;
    auto as_meant = pass::parse_pass(tty::from_german_keys(text));
    return as_meant ? std::move(as_meant) : std::move(as_it_came);
}

Scanned read_scan(std::string_view text) {
    const std::string trimmed = without_blanks_around(text);
    if (const auto pass = read_pass(trimmed)) return *pass;
    const std::string meant = tty::from_german_keys(trimmed);
    if (!events::parse_voter_code(trimmed) && events::parse_voter_code(meant)) return Words{meant};
    return Words{trimmed};
}

}  // namespace stimme::desk::console
