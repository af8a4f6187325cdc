// Any text as the target of a request: what is accepted is harmless as a path, and encoded again it is read
// as the same.
#include "core/net/client/url.h"
#include "core/net/server/target.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

std::string encoded_path(std::string_view path) {
    std::string result;
    for (const char c : path) result += c == '/' ? "/" : net::percent_encoded({&c, 1});
    return result;
}

std::string encoded(const net::Target& target) {
    std::string result = encoded_path(target.path);
    char before = '?';
    for (const auto& [key, value] : target.query) {
        result += before + net::percent_encoded(key) + "=" + net::percent_encoded(value);
        before = '&';
    }
    return result;
}

bool is_harmless(std::string_view path) {
    for (const std::string_view bad : {"//", "/./", "/../", "\\"}) {
        if (path.find(bad) != std::string_view::npos) return false;
    }
    return path.starts_with('/') && !path.ends_with("/.") && !path.ends_with("/..") &&
           path.find('\0') == std::string_view::npos;
}

}  // namespace

FUZZ_TARGET(target_path) {
    const auto target = net::parse_target(as_text(data));
    if (!target) return;
    require(is_harmless(target->path), "no path leads out of its folder");
    const auto again = net::parse_target(encoded(*target));
    require(again && again->path == target->path && again->query == target->query,
            "a target reads as it was written");
}

}  // namespace stimme::fuzz
