#include "core/base/bytes.h"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace stimme {
namespace {

constexpr std::string_view base32_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// The value of a typed base32 character, or -1.
int base32_digit(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L') c = '1';
    if (c == 'O') c = '0';
    const auto position = base32_alphabet.find(c);
    return position == std::string_view::npos ? -1 : static_cast<int>(position);
}

template <std::size_t N>
ByteArray<N> big_endian(std::uint64_t value) {
    ByteArray<N> result;
    for (std::size_t i = N; i-- > 0; value >>= 8) result[i] = static_cast<std::uint8_t>(value);
    return result;
}

}  // namespace

ByteArray<4> u32be(std::uint32_t value) {
    return big_endian<4>(value);
}
ByteArray<8> u64be(std::uint64_t value) {
    return big_endian<8>(value);
}

std::string to_hex(ByteView bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return invalid("hex-invalid", "hex text needs an even number of characters");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_digit(text[i]);
        const int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) {
            return invalid("hex-invalid", fmt::format("character {} isn't lower case hex (0-9, a-f)", i + 1));
        }
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

Error hex_length_error(std::size_t expected, std::size_t found) {
    return invalid("hex-invalid", fmt::format("expected {} hex characters, found {}", expected, found));
}

std::string to_base64(ByteView bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock also writes a NUL
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

Result<Bytes> from_base64(std::string_view text) {
    const Error bad =
        invalid("base64-invalid", "not base64 (RFC 4648 section 4, padded, without line breaks)");
    if (text.size() % 4 != 0) return bad;
    Bytes bytes(text.size() / 4 * 3);
    const int length = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length < 0) return bad;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    // OpenSSL skips white space at both ends and takes padding anywhere.
    if (static_cast<std::size_t>(length) != bytes.size() || text.find('=') < text.size() - padding)
        return bad;
    for (std::size_t i = 0; i < padding; ++i) bytes.pop_back();
    const std::size_t last = padding == 0 ? 0 : 3 - padding;  // bytes in the last four characters
    if (padding != 0 && to_base64(ByteView(bytes).last(last)) != text.substr(text.size() - 4)) return bad;
    return bytes;
}

std::string to_base32(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    unsigned buffer = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8 | byte) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5) text.push_back(base32_alphabet[buffer >> (bits - 5) & 31]);
    }
    if (bits > 0) text.push_back(base32_alphabet[buffer << (5 - bits) & 31]);
    return text;
}

Result<Bytes> from_base32(std::string_view text, std::size_t size) {
    Bytes bytes;
    unsigned buffer = 0;
    int bits = 0;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        const int digit = base32_digit(c);
        if (digit < 0)
            return invalid("base32-invalid",
                           fmt::format("'{}' can't occur; letters and digits without U", c));
        ++digits;
        buffer = (buffer << 5 | static_cast<unsigned>(digit)) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(buffer >> bits));
        }
    }
    const std::size_t expected = (size * 8 + 4) / 5;
    if (digits != expected) {
        return invalid("base32-invalid", fmt::format("expected {} characters, found {}", expected, digits));
    }
    if ((buffer & ((1U << bits) - 1)) != 0)
        return invalid("base32-invalid", "the last character can't be right");
    return bytes;
}

std::string in_groups(std::string_view text, std::size_t group) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % group == 0) result.push_back('-');
        result.push_back(text[i]);
    }
    return result;
}

}  // namespace stimme
