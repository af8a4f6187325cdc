// What the tests of this folder share: the codes with which ballots are refused, and everything that could be
// selected.
#pragma once

#include <functional>

#include <gtest/gtest.h>

#include "core/ballot/challenge.h"
#include "core/ballot/check.h"
#include "core/ballot/layout.h"
#include "tests/support/forgeries.h"

namespace stimme::ballot {

using test::Forger;
using test::put;
using test::swap_ranges;
using test::take;

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "none" : result.error().code;
}

template <class T>
std::string message_of(const Result<T>& result) {
    return result ? "none" : result.error().message;
}

// Every list of values that lie in the ranges of a contest's positions.
inline std::vector<std::vector<std::uint16_t>> all_values(const election::Contest& contest) {
    std::vector<std::vector<std::uint16_t>> all{{}};
    for (std::size_t position = 0; position < contest.positions(); ++position) {
        std::vector<std::vector<std::uint16_t>> longer;
        for (const auto& values : all) {
            for (std::uint16_t value = 0; value <= contest.max_value(position); ++value) {
                longer.push_back(values);
                longer.back().push_back(value);
            }
        }
        all = std::move(longer);
    }
    return all;
}

}  // namespace stimme::ballot
