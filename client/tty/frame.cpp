#include "client/tty/frame.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace stimme::tty {
namespace {

struct Letter {
    std::string_view bytes;
    UChar32 code;  // negative: not UTF-8
};

// The letter that begins at `at`.
Letter letter_at(std::string_view text, std::size_t at) {
    auto end = static_cast<std::int32_t>(at);
    UChar32 code = 0;
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    U8_NEXT(bytes, end, static_cast<std::int32_t>(text.size()), code);
    return {text.substr(at, static_cast<std::size_t>(end) - at), code};
}

std::size_t columns_of(UChar32 code) {
    switch (u_charType(code)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR:
            return 0;
        default:
            break;
    }
    const auto width = static_cast<UEastAsianWidth>(u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH));
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_control(UChar32 code) {
    const auto type = u_charType(code);
    // Marks of direction and the like change how the rest of a line is shown.
    return code < 0 || type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_LINE_SEPARATOR ||
           type == U_PARAGRAPH_SEPARATOR || type == U_SURROGATE;
}

Line clipped_line(const Line& line, std::size_t columns) {
    Line result;
    for (const Span& span : line) {
        const std::string text = clipped(span.text, columns);
        columns -= width_of(text);
        result.push_back({text, span.style});
    }
    return result;
}

// Words of the text, each with no blank in it.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end != 0) words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

}  // namespace

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = letter_at(text, at);
        width += columns_of(letter.code);
        at += letter.bytes.size();
    }
    return width;
}

std::size_t width_of(const Line& line) {
    std::size_t width = 0;
    for (const Span& span : line) width += width_of(span.text);
    return width;
}

std::string clipped(std::string_view text, std::size_t columns) {
    std::size_t width = 0, at = 0;
    while (at < text.size()) {
        const Letter letter = letter_at(text, at);
        width += columns_of(letter.code);
        if (width > columns) break;
        at += letter.bytes.size();
    }
    return std::string(text.substr(0, at));
}

std::string padded(std::string_view text, std::size_t columns) {
    std::string result = clipped(text, columns);
    result.append(columns - width_of(result), ' ');
    return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines{""};
    for (std::string_view word : words_of(text)) {
        const bool fits = width_of(lines.back()) + 1 + width_of(word) <= columns;
        if (!lines.back().empty()) {
            if (fits) {
                lines.back() += ' ';
            } else {
                lines.emplace_back();
            }
        }
        while (width_of(word) > columns) {
            const std::string piece = clipped(word, columns);
            if (piece.empty()) break;
            lines.back() += piece;
            lines.emplace_back();
            word.remove_prefix(piece.size());
        }
        lines.back() += word;
    }
    return lines;
}

std::string utf8_of(char32_t letter) {
    std::string text(U8_MAX_LENGTH, '\0');
    std::int32_t size = 0;
    auto* const bytes = reinterpret_cast<std::uint8_t*>(text.data());
    UBool unknown = false;
    U8_APPEND(bytes, size, U8_MAX_LENGTH, static_cast<UChar32>(letter), unknown);
    text.resize(unknown ? 0 : static_cast<std::size_t>(size));
    return text;
}

std::string printable(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = letter_at(text, at);
        if (is_control(letter.code)) {
            result += '?';
        } else {
            result += letter.bytes;
        }
        at += letter.bytes.size();
    }
    return result;
}

Frame fitted(Frame frame, const Size& size, std::size_t kept_below) {
    std::vector<Line>& lines = frame.lines;
    const std::size_t below = std::min({kept_below, lines.size(), size.height});
    const auto foot = lines.end() - static_cast<std::ptrdiff_t>(below);
    const std::vector<Line> last(foot, lines.end());
    lines.erase(foot, lines.end());
    lines.resize(size.height - below);
    lines.insert(lines.end(), last.begin(), last.end());
    for (Line& line : lines) line = clipped_line(line, size.width);
    if (frame.cursor && (frame.cursor->line >= size.height || frame.cursor->column >= size.width))
        frame.cursor.reset();
    return frame;
}

std::string text_of(const Frame& frame) {
    std::string text;
    for (const Line& line : frame.lines) {
        std::string row;
        for (const Span& span : line) row += span.text;
        row.erase(row.find_last_not_of(' ') + 1);
        text += row + "\n";
    }
    return text;
}

}  // namespace stimme::tty
