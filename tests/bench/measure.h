// What all benchmarks share: printing, medians, and clocks of wall and processor time.
//
// Thread rule: pure functions.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "tests/support/must.h"

namespace stimme::bench {

inline void print(std::string_view name, double value, std::string_view unit) {
    std::printf("%.*s %.3f %.*s\n", static_cast<int>(name.size()), name.data(), value,
                static_cast<int>(unit.size()), unit.data());
    std::fflush(stdout);
}

// The value below which `share` of them lie. REQUIRES: values isn't empty.
inline double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[std::min(place, values.size() - 1)];
}

inline double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

// Microseconds of wall time.
template <class Work>
double microseconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

// Microseconds of processor time, user and system, that a clock has counted.
inline double read_clock(clockid_t clock) {
    timespec now{};
    if (clock_gettime(clock, &now) != 0) throw std::runtime_error("no such clock");
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// Of the calling thread during `work`.
template <class Work>
double thread_microseconds(Work work) {
    const double start = read_clock(CLOCK_THREAD_CPUTIME_ID);
    work();
    return read_clock(CLOCK_THREAD_CPUTIME_ID) - start;
}

// For steps whose failure ends the benchmark.
using test::must;

// Whether the program was called with this word.
inline bool has_flag(int count, char** words, std::string_view flag) {
    return std::find(words + 1, words + count, flag) != words + count;
}

}  // namespace stimme::bench
