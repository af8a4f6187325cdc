// What a full-screen program shows, as a value: lines of styled text from the top down. A frame is drawn as a
// whole; what it doesn't say is blank.
//
// All texts are UTF-8. Widths are counted in columns of the terminal: marks that are set over a letter take
// none, wide East Asian letters two. A frame never holds control characters: printable() takes them out of
// what comes from outside, so that no name can steer the terminal.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stimme::tty {

struct Size {
    std::size_t width = 80;
    std::size_t height = 24;
    bool operator==(const Size&) const = default;
};

enum class Style {
    plain,
    strong,
    faint,
    bar,      // light on dark: lines at the edge of the screen
    alarm,    // something is wrong, nobody may miss it
    done,     // something has worked
    chosen,   // the row that the keys move
    entered,  // what somebody types
};

struct Span {
    std::string text;
    Style style = Style::plain;
    bool operator==(const Span&) const = default;
};
using Line = std::vector<Span>;

struct Place {
    std::size_t line = 0;
    std::size_t column = 0;
    bool operator==(const Place&) const = default;
};

struct Frame {
    std::vector<Line> lines;
    std::optional<Place> cursor;  // none: it isn't shown
    bool operator==(const Frame&) const = default;
};

// Columns that the text takes.
std::size_t width_of(std::string_view text);
std::size_t width_of(const Line& line);
// The longest beginning that fits.
std::string clipped(std::string_view text, std::size_t columns);
// Filled with blanks, or clipped, to exactly so many columns.
std::string padded(std::string_view text, std::size_t columns);
// Broken at blanks into lines that fit; a longer word is broken anywhere. At least one line.
// REQUIRES: columns > 0.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);
std::string utf8_of(char32_t letter);
// The same text with "?" in place of control characters and of bytes that aren't UTF-8.
std::string printable(std::string_view text);

// Exactly as many lines as the terminal has, none wider than it. The last `kept_below` lines stay at the foot
// of the screen; what doesn't fit between is left out.
Frame fitted(Frame frame, const Size& size, std::size_t kept_below);

// The frame without its styles, a line each.
std::string text_of(const Frame& frame);

}  // namespace stimme::tty
