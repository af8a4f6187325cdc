#include "core/roll/search/fold.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <memory>

#include <unicode/translit.h>
#include <unicode/unistr.h>

namespace stimme::roll {
namespace {

using icu::Transliterator;
using icu::UnicodeString;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::unique_ptr<Transliterator> make_transliterator() {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<Transliterator> result(
        Transliterator::createInstance("NFC; Lower; Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
    assert(U_SUCCESS(error));
    return result;
}

// Letters of Latin alphabets that ICU leaves as they are, as passports write them.
void append_plain(std::string& out, UChar32 letter) {
    if (letter == U'ə') {
        out += 'e';
    } else if (letter == U'ʒ') {
        out += 'z';
    } else if (letter < 0x80 && is_plain(static_cast<char>(letter))) {
        out += static_cast<char>(letter);
    }
}

void transliterate(const Transliterator& to_latin, UnicodeString text, std::string& out) {
    to_latin.transliterate(text);
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        append_plain(out, text.char32At(i));
}

// What each character becomes that stands for itself: Latin letters, combining marks, punctuation
// and U+FFFD.
class LatinTable {
  public:
    LatinTable() {
        const auto to_latin = make_transliterator();
        for (const Range& range : ranges) {
            for (UChar32 c = range.first; c < range.end; ++c) {
                transliterate(*to_latin, UnicodeString(c), plain_[place(range, c)]);
            }
        }
    }

    // Its plain form; none where that depends on the neighbours.
    const std::string* find(UChar32 c) const {
        for (const Range& range : ranges) {
            if (c >= range.first && c < range.end) return &plain_[place(range, c)];
        }
        return nullptr;
    }

  private:
    struct Range {
        UChar32 first, end;
        std::size_t place;  // of the first one in the table
    };
    static constexpr std::array<Range, 4> ranges = {Range{0, 0x370, 0}, Range{0x1E00, 0x1F00, 0x370},
                                                    Range{0x2000, 0x2070, 0x470},
                                                    Range{0xFFFD, 0xFFFE, 0x4E0}};

    static std::size_t place(const Range& range, UChar32 c) {
        return range.place + static_cast<std::size_t>(c - range.first);
    }

    std::array<std::string, 0x4E1> plain_;
};

// A text in which letters depend on their neighbours, such as the vowel pairs of Greek.
std::string fold_other_script(const UnicodeString& text) {
    // ICU locks a transliterator while it works, so each thread has its own.
    thread_local const auto to_latin = make_transliterator();
    std::string result;
    transliterate(*to_latin, text, result);
    return result;
}

// Bytes that aren't UTF-8 become U+FFFD.
UnicodeString from_utf8(std::string_view text) {
    return UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

// Whether a pair of letters beginning with this one, followed by that one, is one letter written as two.
bool is_pair(char first, char second) {
    return second == 'e' ? first == 'a' || first == 'o' || first == 'u' : first == 'd' && second == 'j';
}

bool separates(char c) {
    return c == ' ' || c == '-' || c == '\t';
}

}  // namespace

std::string fold(std::string_view text) {
    static const LatinTable table;
    const UnicodeString unicode = from_utf8(text);
    std::string result;
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const std::string* plain = table.find(unicode.char32At(i));
        if (!plain) return fold_other_script(unicode);
        result += *plain;
    }
    return result;
}

std::string collapse(std::string_view plain) {
    std::string result;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i == 0 || !is_pair(result.back(), plain[i])) result += plain[i];
    }
    return result;
}

std::vector<std::string> forms_of(std::string_view text) {
    std::vector<std::string> result{fold(text)};
    if (std::string collapsed = collapse(result[0]); collapsed != result[0]) {
        result.push_back(std::move(collapsed));
    }
    return result;
}

std::vector<std::string> name_parts(std::string_view name) {
    std::vector<std::string> result;
    while (!name.empty()) {
        std::size_t end = 0;
        while (end < name.size() && !separates(name[end])) ++end;
        if (std::string part = collapse(fold(name.substr(0, end))); !part.empty()) {
            result.push_back(std::move(part));
        }
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return result;
}

}  // namespace stimme::roll
