// Bytes and their textual encodings. Every decoder accepts exactly what its encoder writes: no white space,
// no upper case hex, no missing padding, no non-zero trailing bits. So a value has one encoding
// (docs/protocol.md, "Encodings").
//
// Thread rule: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace stimme {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;
using Hash = ByteArray<32>;  // a SHA-256 digest

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}
inline void append(Bytes& to, ByteView bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

// REQUIRES: bytes.size() == N.
template <std::size_t N>
ByteArray<N> to_array(ByteView bytes) {
    ByteArray<N> result;
    std::memcpy(result.data(), bytes.data(), N);
    return result;
}

// Big-endian integers.
inline ByteArray<2> u16be(std::uint16_t value) {
    return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}
// REQUIRES: value < 65536.
inline ByteArray<2> u16be_of(unsigned value) {
    return u16be(static_cast<std::uint16_t>(value));
}
ByteArray<4> u32be(std::uint32_t value);
ByteArray<8> u64be(std::uint64_t value);

std::string to_hex(ByteView bytes);
// Errors: hex-invalid (a character outside 0-9 a-f, or an odd number of them).
Result<Bytes> from_hex(std::string_view text);
// Errors: hex-invalid, also when the text isn't exactly 2·N characters.
template <std::size_t N>
Result<ByteArray<N>> array_from_hex(std::string_view text);

// RFC 4648 section 4, with padding.
std::string to_base64(ByteView bytes);
// Errors: base64-invalid.
Result<Bytes> from_base64(std::string_view text);

// Crockford's base32 alphabet (0-9 A-Z without I L O U), most significant bit first; bits that fill the last
// character are zero. Encodes n bytes as ceil(8n/5) characters.
std::string to_base32(ByteView bytes);
// Reads what people type: lower case is taken as upper case, I and L as 1, O as 0; blanks and hyphens are
// skipped. Errors: base32-invalid, naming the character; also when the length isn't that of `size` bytes.
Result<Bytes> from_base32(std::string_view text, std::size_t size);
// "ABCDEFGH" -> "ABCD-EFGH".
std::string in_groups(std::string_view text, std::size_t group = 4);

Error hex_length_error(std::size_t expected, std::size_t found);

template <std::size_t N>
Result<ByteArray<N>> array_from_hex(std::string_view text) {
    if (text.size() != 2 * N) return hex_length_error(2 * N, text.size());
    STIMME_TRY(const Bytes bytes, from_hex(text));
    return to_array<N>(bytes);
}

}  // namespace stimme
