#include "tests/support/files.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace stimme::test {

std::filesystem::path tests_path(const std::string& relative) {
    return std::filesystem::path(STIMME_TESTS_DIR) / relative;
}

std::string read_test_file(const std::string& relative) {
    std::ifstream in(tests_path(relative), std::ios::binary);
    if (!in) throw std::runtime_error("cannot read tests/" + relative);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

json::Value read_test_json(const std::string& relative) {
    json::Limits limits;
    limits.bytes = std::size_t{64} << 20;
    auto value = json::parse(read_test_file(relative), limits);
    if (!value) throw std::runtime_error("tests/" + relative + ": " + value.error().message);
    return *std::move(value);
}

}  // namespace stimme::test
