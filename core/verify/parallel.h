// Splitting work over all cores: ranges of items, taken by whichever thread is free.
//
// Thread rule: the caller's function runs in several threads at once, for different ranges.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace stimme::verify {

// 0 means all cores.
inline unsigned thread_count(unsigned wanted) {
    return wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

inline std::size_t range_count(std::uint64_t items, std::uint64_t range) {
    return static_cast<std::size_t>((items + range - 1) / range);
}

// Calls work(thread, number, begin, end) for every range [begin, end) of at most `range` items; `thread`
// counts from 0, `number` is begin / range. Returns when all are done. REQUIRES: range > 0; work doesn't
// throw.
template <class Work>
void for_ranges(unsigned threads, std::uint64_t items, std::uint64_t range, const Work& work) {
    const std::size_t ranges = range_count(items, range);
    std::atomic<std::size_t> next = 0;
    const auto run = [&](unsigned thread) {
        for (std::size_t number = next++; number < ranges; number = next++) {
            const std::uint64_t begin = number * range;
            work(thread, number, begin, std::min(items, begin + range));
        }
    };
    std::vector<std::thread> others;
    const std::size_t useful = std::min<std::size_t>(threads, std::max<std::size_t>(ranges, 1));
    for (unsigned thread = 1; thread < useful; ++thread) others.emplace_back(run, thread);
    run(0);
    for (std::thread& other : others) other.join();
}

}  // namespace stimme::verify
