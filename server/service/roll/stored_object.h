// JSON objects that this program wrote itself: an act of the journal, say. What isn't there is empty.
//
// Thread rule: pure functions.
#pragma once

#include <string_view>

#include "core/base/json.h"

namespace stimme::service {

// Empty where the text is no object.
inline json::Object object_in(std::string_view text) {
    const auto value = json::parse(text);
    const json::Object* object = value ? value->get<json::Object>() : nullptr;
    return object == nullptr ? json::Object() : *object;
}

template <class T>
T member(const json::Object& object, std::string_view key) {
    const json::Value* value = object.find(key);
    const T* held = value == nullptr ? nullptr : value->get<T>();
    return held == nullptr ? T() : *held;
}

}  // namespace stimme::service
