#include "server/store/folded.h"

#include <new>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace stimme::store {
namespace {

icu::UnicodeString normalized(const icu::Normalizer2* form, const icu::UnicodeString& text,
                              UErrorCode& failed) {
    return U_SUCCESS(failed) ? form->normalize(text, failed) : text;
}

// Letters that have no decomposition into a base letter and a mark.
UChar32 base_letter(UChar32 letter) {
    switch (letter) {
        case U'ø':
            return U'o';
        case U'ł':
            return U'l';
        case U'đ':
            return U'd';
        case U'ħ':
            return U'h';
        case U'ı':
            return U'i';
        default:
            return letter;
    }
}

icu::UnicodeString without_marks(const icu::UnicodeString& text) {
    icu::UnicodeString result;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 letter = text.char32At(i);
        if (u_charType(letter) != U_NON_SPACING_MARK) result.append(base_letter(letter));
    }
    return result;
}

}  // namespace

std::string folded(std::string_view name) {
    UErrorCode failed = U_ZERO_ERROR;
    auto text = icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
    text = normalized(icu::Normalizer2::getNFKCCasefoldInstance(failed), text, failed);
    text = normalized(icu::Normalizer2::getNFDInstance(failed), text, failed);
    if (U_FAILURE(failed)) throw std::bad_alloc();
    text = without_marks(text);
    for (const char* pair : {"ae", "oe", "ue"}) text.findAndReplace(pair, icu::UnicodeString(pair, 1));
    std::string result;
    text.toUTF8String(result);
    return result;
}

}  // namespace stimme::store
