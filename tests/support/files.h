// Files that the tests carry: tests/data and tests/vectors, found wherever the tests are started from.
//
// Thread rule: values and pure functions.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/json.h"

namespace stimme::test {

// Path of `relative` below tests/.
std::filesystem::path tests_path(const std::string& relative);

// Whole content of a file below tests/; throws std::runtime_error when it can't be read.
std::string read_test_file(const std::string& relative);

// A JSON file below tests/, parsed by the strict reader; throws std::runtime_error when it is refused.
json::Value read_test_json(const std::string& relative);

}  // namespace stimme::test
