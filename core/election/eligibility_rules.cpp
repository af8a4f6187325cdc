#include "core/election/eligibility_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/clock.h"

namespace stimme::election {
namespace {

constexpr std::array<std::string_view, group_count> group_names = {
    "foreign", "eu", "stateless", "german", "dual", "naturalised", "resettler"};

constexpr std::size_t max_statuses = 64;
constexpr std::size_t max_rules = 32;

bool contains(const std::vector<Group>& groups, Group group) {
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

struct SpanName {
    std::string_view name;
    SpanUnit unit;
    int max;
};
constexpr std::array<SpanName, 4> spans = {SpanName{"days", SpanUnit::days, 36500},
                                           {"weeks", SpanUnit::weeks, 5200},
                                           {"months", SpanUnit::months, 1200},
                                           {"years", SpanUnit::years, 100}};

std::optional<Span> read_span(json::Fields& in, std::string_view key) {
    if (!in.has(key)) return std::nullopt;
    json::Fields span = in.object(key);
    for (const SpanName& unit : spans) {
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

std::vector<std::string> read_statuses(json::Fields& in, std::string_view key) {
    if (!in.has(key)) return {};
    std::vector<std::string> statuses = in.texts(key, 1, max_statuses);
    std::set<std::string_view> seen;
    for (const std::string& status : statuses) {
        if (status.empty() || status.size() > max_status_bytes)
            in.problem(key, fmt::format("\"{}\" has {} bytes; right is 1 to {}", status, status.size(),
                                        max_status_bytes));
        if (!seen.insert(status).second) in.problem(key, fmt::format("\"{}\" stands twice", status));
    }
    return statuses;
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

// Notes each narrow group that is admitted in vain, since the wide group around it is excepted.
void check_reachable(json::Fields& in, const EligibilityRules& rules) {
    for (std::size_t i = 0; i < group_count; ++i) {
        const auto group = static_cast<Group>(i);
        const auto wide = wider(group);
        if (!wide || !rules.admits(group) || !contains(rules.except, *wide)) continue;
        in.problem("except", fmt::format("\"{}\" leaves nobody of \"{}\", who is to vote", to_string(*wide),
                                         to_string(group)));
    }
}

void check(json::Fields& in, const EligibilityRules& rules) {
    std::set<Group> seen;
    check_once(in, "groups", rules.groups, seen);
    check_once(in, "application", rules.application, seen);
    check_once(in, "except", rules.except, seen);
    if (rules.groups.empty() && rules.application.empty())
        in.problem("", "no group may vote; right is at least one in \"groups\" or \"application\"");
    check_reachable(in, rules);
    if (rules.application_until && rules.application.empty())
        in.problem("application_until", "no group votes on \"application\", which this is about");
    if (rules.naturalised_within && !rules.mentions(Group::naturalised))
        in.problem("naturalised_within", "no list names the group \"naturalised\" that this is about");
}

json::Value to_json(const Span& span) {
    const auto unit = std::find_if(spans.begin(), spans.end(),
                                   [&](const SpanName& other) { return other.unit == span.unit; });
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

void set_texts(json::Object& out, std::string_view key, const std::vector<std::string>& texts) {
    if (!texts.empty()) out.set(std::string(key), json::Array(texts.begin(), texts.end()));
}

EligibilityRules read_members(json::Fields& in) {
    EligibilityRules rules;
    rules.min_age = static_cast<int>(in.integer("min_age", 0, 100));
    rules.residence = read_span(in, "residence");
    rules.country = read_span(in, "country");
    rules.groups = read_groups(in, "groups");
    rules.application = read_groups(in, "application");
    rules.application_until = read_optional_day(in, "application_until");
    rules.except = read_groups(in, "except");
    rules.except_status = read_statuses(in, "except_status");
    rules.naturalised_within = read_years(in, "naturalised_within");
    check(in, rules);
    return rules;
}

// Rules, and the day from which they are valid; without it they always were.
struct DatedRules {
    std::optional<Day> from;
    EligibilityRules rules;
};

// `earlier`: the rules that stand before these in the array, if any.
DatedRules read_dated_rules(json::Fields& in, const DatedRules* earlier) {
    DatedRules result{read_optional_day(in, "from"), read_members(in)};
    if (earlier != nullptr && !in.has("from")) in.problem("", "\"from\" is missing");
    if (earlier != nullptr && result.from && earlier->from && *result.from <= *earlier->from)
        in.problem("from", fmt::format("D17: must be later than {}, from which the rules before these are "
                                       "valid",
                                       format_date(*earlier->from)));
    return result;
}

}  // namespace

std::optional<Day> read_day(json::Fields& in, std::string_view key) {
    const std::size_t before = in.problem_count();
    const std::string text = in.text(key);
    const auto day = parse_date(text);
    if (day) return *day;
    if (in.problem_count() == before) in.problem(key, day.error().message);
    return std::nullopt;
}

std::optional<Day> read_optional_day(json::Fields& in, std::string_view key) {
    return in.has(key) ? read_day(in, key) : std::nullopt;
}

std::string_view to_string(Group group) {
    return group_names[static_cast<std::size_t>(group)];
}

std::optional<Group> group_named(std::string_view name) {
    const auto found = std::find(group_names.begin(), group_names.end(), name);
    if (found == group_names.end()) return std::nullopt;
    return static_cast<Group>(found - group_names.begin());
}

std::optional<Group> wider(Group group) {
    switch (group) {
        case Group::foreign:
        case Group::german:
            return std::nullopt;
        case Group::eu:
        case Group::stateless:
            return Group::foreign;
        case Group::dual:
        case Group::naturalised:
        case Group::resettler:
            return Group::german;
    }
    return std::nullopt;
}

bool EligibilityRules::mentions(Group group) const {
    return admits(group) || contains(except, group);
}

bool EligibilityRules::admits(Group group) const {
    return contains(groups, group) || contains(application, group);
}

EligibilityRules read_eligibility_rules(json::Fields& in) {
    EligibilityRules rules = read_members(in);
    in.finish();
    return rules;
}

EligibilityRules read_rules_in_force(json::Fields& in, std::string_view key, Day election_day) {
    if (!in.has_array(key)) {
        json::Fields object = in.object(key);
        return read_eligibility_rules(object);
    }
    std::vector<DatedRules> all;
    in.each(key, 1, max_rules, [&](json::Fields& item) {
        all.push_back(read_dated_rules(item, all.empty() ? nullptr : &all.back()));
    });
    if (all.empty() || !election_day.ok()) return {};
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const DatedRules& dated) {
        return !dated.from || *dated.from <= election_day;
    });
    if (found != all.rend()) return found->rules;
    in.problem(key, fmt::format("D17: none of these rules is in force on election day, {}",
                                format_date(election_day)));
    return {};
}

json::Object to_json(const EligibilityRules& rules) {
    json::Object out{{"min_age", rules.min_age}};
    set_span(out, "residence", rules.residence);
    set_span(out, "country", rules.country);
    set_groups(out, "groups", rules.groups);
    set_groups(out, "application", rules.application);
    if (rules.application_until) out.set("application_until", format_date(*rules.application_until));
    set_groups(out, "except", rules.except);
    set_texts(out, "except_status", rules.except_status);
    set_span(out, "naturalised_within", rules.naturalised_within);
    return out;
}

}  // namespace stimme::election
