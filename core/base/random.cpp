#include "core/base/random.h"

#include <algorithm>
#include <cstdlib>

#include <openssl/rand.h>
#include <openssl/sha.h>

namespace stimme {

void SystemRandom::fill(std::span<std::uint8_t> out) {
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) std::abort();
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        ByteArray<16> input;
        const auto seed = u64be(seed_);
        const auto counter = u64be(counter_++);
        std::copy(seed.begin(), seed.end(), input.begin());
        std::copy(counter.begin(), counter.end(), input.begin() + 8);
        Hash block;
        SHA256(input.data(), input.size(), block.data());
        const std::size_t taken = std::min(out.size(), block.size());
        std::copy_n(block.begin(), taken, out.begin());
        out = out.subspan(taken);
    }
}

}  // namespace stimme
