#include "core/election/filled_text.h"

namespace stimme::election {

std::string read_filled_text(json::Fields& in, std::string_view key, std::size_t max_bytes) {
    const std::size_t before = in.problem_count();
    std::string text = in.text(key, max_bytes);
    if (text.empty() && in.problem_count() == before) in.problem(key, "must not be empty");
    return text;
}

}  // namespace stimme::election
