// What every fuzz target begins with. A target is one function over bytes that nobody chose; it ends the
// program when something that must hold doesn't. clang's libFuzzer drives it (`tests/fuzz/run`); the program
// fuzz_replay, of every build, calls all targets with their seeds and small changes of them.
//
//     FUZZ_TARGET(entry) { ... data ... }
//
// Thread rule: targets run one at a time.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/base/bytes.h"

namespace stimme::fuzz {

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "doesn't hold: %s\n", what);
    std::abort();
}

// Takes an input apart as a list of steps, where a target isn't about the form of its bytes: a number from
// the input's next bytes, zeros behind its end.
class Steps {
  public:
    explicit Steps(ByteView data) : data_(data) {}

    bool left() const { return !data_.empty(); }
    std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }
    // Below `bound`, from two bytes. REQUIRES: bound > 0.
    std::size_t below(std::size_t bound) { return number(2) % bound; }
    ByteView bytes(std::size_t count) {
        const ByteView taken = data_.first(count < data_.size() ? count : data_.size());
        data_ = data_.subspan(taken.size());
        return taken;
    }

  private:
    std::size_t number(std::size_t size) {
        std::size_t value = 0;
        for (const std::uint8_t byte : bytes(size)) value = value << 8 | byte;
        return value;
    }

    ByteView data_;
};

using Target = void (*)(ByteView data);

}  // namespace stimme::fuzz

#ifdef STIMME_FUZZ_REPLAY
namespace stimme::fuzz {
// Enters a target into the list of fuzz_replay.
bool replayed(const char* name, Target target);
}  // namespace stimme::fuzz
#define FUZZ_TARGET(name)                                                                           \
    static void run_##name(stimme::ByteView data);                                                  \
    [[maybe_unused]] static const bool replayed_##name = stimme::fuzz::replayed(#name, run_##name); \
    static void run_##name(stimme::ByteView data)
#else
#define FUZZ_TARGET(name)                                                               \
    static void run_##name(stimme::ByteView data);                                      \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
        run_##name({data, size});                                                       \
        return 0;                                                                       \
    }                                                                                   \
    static void run_##name(stimme::ByteView data)
#endif
