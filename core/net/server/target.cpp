#include "core/net/server/target.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace stimme::net {
namespace {

Error target_error(std::string message) {
    return invalid("target-invalid", std::move(message));
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The byte that "%XY" at the start of `text` stands for, or -1.
int escaped_byte(std::string_view text) {
    if (text.size() < 3) return -1;
    const int high = hex_digit(text[1]);
    const int low = hex_digit(text[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

// Bytes of the well-formed character at the start of `text` (RFC 3629 section 4), 0 when there is none.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned char>(i < text.size() ? text[i] : 0);
    };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4 || !is_continuation(byte(1))) return 0;
    if (first < 0xE0) return 2;
    if (!is_continuation(byte(2))) return 0;
    if (first < 0xF0) {
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    return overlong || beyond || !is_continuation(byte(3)) ? 0 : 4;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

Status check_decoded(std::string_view text) {
    if (std::any_of(text.begin(), text.end(), is_control)) {
        return target_error("the request target has a control character");
    }
    if (!is_utf8(text)) return target_error("the request target isn't UTF-8");
    return {};
}

Result<std::string> decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            result += text[i];
            continue;
        }
        const int byte = escaped_byte(text.substr(i));
        if (byte < 0) return target_error("a % of the request target isn't followed by two hex digits");
        result += static_cast<char>(byte);
        i += 2;
    }
    STIMME_CHECK(check_decoded(result));
    return result;
}

Status check_segment(std::string_view segment, bool last) {
    if (segment.empty() && !last) return target_error("the path has an empty segment");
    if (segment == "." || segment == "..") return target_error("the path has a \".\" or \"..\" segment");
    if (segment.find_first_of("/\\") != std::string_view::npos) {
        return target_error("a segment of the path has a slash or a backslash");
    }
    return {};
}

Result<std::string> parse_path(std::string_view text) {
    if (text.empty() || text[0] != '/') return target_error("the path must start with a slash");
    std::string result;
    for (std::size_t begin = 1; begin <= text.size();) {
        const std::size_t end = std::min(text.find('/', begin), text.size());
        STIMME_TRY(const std::string segment, decoded(text.substr(begin, end - begin)));
        STIMME_CHECK(check_segment(segment, end == text.size()));
        result += '/';
        result += segment;
        begin = end + 1;
    }
    return result;
}

Status parse_pair(std::string text, Target& into) {
    std::replace(text.begin(), text.end(), '+', ' ');
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) return target_error("a part of the query has no \"=\"");
    STIMME_TRY(std::string key, decoded(std::string_view(text).substr(0, equals)));
    STIMME_TRY(std::string value, decoded(std::string_view(text).substr(equals + 1)));
    if (key.empty()) return target_error("a key of the query is empty");
    if (!into.query.emplace(std::move(key), std::move(value)).second) {
        return target_error("a key of the query stands twice");
    }
    return {};
}

Status parse_query(std::string_view text, Target& into) {
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('&', begin), text.size());
        STIMME_CHECK(parse_pair(std::string(text.substr(begin, end - begin)), into));
        begin = end + 1;
    }
    return {};
}

bool is_target_character(char c) {
    return c > 0x20 && c < 0x7F && c != '#';
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
    if (!std::all_of(text.begin(), text.end(), is_target_character)) {
        return target_error("the request target has a character that must be percent-encoded");
    }
    const std::size_t question = std::min(text.find('?'), text.size());
    Target target;
    STIMME_TRY(target.path, parse_path(text.substr(0, question)));
    if (question < text.size()) STIMME_CHECK(parse_query(text.substr(question + 1), target));
    return target;
}

}  // namespace stimme::net
