#include "core/base/json.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/plain_json.h"

namespace stimme::json {
namespace {

// RFC 8785 section 3.2.3 sorts keys by UTF-16 code units. That differs from the order of UTF-8 bytes only
// where a code point beyond U+FFFF (first byte F0 to F4; surrogates D800 to DFFF) meets one of U+E000 to
// U+FFFF (first byte EE or EF).
bool utf16_less(std::string_view a, std::string_view b) {
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
    const auto weight = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xF0 ? byte - 3 : byte >= 0xEE ? byte + 5 : int{byte};
    };
    return weight(*x) < weight(*y);
}

void write_string(std::string_view text, std::string& out) {
    out.push_back('"');
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
                } else {
                    out.push_back(c);
                }
        }
    }
    out.push_back('"');
}

}  // namespace

Object::Object(std::initializer_list<Member> members) : members_(members) {
    [[maybe_unused]] const std::string* twice = finish();
    assert(twice == nullptr);
}

void Object::set(std::string key, Value value) {
    const auto at =
        std::lower_bound(members_.begin(), members_.end(), key,
                         [](const Member& m, const std::string& k) { return utf16_less(m.first, k); });
    if (at != members_.end() && at->first == key) {
        at->second = std::move(value);
    } else {
        members_.emplace(at, std::move(key), std::move(value));
    }
}

void Object::erase(std::string_view key) {
    std::erase_if(members_, [&](const Member& m) { return m.first == key; });
}

const Value* Object::find(std::string_view key) const {
    const auto at =
        std::lower_bound(members_.begin(), members_.end(), key,
                         [](const Member& m, std::string_view k) { return utf16_less(m.first, k); });
    return at != members_.end() && at->first == key ? &at->second : nullptr;
}

void Object::append(std::string key, Value value) {
    members_.emplace_back(std::move(key), std::move(value));
}

const std::string* Object::finish() {
    std::sort(members_.begin(), members_.end(),
              [](const Member& a, const Member& b) { return utf16_less(a.first, b.first); });
    const auto twice =
        std::adjacent_find(members_.begin(), members_.end(),
                           [](const Member& a, const Member& b) { return a.first == b.first; });
    return twice == members_.end() ? nullptr : &twice->first;
}

bool Object::empty() const {
    return members_.empty();
}

bool Object::operator==(const Object& other) const {
    return members_ == other.members_;
}

Value::Value() = default;
Value::Value(bool value) : state_(value) {}
Value::Value(int value) : state_(std::int64_t{value}) {}
Value::Value(unsigned value) : state_(std::int64_t{value}) {}
Value::Value(std::int64_t value) : state_(value) {}
Value::Value(std::uint64_t value) : state_(static_cast<std::int64_t>(value)) {}
Value::Value(const char* value) : state_(std::string(value)) {}
Value::Value(std::string value) : state_(std::move(value)) {}
Value::Value(std::string_view value) : state_(std::string(value)) {}
Value::Value(Array value) : state_(std::move(value)) {}
Value::Value(Object value) : state_(std::move(value)) {}

Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;

// Written out: clang 14 crashes over a defaulted one.
bool Value::operator==(const Value& other) const {
    return state_ == other.state_;
}

std::string_view Value::kind() const {
    constexpr std::string_view names[] = {"null",     "true or false", "an integer",
                                          "a string", "an array",      "an object"};
    return names[state_.index()];
}

void write(const Value& value, std::string& out) {
    struct Writer {
        std::string& out;
        void operator()(Null) const { out += "null"; }
        void operator()(bool b) const { out += b ? "true" : "false"; }
        void operator()(std::int64_t n) const { out += std::to_string(n); }
        void operator()(const std::string& s) const { write_string(s, out); }
        void operator()(const Array& items) const {
            out.push_back('[');
            for (std::size_t i = 0; i < items.size(); ++i) {
                if (i > 0) out.push_back(',');
                write(items[i], out);
            }
            out.push_back(']');
        }
        void operator()(const Object& object) const {
            out.push_back('{');
            for (const Member& member : object.members()) {
                if (&member != &object.members().front()) out.push_back(',');
                write_string(member.first, out);
                out.push_back(':');
                write(member.second, out);
            }
            out.push_back('}');
        }
    };
    std::visit(Writer{out}, value.state_);
}

std::string canonical(const Value& value) {
    std::string out;
    write(value, out);
    return out;
}

// Receives the events of nlohmann's SAX parser and builds a Value, refusing on the way.
class Builder {
  public:
    explicit Builder(std::size_t max_depth) : max_depth_(max_depth) {}

    Value take() { return std::move(root_); }
    const std::optional<Error>& error() const { return error_; }

    // The names and types of these functions are nlohmann's SAX interface.
    bool null() { return put(Value()); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(std::int64_t value) { return integer(value >= -max_integer, value); }
    bool number_unsigned(std::uint64_t value) {
        return integer(value <= static_cast<std::uint64_t>(max_integer), static_cast<std::int64_t>(value));
    }
    bool number_float(double, const std::string& text) {
        return refuse("json-float", fmt::format("{} isn't an integer; no fractions or exponents", text));
    }
    bool string(std::string& value) { return put(std::move(value)); }
    bool binary(nlohmann::json::binary_t&) { return refuse("json-syntax", "binary data"); }
    bool start_object(std::size_t) { return open(Object()); }
    bool end_object() {
        if (const std::string* twice = open_.back().value.get<Object>()->finish()) {
            return refuse("json-duplicate-key", fmt::format("key \"{}\" stands twice in one object", *twice));
        }
        return close();
    }
    bool start_array(std::size_t) { return open(Array()); }
    bool end_array() { return close(); }
    bool key(std::string& value) {
        open_.back().key = std::move(value);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& problem) {
        std::string_view reason = problem.what();
        if (const auto colon = reason.find("] "); colon != std::string_view::npos)
            reason.remove_prefix(colon + 2);
        return refuse("json-syntax", fmt::format("byte {}: {}", position, visible(reason)));
    }

  private:
    // The reason quotes what was read, which needn't be text.
    static std::string visible(std::string_view text) {
        std::string result(text);
        std::replace_if(
            result.begin(), result.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
        return result;
    }

    struct Open {
        Value value;
        std::string key;  // of the member that is being read, where value is an object
    };

    bool refuse(std::string code, std::string message) {
        if (!error_) error_ = invalid(std::move(code), std::move(message));
        return false;
    }
    bool integer(bool in_range, std::int64_t value) {
        if (!in_range) return refuse("json-integer-range", "an integer lies beyond 2^53 - 1");
        return put(value);
    }
    bool put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (Array* array = open_.back().value.get<Array>()) {
            array->push_back(std::move(value));
        } else {
            open_.back().value.get<Object>()->append(std::move(open_.back().key), std::move(value));
        }
        return true;
    }
    bool open(Value value) {
        if (open_.size() == max_depth_) {
            return refuse("json-too-deep", fmt::format("more than {} levels of nesting", max_depth_));
        }
        open_.push_back({std::move(value), {}});
        return true;
    }
    bool close() {
        Value value = std::move(open_.back().value);
        open_.pop_back();
        return put(std::move(value));
    }

    std::size_t max_depth_;
    std::vector<Open> open_;
    Value root_;
    std::optional<Error> error_;
};

Result<Value> parse(std::string_view text, Limits limits) {
    if (text.size() > limits.bytes) {
        return invalid("json-too-large",
                       fmt::format("{} bytes of JSON; at most {}", text.size(), limits.bytes));
    }
    if (text.starts_with("\xEF\xBB\xBF"))
        return invalid("json-syntax", "byte 1: a byte order mark; plain UTF-8 is right");
    Builder plain(limits.depth);
    if (PlainReader(text, plain).read()) return plain.take();
    Builder builder(limits.depth);
    const bool parsed = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    if (builder.error()) return *builder.error();
    if (!parsed) return invalid("json-syntax", "not JSON");
    return builder.take();
}

Result<Value> parse_canonical(std::string_view text, Limits limits) {
    STIMME_TRY(Value value, parse(text, limits));
    if (canonical(value) != text) {
        return invalid("json-not-canonical", "not in the one form of RFC 8785 (sorted keys, no blanks)");
    }
    return value;
}

}  // namespace stimme::json
