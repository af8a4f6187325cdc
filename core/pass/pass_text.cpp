#include "core/pass/pass_text.h"

#include <optional>

#include <fmt/format.h>

namespace stimme::pass {
namespace {

using PassBytes = ByteArray<15>;  // t ‖ tag

// The values of base32 characters are the elements of GF(32) = GF(2)[x]/(x^5 + x^2 + 1); α = x.
std::uint8_t times_alpha(std::uint8_t value) {
    return static_cast<std::uint8_t>((value << 1) ^ ((value & 0x10) != 0 ? 0x25 : 0));
}

std::optional<std::uint8_t> character_value(char c) {
    const auto byte = from_base32(std::string{c, '0'}, 1);
    if (!byte) return std::nullopt;
    return static_cast<std::uint8_t>(byte->front() >> 3);
}

char character_of(std::uint8_t value) {
    return to_base32(ByteArray<1>{static_cast<std::uint8_t>(value << 3)}).front();
}

// (5.2), by Horner's rule from the last character to the first. REQUIRES: base32 characters only.
char check_character(std::string_view characters) {
    std::uint8_t sum = 0;
    for (std::size_t i = characters.size(); i-- > 0;) {
        sum = times_alpha(static_cast<std::uint8_t>(sum ^ *character_value(characters[i])));
    }
    return character_of(sum);
}

bool is_separator(char c) {
    return c == ' ' || c == '\t' || c == '-';
}

// A character outside ASCII is shown by its first byte, so that the message stays valid text.
std::string shown(char c) {
    const bool printable = c > ' ' && c < '\x7f';
    return printable ? fmt::format("\"{}\"", c) : fmt::format("of code {}", static_cast<unsigned char>(c));
}

// The characters alone, each as to_base32 writes it.
Result<std::string> read_characters(std::string_view text) {
    std::string characters;
    for (const char c : text) {
        if (is_separator(c)) continue;
        const auto value = character_value(c);
        if (!value) {
            return invalid(
                "pass-character",
                fmt::format("character {} of the pass, {}, isn't one that passes have: digits, and "
                            "letters without U",
                            characters.size() + 1, shown(c)));
        }
        characters.push_back(character_of(*value));
    }
    return characters;
}

}  // namespace

std::string write_pass(const Pass& pass) {
    PassBytes bytes;
    std::memcpy(bytes.data(), pass.t.data(), pass.t.size());
    std::memcpy(bytes.data() + pass.t.size(), pass.tag.data(), pass.tag.size());
    std::string text = to_base32(bytes);
    text.push_back(check_character(text));
    return in_groups(text, 5);
}

Result<Pass> parse_pass(std::string_view text) {
    STIMME_TRY(const std::string characters, read_characters(text));
    if (characters.size() != pass_characters) {
        return invalid("pass-length",
                       fmt::format("a pass has {} characters, found {}", pass_characters, characters.size()));
    }
    const std::string_view data = std::string_view(characters).substr(0, pass_characters - 1);
    if (check_character(data) != characters.back()) {
        return invalid("pass-typo", "the last character doesn't fit the others: one of them is wrong");
    }
    STIMME_TRY(const Bytes bytes, from_base32(data, PassBytes{}.size()));
    return Pass{to_array<10>(bytes), to_array<5>(ByteView(bytes).subspan(10))};
}

}  // namespace stimme::pass
