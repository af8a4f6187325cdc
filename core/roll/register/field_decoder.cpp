#include "core/roll/register/field_decoder.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::roll {
namespace {

bool is_ascii(const std::vector<std::string>& fields) {
    return std::all_of(fields.begin(), fields.end(), [](const std::string& field) {
        return std::all_of(field.begin(), field.end(),
                           [](char c) { return static_cast<signed char>(c) >= 0; });
    });
}

}  // namespace

bool looks_like_utf16(const std::vector<std::string>& header) {
    return std::any_of(header.begin(), header.end(),
                       [](const std::string& name) { return name.find('\0') != std::string::npos; });
}

void FieldDecoder::tell(Encoding encoding) {
    encoding_ = encoding;
    decoder_ = Decoder(encoding);
}

void FieldDecoder::decode(std::vector<std::string>& fields, const Problem& problem) {
    if (!encoding_ && !is_ascii(fields)) {
        const bool utf8 = std::all_of(fields.begin(), fields.end(), is_utf8);
        tell(utf8 ? Encoding::utf8 : Encoding::windows_1252);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!decoder_.decode(fields[i]))
            problem(i, fields[i], fmt::format("right is text in {}", to_string(encoding())));
    }
}

}  // namespace stimme::roll
