// Every fuzz target with each of its seeds, and with each seed cut short and changed in single bits: what
// fuzzing found once stays found, in every build and without a fuzzer.
//
//     fuzz_replay CORPUS     the folder tests/fuzz/corpus
#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "core/base/file.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t changes = 60;  // of each seed, in each of two ways
constexpr std::chrono::milliseconds time_for_a_seed{200};

std::map<std::string, Target>& targets() {
    static std::map<std::string, Target> all;
    return all;
}

std::size_t replay(Target target, const Bytes& seed) {
    std::size_t runs = 1;
    target(seed);
    const auto end = SteadyClock::now() + time_for_a_seed;
    for (std::size_t i = 0; i < changes && SteadyClock::now() < end && !seed.empty(); ++i, runs += 2) {
        const std::size_t at = i * seed.size() / changes;
        target(ByteView(seed).first(at));
        Bytes changed = seed;
        changed[at] ^= static_cast<std::uint8_t>(1u << i % 8);
        target(changed);
    }
    return runs;
}

bool replay_all(const std::filesystem::path& corpus) {
    bool complete = true;
    for (const auto& [name, target] : targets()) {
        std::size_t seeds = 0, runs = 0;
        std::error_code missing;
        for (const auto& file : std::filesystem::directory_iterator(corpus / name, missing)) {
            const auto seed = read_file(file.path());
            if (!seed) continue;
            ++seeds;
            runs += replay(target, *seed);
        }
        std::printf("%-14s %3zu seeds, %5zu inputs\n", name.c_str(), seeds, runs);
        complete = complete && seeds > 0;
    }
    return complete;
}

}  // namespace

bool replayed(const char* name, Target target) {
    return targets().emplace(name, target).second;
}

}  // namespace stimme::fuzz

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    return stimme::fuzz::replay_all(argv[1]) ? 0 : 1;
}
