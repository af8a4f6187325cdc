// Names of things, one type for each kind of thing, so that a station is never taken for a style.
//
// A name is 1 to 32 characters of a-z 0-9 and hyphen, and starts with a letter or a digit. It can stand in a
// URL, in a file name and in a hash without escaping.
//
// Thread rule: values and pure functions.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace stimme {

bool is_name(std::string_view text);

template <class Kind>
class Name {
  public:
    Name() = default;
    // REQUIRES: is_name(text); readers of outside data check it first (json::Fields::name does).
    explicit Name(std::string text) : text_(std::move(text)) {}

    const std::string& str() const { return text_; }
    auto operator<=>(const Name&) const = default;

  private:
    std::string text_;
};

using ElectionId = Name<struct ElectionKind>;
using ContestId = Name<struct ContestKind>;
using OptionId = Name<struct OptionKind>;
using StyleId = Name<struct StyleKind>;
using StationId = Name<struct StationKind>;
using DistrictId = Name<struct DistrictKind>;
// A person or machine that holds a key: official, desk, booth or trustee. Unique across all roles of a
// definition.
using SignerId = Name<struct SignerKind>;

}  // namespace stimme

template <class Kind>
struct std::hash<stimme::Name<Kind>> {
    std::size_t operator()(const stimme::Name<Kind>& name) const {
        return std::hash<std::string>()(name.str());
    }
};
