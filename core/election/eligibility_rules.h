// Who may vote, or stand, as data: the object `eligibility` of a definition (docs/protocol.md, section 2.1).
//
//     {"min_age": 18, "residence": {"months": 3}, "country": {"years": 1}, "groups": ["foreign"],
//      "application": ["dual", "naturalised"], "naturalised_within": {"years": 5}, "except": ["eu"]}
//
// Only min_age and one of groups and application are required. Everything here can be decided from the
// resident register and the day of the election; core/roll/eligibility.h does it.
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/json_fields.h"

namespace stimme::election {

// Groups of nationality. A person can be in several, or in none: a German without any of these marks.
enum class Group {
    foreign,      // not German; stateless people too
    eu,           // foreign, and a citizen of a state that is in the European Union on election day
    dual,         // German and of another nationality
    naturalised,  // German only, by naturalisation
    resettler,    // ethnic German resettler (Spätaussiedler), where the register marks them
};
constexpr std::size_t group_count = 5;

// "foreign", "eu", "dual", "naturalised", "resettler".
std::string_view to_string(Group group);
std::optional<Group> group_named(std::string_view name);

enum class SpanUnit { days, weeks, months, years };

// A length of time by the calendar, at most 100 years and at least 1 of its unit.
struct Span {
    SpanUnit unit = SpanUnit::days;
    int count = 1;
    bool operator==(const Span&) const = default;
};

struct EligibilityRules {
    int min_age = 0;                         // years complete on election day, 0 to 100
    std::optional<Span> residence;           // least time of main residence in the city
    std::optional<Span> country;             // least time in Germany
    std::vector<Group> groups;               // may vote by register
    std::vector<Group> application;          // may vote when they have applied
    std::vector<Group> except;               // may not vote, whatever other group they are in
    std::optional<Span> naturalised_within;  // the naturalisation lies no longer back than this, in years

    bool operator==(const EligibilityRules&) const = default;
    bool mentions(Group group) const;
};

// Reads the members of that object, takes all of them and calls in.finish(). Notes a problem for each member
// that is missing, unknown or out of range, for a group named twice, for rules that let nobody vote, and for
// naturalised_within without the group naturalised.
EligibilityRules read_eligibility_rules(json::Fields& in);

// The object again; reading it gives equal rules. Empty and absent parts are left out.
json::Object to_json(const EligibilityRules& rules);

}  // namespace stimme::election
