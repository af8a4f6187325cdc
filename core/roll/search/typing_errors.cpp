#include "core/roll/search/typing_errors.h"

#include <algorithm>

namespace stimme::roll {

WordMatcher::WordMatcher(std::string_view word) : last_(std::uint64_t{1} << (word.size() - 1)) {
    for (std::size_t i = 0; i < word.size(); ++i) {
        places_[static_cast<std::uint8_t>(word[i])] |= std::uint64_t{1} << i;
    }
}

Match WordMatcher::find_in(std::string_view text) const {
    // Bit i: the first i + 1 letters of the word end here, without an error or with at most one. `swapped`:
    // of those letters, the last two do if the next letter of the text is the one before the last. The first
    // letter can be missing anywhere, so its bit is always set in `with_error`.
    std::uint64_t exact = 0, with_error = 1, swapped = 0;
    Match best = last_ == 1 ? Match::with_error : Match::none;
    for (const char c : text) {
        const std::uint64_t places = places_[static_cast<std::uint8_t>(c)];
        const std::uint64_t before = exact, begun = (exact << 1) | 1;
        exact = begun & places;
        const std::uint64_t one_more = before, wrong = before << 1, one_less = exact << 1;
        with_error = ((with_error << 1) & places) | one_more | wrong | one_less | 1;
        with_error |= swapped & (places << 1);
        swapped = (begun << 1) & places;
        if (exact & last_) return Match::exact;
        if (with_error & last_) best = Match::with_error;
    }
    return best;
}

bool differ_by_typing_error(std::string_view a, std::string_view b) {
    if (a.size() < b.size()) std::swap(a, b);
    if (a.size() - b.size() > 1 || a == b) return false;
    const auto same =
        static_cast<std::size_t>(std::mismatch(b.begin(), b.end(), a.begin()).first - b.begin());
    a.remove_prefix(same);
    b.remove_prefix(same);
    if (a.size() > b.size()) return a.substr(1) == b;
    if (a.substr(1) == b.substr(1)) return true;
    return a.size() >= 2 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
}

}  // namespace stimme::roll
