#include "core/election/eligibility_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace stimme::election {
namespace {

constexpr std::array<std::string_view, group_count> group_names = {"foreign", "eu", "dual", "naturalised",
                                                                   "resettler"};

struct Unit {
    std::string_view name;
    SpanUnit unit;
    int max;
};
constexpr std::array<Unit, 4> units = {Unit{"days", SpanUnit::days, 36500},
                                       {"weeks", SpanUnit::weeks, 5200},
                                       {"months", SpanUnit::months, 1200},
                                       {"years", SpanUnit::years, 100}};

std::optional<Span> read_span(json::Fields& in, std::string_view key) {
    if (!in.has(key)) return std::nullopt;
    json::Fields span = in.object(key);
    for (const Unit& unit : units) {
        if (span.keys().size() == 1 && span.has(unit.name))
            return Span{unit.unit, static_cast<int>(span.integer(unit.name, 1, unit.max))};
    }
    in.problem(key, R"(right is one of {"days": n}, {"weeks": n}, {"months": n}, {"years": n})");
    return std::nullopt;
}

std::optional<Span> read_years(json::Fields& in, std::string_view key) {
    if (!in.has(key)) return std::nullopt;
    json::Fields span = in.object(key);
    const Span result{SpanUnit::years, static_cast<int>(span.integer("years", 1, 100))};
    span.finish();
    return result;
}

std::vector<Group> read_groups(json::Fields& in, std::string_view key) {
    std::vector<Group> result;
    if (!in.has(key)) return result;
    for (const std::string& name : in.texts(key, 0, group_count)) {
        const auto group = group_named(name);
        if (group) {
            result.push_back(*group);
        } else {
            in.problem(key, fmt::format("\"{}\" is not known; right is one of \"{}\"", name,
                                        fmt::join(group_names, "\", \"")));
        }
    }
    return result;
}

// Notes each group that stands in `groups` though it is in `seen` already.
void check_once(json::Fields& in, std::string_view key, const std::vector<Group>& groups,
                std::set<Group>& seen) {
    for (const Group group : groups) {
        if (!seen.insert(group).second) {
            in.problem(key, fmt::format("\"{}\" stands twice; right is once in one of \"groups\", "
                                        "\"application\" and \"except\"",
                                        to_string(group)));
        }
    }
}

void check(json::Fields& in, const EligibilityRules& rules) {
    std::set<Group> seen;
    check_once(in, "groups", rules.groups, seen);
    check_once(in, "application", rules.application, seen);
    check_once(in, "except", rules.except, seen);
    if (rules.groups.empty() && rules.application.empty())
        in.problem("", "no group may vote; right is at least one in \"groups\" or \"application\"");
    if (rules.naturalised_within && !rules.mentions(Group::naturalised))
        in.problem("naturalised_within", "no list names the group \"naturalised\" that this is about");
}

json::Value to_json(const Span& span) {
    const auto unit =
        std::find_if(units.begin(), units.end(), [&](const Unit& other) { return other.unit == span.unit; });
    return json::Object{{std::string(unit->name), span.count}};
}

void set_span(json::Object& out, std::string_view key, const std::optional<Span>& span) {
    if (span) out.set(std::string(key), to_json(*span));
}

void set_groups(json::Object& out, std::string_view key, const std::vector<Group>& groups) {
    if (groups.empty()) return;
    json::Array names;
    for (const Group group : groups) names.emplace_back(to_string(group));
    out.set(std::string(key), std::move(names));
}

bool contains(const std::vector<Group>& groups, Group group) {
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

}  // namespace

std::string_view to_string(Group group) {
    return group_names[static_cast<std::size_t>(group)];
}

std::optional<Group> group_named(std::string_view name) {
    const auto found = std::find(group_names.begin(), group_names.end(), name);
    if (found == group_names.end()) return std::nullopt;
    return static_cast<Group>(found - group_names.begin());
}

bool EligibilityRules::mentions(Group group) const {
    return contains(groups, group) || contains(application, group) || contains(except, group);
}

EligibilityRules read_eligibility_rules(json::Fields& in) {
    EligibilityRules rules;
    rules.min_age = static_cast<int>(in.integer("min_age", 0, 100));
    rules.residence = read_span(in, "residence");
    rules.country = read_span(in, "country");
    rules.groups = read_groups(in, "groups");
    rules.application = read_groups(in, "application");
    rules.except = read_groups(in, "except");
    rules.naturalised_within = read_years(in, "naturalised_within");
    check(in, rules);
    in.finish();
    return rules;
}

json::Object to_json(const EligibilityRules& rules) {
    json::Object out{{"min_age", rules.min_age}};
    set_span(out, "residence", rules.residence);
    set_span(out, "country", rules.country);
    set_groups(out, "groups", rules.groups);
    set_groups(out, "application", rules.application);
    set_groups(out, "except", rules.except);
    set_span(out, "naturalised_within", rules.naturalised_within);
    return out;
}

}  // namespace stimme::election
