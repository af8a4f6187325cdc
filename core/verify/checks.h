// The checks of the verifier: chapter.number and one plain sentence each. This is the one list;
// docs/verification.md holds the same sentences and says how each is checked, and a test compares both.
//
// Thread rule: constants.
#pragma once

#include <span>
#include <string_view>

namespace stimme::verify {

enum class Needed {
    always,    // the record is complete only when this has passed
    on_asking  // only when the caller brought something to compare
};

struct CheckInfo {
    std::string_view number;    // "V6.3"
    std::string_view sentence;  // what is so when it has passed
    Needed needed = Needed::always;
};

// In the order of their numbers.
std::span<const CheckInfo> checks();

}  // namespace stimme::verify
