#include "client/printer/code_page.h"

#include <algorithm>
#include <memory>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace stimme::printer {
namespace {

struct Plain {
    char16_t typographic;
    const char16_t* plain;
};
constexpr Plain plain_forms[] = {
    {u'\u2010', u"-"}, {u'\u2011', u"-"},   {u'\u2013', u"-"},  {u'\u2014', u"-"},  {u'\u2018', u"'"},
    {u'\u2019', u"'"}, {u'\u201a', u"'"},   {u'\u201c', u"\""}, {u'\u201d', u"\""}, {u'\u201e', u"\""},
    {u'\u2022', u"-"}, {u'\u2026', u"..."}, {u'\u00a0', u" "}};

icu::UnicodeString plain(std::string_view utf8) {
    auto text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
    for (const Plain& form : plain_forms)
        text.findAndReplace(icu::UnicodeString(form.typographic), icu::UnicodeString(form.plain));
    return text;
}

}  // namespace

std::optional<std::string> to_code_page(std::string_view utf8) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open("ibm-437", &error),
                                                                       ucnv_close);
    ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    const icu::UnicodeString text = plain(utf8);
    std::string result(static_cast<std::size_t>(text.length()) + 1, '\0');
    const std::int32_t length =
        ucnv_fromUChars(converter.get(), result.data(), static_cast<std::int32_t>(result.size()),
                        text.getBuffer(), text.length(), &error);
    if (U_FAILURE(error)) return std::nullopt;
    result.resize(static_cast<std::size_t>(length));
    // Below the blank are commands; ICU maps some signs there.
    const bool commands = std::any_of(result.begin(), result.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (commands) return std::nullopt;
    return result;
}

}  // namespace stimme::printer
