// Reading a parsed JSON document into types, strictly: each key is taken once, keys that nobody took are
// refused, and every problem is noted with its JSON pointer (RFC 6901) and what would be right. A reader goes
// on after a problem with a harmless default, so that one pass names everything that is wrong.
//
//     Problems problems;
//     Fields in(value, problems);
//     Station station{in.name<StationKind>("id"), in.text("title")};
//     in.finish();
//     STIMME_CHECK(problems.status("definition-invalid"));
//
// Thread rule: a Fields and its Problems belong to one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/json.h"

namespace stimme::json {

struct Problem {
    std::string pointer;  // RFC 6901; "" is the whole document
    std::string message;
};

class Problems {
  public:
    void add(std::string pointer, std::string message) {
        all_.push_back({std::move(pointer), std::move(message)});
    }
    const std::vector<Problem>& all() const { return all_; }
    bool empty() const { return all_.empty(); }
    // Success, or an `invalid` error of that code whose message lists each problem in a line.
    Status status(std::string code) const;

  private:
    std::vector<Problem> all_;
};

// The members of one object, each taken once.
class Fields {
  public:
    // Notes a problem when `value` isn't an object; every field then reads as missing without further
    // problems. `value` must outlive this.
    Fields(const Value& value, Problems& problems, std::string pointer = "");

    // Required members. A missing or wrong one notes a problem and gives an empty or minimal value.
    std::string text(std::string_view key, std::size_t max_bytes = 4096);
    bool boolean(std::string_view key);
    std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max);
    template <std::size_t N>
    ByteArray<N> hex(std::string_view key);
    Bytes hex_bytes(std::string_view key);
    Bytes base64(std::string_view key, std::size_t max_bytes);
    template <class Kind>
    Name<Kind> name(std::string_view key) {
        return Name<Kind>(name_text(key));
    }
    // One of `words`; returns its index.
    std::size_t one_of(std::string_view key, std::initializer_list<std::string_view> words);
    // The object under `key`; its problems carry the longer pointer. The caller calls finish() on it.
    Fields object(std::string_view key);
    // Calls `read` for each object of the array under `key`, whose length must lie within min and max.
    void each(std::string_view key, std::size_t min, std::size_t max,
              const std::function<void(Fields&)>& read);
    // Arrays of strings and integers.
    std::vector<std::string> texts(std::string_view key, std::size_t min, std::size_t max);
    std::vector<std::int64_t> integers(std::string_view key, std::size_t min_count, std::size_t max_count,
                                       std::int64_t min, std::int64_t max);
    template <class Kind>
    std::vector<Name<Kind>> names(std::string_view key, std::size_t min, std::size_t max);
    // Any value; nullptr (and a problem) when it is missing.
    const Value* any(std::string_view key);

    // Whether an optional member is there; it then still has to be taken.
    bool has(std::string_view key) const;
    // Whether it is there and an array, for members that are one object or several.
    bool has_array(std::string_view key) const;

    // The keys of this object, in RFC 8785 order.
    std::vector<std::string> keys() const;

    // Notes a problem at a member ("" means this object itself).
    void problem(std::string_view key, std::string message);
    const std::string& pointer() const { return pointer_; }
    // How many problems there are in the whole document so far.
    std::size_t problem_count() const { return problems_->all().size(); }

    // Notes a problem for every member that nobody took.
    void finish();

  private:
    const Value* take(std::string_view key);
    template <class T>
    const T* take_as(std::string_view key, std::string_view expected);
    std::string name_text(std::string_view key);
    std::string pointer_to(std::string_view key) const;

    const Object* object_;  // nullptr: not an object, already noted
    Problems* problems_;
    std::string pointer_;
    std::set<std::string, std::less<>> taken_;
};

template <std::size_t N>
ByteArray<N> Fields::hex(std::string_view key) {
    const Bytes bytes = hex_bytes(key);
    if (bytes.size() == N) return to_array<N>(bytes);
    if (!bytes.empty()) problem(key, hex_length_error(2 * N, 2 * bytes.size()).message);
    return {};
}

template <class Kind>
std::vector<Name<Kind>> Fields::names(std::string_view key, std::size_t min, std::size_t max) {
    std::vector<Name<Kind>> result;
    for (std::string& text : texts(key, min, max)) {
        if (!is_name(text)) problem(key, "\"" + text + "\" isn't a name: 1 to 32 of a-z, 0-9 and hyphen");
        result.emplace_back(std::move(text));
    }
    return result;
}

}  // namespace stimme::json
