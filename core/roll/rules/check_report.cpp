#include "core/roll/rules/check_report.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/base/json.h"

namespace stimme::roll {
namespace {

std::string codes_json(Decision decision) {
    json::Array codes;
    for (const Reason reason : decision.reasons()) codes.emplace_back(code_of(reason));
    return json::canonical(codes);
}

std::string counts_json(const std::array<std::size_t, reason_count>& counts) {
    json::Object result;
    for (std::size_t i = 0; i < reason_count; ++i) {
        if (counts[i] > 0) result.set(std::string(code_of(static_cast<Reason>(i))), counts[i]);
    }
    return json::canonical(result);
}

}  // namespace

void CheckReport::add(std::string_view number, Decision decision) {
    ++people_;
    if (decision.eligible()) return;
    for (const Reason reason : decision.reasons()) ++counts_[static_cast<std::size_t>(reason)];
    refused_.emplace_back(number, decision);
}

// Written by hand around the canonical parts: a register of a million people is too much for one json::Value.
std::string CheckReport::json() const {
    std::vector<const std::pair<std::string, Decision>*> sorted;
    for (const auto& entry : refused_) sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->first < b->first; });
    std::string out = R"({"decisions":{)";
    for (const auto* entry : sorted) {
        if (out.back() != '{') out.push_back(',');
        fmt::format_to(std::back_inserter(out), "{}:{}", json::canonical(entry->first),
                       codes_json(entry->second));
    }
    fmt::format_to(std::back_inserter(out), R"(}},"eligible":{},"people":{},"reasons":{}}})", eligible(),
                   people(), counts_json(counts_));
    return out;
}

}  // namespace stimme::roll
