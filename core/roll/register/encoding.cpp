#include "core/roll/register/encoding.h"

#include <algorithm>
#include <cassert>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

namespace stimme::roll {
namespace {

std::uint8_t byte(char c) {
    return static_cast<std::uint8_t>(c);
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return byte(c) < 0x80; });
}

}  // namespace

std::string_view to_string(Encoding encoding) {
    return encoding == Encoding::utf8 ? "UTF-8" : "Windows-1252";
}

bool is_utf8(std::string_view text) {
    if (is_ascii(text)) return true;
    UErrorCode error = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<std::int32_t>(text.size()), &error);
    return error == U_BUFFER_OVERFLOW_ERROR;
}

bool has_control(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const std::uint8_t c = byte(utf8[i]);
        if (c < 0x20 || c == 0x7F) return true;
        if (c == 0xC2 && i + 1 < utf8.size() && byte(utf8[i + 1]) < 0xA0) return true;  // U+0080 to U+009F
    }
    return false;
}

std::string shown(std::string_view text, std::size_t max_bytes) {
    std::size_t size = std::min(text.size(), max_bytes);
    while (size > 0 && size < text.size() && (byte(text[size]) & 0xC0) == 0x80) --size;
    std::string result;
    icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(size)))
        .toUTF8String(result);
    return size < text.size() ? result + "…" : result;
}

struct Decoder::Converter {
    UConverter* handle;
    explicit Converter(const char* name) {
        UErrorCode error = U_ZERO_ERROR;
        handle = ucnv_open(name, &error);
        assert(U_SUCCESS(error));
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() { ucnv_close(handle); }
};

Decoder::Decoder(Encoding encoding) {
    if (encoding == Encoding::windows_1252) converter_ = std::make_unique<Converter>("windows-1252");
}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

bool Decoder::decode(std::string& text) const {
    if (!converter_) return is_utf8(text);
    if (is_ascii(text)) return true;
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString unicode(text.data(), static_cast<std::int32_t>(text.size()), converter_->handle,
                                     error);
    if (U_FAILURE(error)) return false;
    text.clear();
    unicode.toUTF8String(text);
    return true;
}

}  // namespace stimme::roll
