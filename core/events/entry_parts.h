// What the JSON of several entries has in common: lists of hex, names and counts. For the .cpp files of this
// folder that write and read entries (docs/protocol.md, section 6.2).
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/json_fields.h"

namespace stimme::events {

constexpr std::size_t many = 100'000;  // bound of arrays that the size of an entry bounds anyway
constexpr std::size_t max_text = 4096;

template <class Items, class ToValue>
json::Array array_of(const Items& items, ToValue to_value) {
    json::Array array;
    for (const auto& item : items) array.push_back(to_value(item));
    return array;
}

template <class Kind>
json::Array names_to_json(const std::vector<Name<Kind>>& names) {
    return array_of(names, [](const auto& name) { return json::Value(name.str()); });
}

inline json::Array counts_to_json(const std::vector<std::uint64_t>& counts) {
    return array_of(counts, [](std::uint64_t n) { return json::Value(n); });
}

template <std::size_t N>
json::Array hex_to_json(const std::vector<ByteArray<N>>& items) {
    return array_of(items, [](const auto& bytes) { return json::Value(to_hex(bytes)); });
}

template <std::size_t N>
std::vector<ByteArray<N>> read_hex_list(json::Fields& in, std::string_view key) {
    std::vector<ByteArray<N>> result;
    for (const std::string& text : in.texts(key, 0, many)) {
        const auto bytes = array_from_hex<N>(text);
        if (bytes) {
            result.push_back(*bytes);
        } else {
            in.problem(key, bytes.error().message);
        }
    }
    return result;
}

inline std::uint64_t read_count(json::Fields& in, std::string_view key) {
    return static_cast<std::uint64_t>(in.integer(key, 0, json::max_integer));
}

inline std::vector<std::uint64_t> read_counts(json::Fields& in, std::string_view key) {
    std::vector<std::uint64_t> result;
    for (const std::int64_t n : in.integers(key, 0, many, 0, json::max_integer)) {
        result.push_back(static_cast<std::uint64_t>(n));
    }
    return result;
}

// Members of what may take the place of an earlier entry.
template <class Superseding>
void write_supersedes(json::Object& out, const Superseding& content) {
    if (!content.supersedes) return;
    out.set("supersedes", *content.supersedes);
    out.set("reason", content.reason);
}

template <class Superseding>
void read_supersedes(json::Fields& in, Superseding& content) {
    if (!in.has("supersedes")) return;
    content.supersedes = read_count(in, "supersedes");
    content.reason = in.text("reason", max_text);
}

}  // namespace stimme::events
