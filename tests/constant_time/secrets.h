// Secrets that valgrind watches: memory that is marked as undefined, so that every branch and every address
// that depends on it is reported. What is declassified (core/crypto/declassify.h) is marked as defined.
//
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/random.h"

namespace stimme::constant_time {

void make_secret(const void* memory, std::size_t size);
template <class T>
void make_secret(const T& value) {
    make_secret(&value, sizeof value);
}

// Whether anything in it depends on a secret that wasn't declassified.
bool is_public(ByteView bytes);

// Gives random bytes that are secrets.
class SecretRandom final : public Random {
  public:
    explicit SecretRandom(std::uint64_t seed) : random_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

  private:
    SeededRandom random_;
};

// How often a branch or an address has depended on a secret since the program began.
unsigned long uses_of_secrets();
bool is_watched();  // the program runs under valgrind

}  // namespace stimme::constant_time
