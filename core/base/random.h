// Randomness, injected: programs use SystemRandom, tests and vectors a SeededRandom.
//
// Thread rule: SystemRandom may be shared; a SeededRandom belongs to one thread.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/bytes.h"

namespace stimme {

class Random {
  public:
    virtual ~Random() = default;
    // Fills `out` with bytes nobody can predict. A source that fails ends the program: nothing may go on
    // without it.
    virtual void fill(std::span<std::uint8_t> out) = 0;

    template <std::size_t N>
    ByteArray<N> bytes() {
        ByteArray<N> result;
        fill(result);
        return result;
    }
};

// The operating system's and OpenSSL's generator (RAND_bytes).
class SystemRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override;
};

// SHA-256(seed, counter), for tests and published vectors only: whoever knows the seed knows everything.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

  private:
    std::uint64_t seed_;
    std::uint64_t counter_ = 0;
};

}  // namespace stimme
