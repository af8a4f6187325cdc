// Secret bytes: move-only, wiped when they die or are moved from, and with no way to print, hash or compare
// them by accident. Constant-time helpers for code whose flow must not depend on a secret.
//
// Thread rule: values; a secret belongs to one owner.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "core/base/bytes.h"
#include "core/base/random.h"

namespace stimme::crypto {

// Overwrites memory in a way the compiler can't leave out (OPENSSL_cleanse).
void wipe(void* memory, std::size_t size);
inline void wipe(std::span<std::uint8_t> bytes) {
    wipe(bytes.data(), bytes.size());
}

// Whether both hold the same bytes; time depends on the lengths alone.
bool constant_time_equal(ByteView a, ByteView b);

// Hides from the compiler that a mask is all zeros or all ones, so that it doesn't make a branch of it.
inline std::uint64_t opaque(std::uint64_t mask) {
    __asm__("" : "+r"(mask));
    return mask;
}

// All ones when value is 0 (or a equals b), else 0, without a branch.
inline std::uint64_t mask_if_zero(std::uint64_t value) {
    return opaque((((value | (~value + 1)) >> 63) ^ 1) * ~std::uint64_t{0});
}
inline std::uint64_t mask_if_equal(std::uint64_t a, std::uint64_t b) {
    return mask_if_zero(a ^ b);
}

// N secret bytes.
template <std::size_t N>
class SecretBytes {
  public:
    SecretBytes() = default;  // zeros
    explicit SecretBytes(const ByteArray<N>& bytes) : bytes_(bytes) {}
    static SecretBytes random(Random& random) {
        SecretBytes result;
        random.fill(result.bytes_);
        return result;
    }

    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
    SecretBytes& operator=(SecretBytes&& other) noexcept {
        if (this == &other) return *this;
        bytes_ = other.bytes_;
        wipe(other.bytes_);
        return *this;
    }
    ~SecretBytes() { wipe(bytes_); }

    SecretBytes copy() const { return SecretBytes(bytes_); }
    ByteView reveal() const { return bytes_; }
    std::span<std::uint8_t> writable() { return bytes_; }

  private:
    ByteArray<N> bytes_{};
};

// Secret bytes of any length.
class SecretBuffer {
  public:
    SecretBuffer() = default;
    explicit SecretBuffer(std::size_t size) : bytes_(size) {}
    explicit SecretBuffer(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}

    SecretBuffer(const SecretBuffer&) = delete;
    SecretBuffer& operator=(const SecretBuffer&) = delete;
    SecretBuffer(SecretBuffer&& other) noexcept : bytes_(std::move(other.bytes_)) {}
    SecretBuffer& operator=(SecretBuffer&& other) noexcept {
        if (this == &other) return *this;
        wipe(bytes_);
        bytes_ = std::move(other.bytes_);
        return *this;
    }
    ~SecretBuffer() { wipe(bytes_); }

    std::size_t size() const { return bytes_.size(); }
    ByteView reveal() const { return bytes_; }
    std::span<std::uint8_t> writable() { return bytes_; }

  private:
    Bytes bytes_;  // never grows, so no copy is left behind
};

}  // namespace stimme::crypto
