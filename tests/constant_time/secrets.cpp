#include "tests/constant_time/secrets.h"

#include <valgrind/memcheck.h>

#include "core/crypto/declassify.h"

// Taken instead of the one in core/crypto, which does nothing.
namespace stimme::crypto {

void declassify(void* memory, std::size_t size) {
    VALGRIND_MAKE_MEM_DEFINED(memory, size);
}

}  // namespace stimme::crypto

namespace stimme::constant_time {

void make_secret(const void* memory, std::size_t size) {
    VALGRIND_MAKE_MEM_UNDEFINED(memory, size);
}

bool is_public(ByteView bytes) {
    for (const std::uint8_t& byte : bytes) {
        std::uint8_t bits = 0;
        if (VALGRIND_GET_VBITS(&byte, &bits, 1) != 1 || bits != 0) return false;
    }
    return true;
}

void SecretRandom::fill(std::span<std::uint8_t> out) {
    random_.fill(out);
    make_secret(out.data(), out.size());
}

unsigned long uses_of_secrets() {
    return VALGRIND_COUNT_ERRORS;
}

bool is_watched() {
    return RUNNING_ON_VALGRIND != 0;
}

}  // namespace stimme::constant_time
