// Contests of real statutes (tests/data/statutes), each read as a part of a whole definition, so that its
// rules are checked too.
//
// Thread rule: pure functions over files.
#pragma once

#include <stdexcept>
#include <string>

#include "core/election/definition.h"
#include "tests/support/files.h"

namespace stimme::test {

// The definition of Magdeburg, with these members of its contest changed.
inline Result<election::ValidDefinition> definition_with(const json::Object& contest) {
    const json::Value document = read_test_json("data/magdeburg-1996/definition.json");
    json::Object changed = *document.get<json::Object>();
    json::Object merged = *changed.find("contests")->get<json::Array>()->front().get<json::Object>();
    for (const auto& [key, value] : contest.members()) merged.set(key, value);
    json::Array contests;
    contests.emplace_back(std::move(merged));
    changed.set("contests", std::move(contests));
    return election::ValidDefinition::parse(json::canonical(changed));
}

// Throws std::runtime_error where the definition is refused.
inline election::Contest valid_contest(const json::Object& contest) {
    const auto definition = definition_with(contest);
    if (!definition) throw std::runtime_error(definition.error().message);
    return (*definition)->contests.front();
}

// What a statute says of the contest.
inline json::Object statute_contest(const std::string& statute) {
    const json::Value document = read_test_json("data/statutes/" + statute + ".json");
    return *document.get<json::Object>()->find("contest")->get<json::Object>();
}

}  // namespace stimme::test
