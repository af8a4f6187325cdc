#include "client/tty/bidi.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fribidi.h>

#include "client/tty/frame.h"

namespace stimme::tty {
namespace {

using Letters = std::vector<FriBidiChar>;

Letters letters_of(std::string_view text) {
    Letters letters(text.size());
    const FriBidiStrIndex count = fribidi_charset_to_unicode(
        FRIBIDI_CHAR_SET_UTF8, text.data(), static_cast<FriBidiStrIndex>(text.size()), letters.data());
    letters.resize(static_cast<std::size_t>(count));
    return letters;
}

bool is_shown(FriBidiChar letter) {
    return letter != FRIBIDI_CHAR_FILL && FRIBIDI_IS_EXPLICIT_OR_BN(fribidi_get_bidi_type(letter)) == 0 &&
           FRIBIDI_IS_ISOLATE(fribidi_get_bidi_type(letter)) == 0;
}

std::string text_of(const Letters& letters) {
    std::string text;
    for (const FriBidiChar letter : letters) {
        if (is_shown(letter)) text += utf8_of(static_cast<char32_t>(letter));
    }
    return text;
}

}  // namespace

std::string visual(std::string_view line, bool right_to_left) {
    Letters letters = letters_of(line);
    if (letters.empty()) return "";
    const auto size = static_cast<FriBidiStrIndex>(letters.size());
    std::vector<FriBidiCharType> types(letters.size());
    std::vector<FriBidiBracketType> brackets(letters.size());
    std::vector<FriBidiLevel> levels(letters.size());
    std::vector<FriBidiJoiningType> joining(letters.size());
    fribidi_get_bidi_types(letters.data(), size, types.data());
    fribidi_get_bracket_types(letters.data(), size, types.data(), brackets.data());
    FriBidiParType direction = right_to_left ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    const FriBidiLevel highest =
        fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), size, &direction, levels.data());
    // Only where memory runs out.
    if (highest == 0) return std::string(line);
    fribidi_get_joining_types(letters.data(), size, joining.data());
    fribidi_join_arabic(types.data(), size, levels.data(), joining.data());
    fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, levels.data(), size, joining.data(),
                  letters.data());
    if (fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, types.data(), size, 0, direction, levels.data(),
                             letters.data(), nullptr) == 0)
        return std::string(line);
    return text_of(letters);
}

bool shows_arabic(std::string_view terminal) {
    constexpr std::array<std::string_view, 6> known = {"foot",   "xterm",     "tmux",
                                                       "screen", "alacritty", "rxvt-unicode"};
    return std::any_of(known.begin(), known.end(),
                       [&](std::string_view name) { return terminal.starts_with(name); });
}

}  // namespace stimme::tty
