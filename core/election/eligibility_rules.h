// Who may vote, or stand for election, as data: `eligibility` and `candidacy` of a definition
// (docs/protocol.md, section 2.1).
//
//     {"min_age": 18, "residence": {"months": 3}, "country": {"years": 1}, "groups": ["foreign"],
//      "application": ["dual", "naturalised"], "application_until": "2025-09-02",
//      "naturalised_within": {"years": 5}, "except": ["eu"], "except_status": ["Duldung"]}
//
// Only min_age and one of groups and application are required. Everything here can be decided from the
// resident register and the day of the election; core/roll/rules/eligibility.h does it.
//
// Where rules change on a day, an array of such objects stands in place of the one, each with `from`, the day
// from which it is valid (the first may lack it). The one in force on election day is what counts.
//
// Thread rule: values and pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_fields.h"

namespace stimme::election {

using Day = std::chrono::year_month_day;  // a day of the calendar, valid

// The day under `key`, written "2025-09-14"; nothing, and a problem, where there is none.
std::optional<Day> read_day(json::Fields& in, std::string_view key);
// As read_day, but the member may be missing.
std::optional<Day> read_optional_day(json::Fields& in, std::string_view key);

// Groups of nationality. Everybody is in exactly one of the two wide groups, foreign and german, and can be
// in narrow ones within it.
enum class Group {
    foreign,      // not German; stateless people too
    eu,           // foreign, and a citizen of a state that is in the European Union on election day
    stateless,    // foreign, and of no state at all
    german,       // German, whatever else
    dual,         // German and of another nationality
    naturalised,  // German only, by naturalisation
    resettler,    // German, and an ethnic German resettler (Spätaussiedler), where the register marks them
};
constexpr std::size_t group_count = 7;

// "foreign", "eu", "stateless", "german", "dual", "naturalised", "resettler".
std::string_view to_string(Group group);
std::optional<Group> group_named(std::string_view name);

// The wide group that a narrow one lies within; nothing for the wide ones.
std::optional<Group> wider(Group group);

enum class SpanUnit { days, weeks, months, years };

// A length of time by the calendar, at most 100 years and at least 1 of its unit.
struct Span {
    SpanUnit unit = SpanUnit::days;
    int count = 1;
    bool operator==(const Span&) const = default;
};

// Groups overlap, and this decides: who is in a group of `except` may not vote, whatever else they are. A
// narrow group that `groups` or `application` names takes its people out of the wide one around it, so that
// {"groups": ["foreign"], "application": ["stateless"]} lets the stateless vote on application only. Of
// several groups that are left, one in `groups` is enough, and only then one in `application`.
struct EligibilityRules {
    int min_age = 0;                         // years complete on election day, 0 to 100
    std::optional<Span> residence;           // least time of main residence in the city
    std::optional<Span> country;             // least time in Germany
    std::vector<Group> groups;               // may vote by register
    std::vector<Group> application;          // may vote when they have applied
    std::optional<Day> application_until;    // the last day for that; without it, election day
    std::vector<Group> except;               // may not vote
    std::vector<std::string> except_status;  // residence statuses of foreigners who may not vote
    std::optional<Span> naturalised_within;  // the naturalisation lies no longer back than this, in years,
                                             // the only unit in which statutes count it

    bool operator==(const EligibilityRules&) const = default;
    bool mentions(Group group) const;
    // Whether `groups` or `application` names it.
    bool admits(Group group) const;
};

constexpr std::size_t max_status_bytes = 40;

// Reads the members of that object, takes all of them and calls in.finish(). Notes a problem for each member
// that is missing, unknown or out of range, for a group or status named twice, for a narrow group that is
// admitted though its wide one is excepted, for rules that let nobody vote, and for application_until and
// naturalised_within without the groups that they are about.
EligibilityRules read_eligibility_rules(json::Fields& in);

// The rules under `key` that are in force on election day: those of the one object there, or the last of the
// array that is valid by then. Notes a problem, also, where the days of an array don't ascend and where none
// of its rules is in force. Where election_day is no day of the calendar, the choice is left open.
EligibilityRules read_rules_in_force(json::Fields& in, std::string_view key, Day election_day);

// The object again; reading it gives equal rules. Empty and absent parts are left out.
json::Object to_json(const EligibilityRules& rules);

}  // namespace stimme::election
