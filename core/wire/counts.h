// Counts in messages about the roll, used by the .cpp files of this folder only.
//
// Thread rule: pure functions.
#pragma once

#include "core/wire/roll.h"

namespace stimme::wire {

inline std::uint64_t read_count(json::Fields& in, std::string_view key) {
    return static_cast<std::uint64_t>(in.integer(key, 0, json::max_integer));
}

inline json::Object counts_to_json(const Counts& counts) {
    json::Object out;
    for (const auto& [key, count] : counts) out.set(key, count);
    return out;
}

inline Counts read_counts(json::Fields& in, std::string_view key) {
    Counts counts;
    json::Fields members = in.object(key);
    for (const std::string& member : members.keys()) counts.emplace_back(member, read_count(members, member));
    members.finish();
    return counts;
}

}  // namespace stimme::wire
