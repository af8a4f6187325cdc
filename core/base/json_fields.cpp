#include "core/base/json_fields.h"

#include <fmt/format.h>

namespace stimme::json {
namespace {

// RFC 6901 section 3.
std::string escaped(std::string_view key) {
    std::string result;
    for (const char c : key) {
        if (c == '~') {
            result += "~0";
        } else if (c == '/') {
            result += "~1";
        } else {
            result.push_back(c);
        }
    }
    return result;
}

}  // namespace

Status Problems::status(std::string code) const {
    if (all_.empty()) return {};
    std::string message;
    for (const Problem& problem : all_) {
        if (!message.empty()) message += '\n';
        message += fmt::format("{}: {}", problem.pointer.empty() ? "/" : problem.pointer, problem.message);
    }
    return invalid(std::move(code), std::move(message));
}

Fields::Fields(const Value& value, Problems& problems, std::string pointer)
    : object_(value.get<Object>()), problems_(&problems), pointer_(std::move(pointer)) {
    if (object_ == nullptr)
        problems_->add(pointer_, fmt::format("expected an object, found {}", value.kind()));
}

std::string Fields::pointer_to(std::string_view key) const {
    return key.empty() ? pointer_ : pointer_ + "/" + escaped(key);
}

void Fields::problem(std::string_view key, std::string message) {
    problems_->add(pointer_to(key), std::move(message));
}

bool Fields::has(std::string_view key) const {
    return object_ != nullptr && object_->find(key) != nullptr;
}

bool Fields::has_array(std::string_view key) const {
    return has(key) && object_->find(key)->get<Array>() != nullptr;
}

std::vector<std::string> Fields::keys() const {
    std::vector<std::string> result;
    if (object_ != nullptr) {
        for (const Member& member : object_->members()) result.push_back(member.first);
    }
    return result;
}

const Value* Fields::take(std::string_view key) {
    if (object_ == nullptr) return nullptr;
    const Value* value = object_->find(key);
    if (value == nullptr) problem("", fmt::format("\"{}\" is missing", key));
    taken_.emplace(key);
    return value;
}

const Value* Fields::any(std::string_view key) {
    return take(key);
}

template <class T>
const T* Fields::take_as(std::string_view key, std::string_view expected) {
    const Value* value = take(key);
    if (value == nullptr) return nullptr;
    const T* result = value->get<T>();
    if (result == nullptr) problem(key, fmt::format("expected {}, found {}", expected, value->kind()));
    return result;
}

std::string Fields::text(std::string_view key, std::size_t max_bytes) {
    const auto* value = take_as<std::string>(key, "a string");
    if (value == nullptr) return {};
    if (value->size() > max_bytes) {
        problem(key, fmt::format("{} bytes of text; at most {}", value->size(), max_bytes));
        return {};
    }
    return *value;
}

bool Fields::boolean(std::string_view key) {
    const auto* value = take_as<bool>(key, "true or false");
    return value != nullptr && *value;
}

std::int64_t Fields::integer(std::string_view key, std::int64_t min, std::int64_t max) {
    const auto* value = take_as<std::int64_t>(key, "an integer");
    if (value == nullptr) return min;
    if (*value < min || *value > max) {
        problem(key, fmt::format("{} is out of range; right is {} to {}", *value, min, max));
        return min;
    }
    return *value;
}

Bytes Fields::hex_bytes(std::string_view key) {
    const auto* value = take_as<std::string>(key, "a string of hex");
    if (value == nullptr) return {};
    auto bytes = from_hex(*value);
    if (!bytes) {
        problem(key, bytes.error().message);
        return {};
    }
    if (bytes->empty()) problem(key, "expected hex, found an empty string");
    return *std::move(bytes);
}

Bytes Fields::base64(std::string_view key, std::size_t max_bytes) {
    const auto* value = take_as<std::string>(key, "a string of base64");
    if (value == nullptr) return {};
    auto bytes = from_base64(*value);
    if (!bytes) {
        problem(key, bytes.error().message);
        return {};
    }
    if (bytes->size() > max_bytes) {
        problem(key, fmt::format("{} bytes; at most {}", bytes->size(), max_bytes));
        return {};
    }
    return *std::move(bytes);
}

std::string Fields::name_text(std::string_view key) {
    const auto* value = take_as<std::string>(key, "a name");
    if (value == nullptr) return {};
    if (!is_name(*value)) {
        problem(key, fmt::format("\"{}\" isn't a name: 1 to 32 of a-z, 0-9 and hyphen", *value));
        return {};
    }
    return *value;
}

std::size_t Fields::one_of(std::string_view key, std::initializer_list<std::string_view> words) {
    const auto* value = take_as<std::string>(key, "a string");
    if (value == nullptr) return 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (*value == words.begin()[i]) return i;
    }
    std::string choice;
    for (const std::string_view word : words)
        choice += (choice.empty() ? "\"" : ", \"") + std::string(word) + "\"";
    problem(key, fmt::format("\"{}\" is not known; right is one of {}", *value, choice));
    return 0;
}

Fields Fields::object(std::string_view key) {
    const Value* value = take(key);
    if (value != nullptr) return Fields(*value, *problems_, pointer_to(key));
    Fields nothing(*this);
    nothing.object_ = nullptr;
    nothing.pointer_ = pointer_to(key);
    return nothing;
}

void Fields::each(std::string_view key, std::size_t min, std::size_t max,
                  const std::function<void(Fields&)>& read) {
    const auto* array = take_as<Array>(key, "an array");
    if (array == nullptr) return;
    if (array->size() < min || array->size() > max) {
        problem(key, fmt::format("{} items; right is {} to {}", array->size(), min, max));
        if (array->size() > max) return;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        Fields item((*array)[i], *problems_, fmt::format("{}/{}", pointer_to(key), i));
        read(item);
        item.finish();
    }
}

std::vector<std::string> Fields::texts(std::string_view key, std::size_t min, std::size_t max) {
    std::vector<std::string> result;
    const auto* array = take_as<Array>(key, "an array of strings");
    if (array == nullptr) return result;
    if (array->size() < min || array->size() > max) {
        problem(key, fmt::format("{} items; right is {} to {}", array->size(), min, max));
    }
    for (std::size_t i = 0; i < array->size() && i < max; ++i) {
        const auto* text = (*array)[i].get<std::string>();
        if (text == nullptr) {
            problems_->add(fmt::format("{}/{}", pointer_to(key), i),
                           fmt::format("expected a string, found {}", (*array)[i].kind()));
        } else {
            result.push_back(*text);
        }
    }
    return result;
}

std::vector<std::int64_t> Fields::integers(std::string_view key, std::size_t min_count, std::size_t max_count,
                                           std::int64_t min, std::int64_t max) {
    std::vector<std::int64_t> result;
    const auto* array = take_as<Array>(key, "an array of integers");
    if (array == nullptr) return result;
    if (array->size() < min_count || array->size() > max_count) {
        problem(key, fmt::format("{} items; right is {} to {}", array->size(), min_count, max_count));
    }
    for (std::size_t i = 0; i < array->size() && i < max_count; ++i) {
        const auto* number = (*array)[i].get<std::int64_t>();
        if (number == nullptr || *number < min || *number > max) {
            problems_->add(fmt::format("{}/{}", pointer_to(key), i),
                           fmt::format("expected an integer from {} to {}", min, max));
        } else {
            result.push_back(*number);
        }
    }
    return result;
}

void Fields::finish() {
    if (object_ == nullptr) return;
    for (const Member& member : object_->members()) {
        if (!taken_.contains(member.first)) problem(member.first, "this key isn't known here");
    }
}

}  // namespace stimme::json
