// Strict JSON. One reader for all outside JSON: it refuses what two programs could read differently
// (duplicate keys, floats, numbers beyond 2^53, invalid UTF-8, bytes after the end) and what is too big or
// too deep. One writer: RFC 8785, so that whatever is hashed or signed has one form. See docs/protocol.md,
// "JSON".
//
// Thread rule: values; share freely while nobody writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;

// Members sorted by key in RFC 8785 order (UTF-16 code units), keys unique.
class Object {
  public:
    Object() = default;
    // REQUIRES: no key twice.
    Object(std::initializer_list<Member> members);

    // Replaces the member of that key or adds it.
    void set(std::string key, Value value);
    void erase(std::string_view key);
    const Value* find(std::string_view key) const;  // nullptr when there is none

    const std::vector<Member>& members() const { return members_; }
    bool empty() const;

    bool operator==(const Object& other) const;

  private:
    friend class Builder;
    // Appends; finish() sorts and returns the key that stands twice, or nullptr.
    void append(std::string key, Value value);
    const std::string* finish();

    std::vector<Member> members_;
};

struct Null {
    bool operator==(const Null&) const = default;
};

class Value {
  public:
    using State = std::variant<Null, bool, std::int64_t, std::string, Array, Object>;

    Value();
    Value(bool value);
    Value(int value);
    Value(unsigned value);
    Value(std::int64_t value);
    Value(std::uint64_t value);  // REQUIRES: value <= 2^53 - 1
    Value(const char* value);
    Value(std::string value);
    Value(std::string_view value);
    Value(Array value);
    Value(Object value);

    Value(const Value&);
    Value(Value&&) noexcept;
    Value& operator=(const Value&);
    Value& operator=(Value&&) noexcept;
    ~Value();

    template <class T>
    const T* get() const {
        return std::get_if<T>(&state_);
    }
    template <class T>
    T* get() {
        return std::get_if<T>(&state_);
    }

    // What it is, in words: "a string", "an object", ...
    std::string_view kind() const;

    bool operator==(const Value&) const;

  private:
    friend void write(const Value& value, std::string& out);
    State state_;
};

constexpr std::int64_t max_integer = (std::int64_t{1} << 53) - 1;

struct Limits {
    std::size_t bytes = std::size_t{1} << 20;
    std::size_t depth = 32;
};

// Errors: json-too-large, json-too-deep, json-syntax (with the byte position), json-duplicate-key,
// json-float, json-integer-range.
Result<Value> parse(std::string_view text, Limits limits = {});

// RFC 8785 form, UTF-8 without a final line break.
std::string canonical(const Value& value);

// parse, and the text must be exactly the canonical form of what it says. Errors: also json-not-canonical.
Result<Value> parse_canonical(std::string_view text, Limits limits = {});

}  // namespace stimme::json
