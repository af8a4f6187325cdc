#include "client/booth/console/pass_entry.h"

#include "client/tty/frame.h"
#include "client/tty/scanner.h"

namespace stimme::booth::console {
namespace {

bool is_gap(char32_t letter) {
    return letter == U' ' || letter == U'-';
}

std::optional<Error> wrong_in(const std::string& text) {
    const auto pass = pass::parse_pass(text);
    if (pass || pass.error().code == "pass-length") return std::nullopt;
    return pass.error();
}

}  // namespace

void type_pass(AskingPass& at, const tty::Key& key) {
    if (key.name == tty::Key::Name::backspace && !at.text.empty()) {
        at.text.pop_back();
        at.wrong = wrong_in(at.text);
    }
    if (key.name != tty::Key::Name::letter || is_gap(key.letter)) return;
    at.why.reset();
    if (at.text.size() >= pass::pass_characters) return;
    if (at.wrong && at.wrong->code == "pass-character") return;  // first take the wrong one away
    const std::string letter = tty::utf8_of(key.letter);
    auto wrong = wrong_in(at.text + letter);
    // A letter of another script isn't even shown.
    if (letter.size() == 1) at.text += letter;
    at.wrong = std::move(wrong);
}

Result<pass::Pass> read_pass(const std::string& text) {
    auto as_it_came = pass::parse_pass(text);
    if (as_it_came) return as_it_came;
    auto as_meant = pass::parse_pass(tty::from_german_keys(text));
    return as_meant ? std::move(as_meant) : std::move(as_it_came);
}

}  // namespace stimme::booth::console
