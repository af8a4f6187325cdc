// What comes from a terminal: keys, texts of a scanner that types, a new size.
//
// Thread rule: values.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "client/tty/frame.h"

namespace stimme::tty {

struct Key {
    enum class Name : std::uint8_t {
        letter,
        enter,
        escape,
        backspace,
        up,
        down,
        left,
        right,
        page_up,
        page_down,
        function,  // F1 to F12
        other,     // anything that means nothing here: control characters, keys without a name
    };
    Name name = Name::other;
    char32_t letter = 0;    // of Name::letter, printable
    unsigned function = 0;  // of Name::function, 1 to 12
    // It came faster than a finger means it: within a burst, or again while the key was still held. Such a
    // key may write, but must not act.
    bool hurried = false;
    bool operator==(const Key&) const = default;
};

// A line that was typed as no person types: what a scanner reads. Without the key that ends it.
struct Scan {
    std::string text;
    bool operator==(const Scan&) const = default;
};

struct Resized {
    Size size;
    bool operator==(const Resized&) const = default;
};

// Nothing came while one waited.
struct Idle {
    bool operator==(const Idle&) const = default;
};

// The terminal is gone; nothing will come any more.
struct Gone {
    bool operator==(const Gone&) const = default;
};

using Event = std::variant<Key, Scan, Resized, Idle, Gone>;

inline Key letter_key(char32_t letter) {
    return {Key::Name::letter, letter, 0, false};
}
inline Key function_key(unsigned number) {
    return {Key::Name::function, 0, number, false};
}
inline Key named_key(Key::Name name) {
    return {name, 0, 0, false};
}

}  // namespace stimme::tty
