// For steps that are no question of the test: what they give, or an exception with the error's code and
// message, which ends the test.
//
// Thread rule: pure functions.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace stimme::test {

inline void must(const Status& status) {
    if (!status) throw std::runtime_error(status.error().code + ": " + status.error().message);
}

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
    return *std::move(result);
}

// "ok", or the code of the error.
template <class T>
std::string code(const Result<T>& result) {
    return result ? "ok" : result.error().code;
}

}  // namespace stimme::test
