#include "core/roll/rules/eligibility.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/roll/register/nationality.h"
#include "core/roll/rules/calendar.h"

namespace stimme::roll {
namespace {

using election::EligibilityRules;
using election::Group;

constexpr std::array<std::string_view, reason_count> codes = {
    "application-missing", "application-late",
    "nationality",         "age",
    "no-main-residence",   "residence",
    "time-in-country",     "excluded",
    "residence-status",    "moved-away-or-deceased"};

template <class Items, class Item>
bool contains(const Items& items, const Item& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

bool is_german(const Person& person) {
    return contains(person.nationalities, german);
}

bool has_another(const Person& person) {
    return std::any_of(person.nationalities.begin(), person.nationalities.end(),
                       [](const std::string& code) { return code != german && code != stateless; });
}

bool is_stateless(const Person& person) {
    return std::all_of(person.nationalities.begin(), person.nationalities.end(),
                       [](const std::string& code) { return code == stateless; });
}

bool is_union_citizen(const Person& person, Day day) {
    return std::any_of(person.nationalities.begin(), person.nationalities.end(),
                       [&](const std::string& code) { return in_european_union(code, day); });
}

bool naturalised(const Person& person, const EligibilityRules& rules, Day day) {
    if (!person.naturalised_on) return false;
    return !rules.naturalised_within || end_of(*rules.naturalised_within, *person.naturalised_on) >= day;
}

bool in_group(const Person& person, Group group, const EligibilityRules& rules, Day day) {
    switch (group) {
        case Group::foreign:
            return !is_german(person);
        case Group::eu:
            return !is_german(person) && is_union_citizen(person, day);
        case Group::stateless:
            return is_stateless(person);
        case Group::german:
            return is_german(person);
        case Group::dual:
            return is_german(person) && has_another(person);
        case Group::naturalised:
            return is_german(person) && !has_another(person) && naturalised(person, rules, day);
        case Group::resettler:
            return is_german(person) && person.resettler;
    }
    return false;
}

bool in_one_of(const std::vector<Group>& mine, const std::vector<Group>& listed) {
    return std::any_of(mine.begin(), mine.end(), [&](Group group) { return contains(listed, group); });
}

// The person's groups that the rules admit, without a wide one where a narrow one within it is among them.
std::vector<Group> admitted_groups(const std::vector<Group>& mine, const EligibilityRules& rules) {
    std::vector<Group> result;
    std::copy_if(mine.begin(), mine.end(), std::back_inserter(result),
                 [&](Group group) { return rules.admits(group); });
    const std::vector<Group> admitted = result;
    std::erase_if(result, [&](Group wide) {
        return std::any_of(admitted.begin(), admitted.end(),
                           [&](Group group) { return election::wider(group) == wide; });
    });
    return result;
}

void decide_application(const Person& person, const EligibilityRules& rules, Day day, Decision& decision) {
    if (!person.application) return decision.add(Reason::application_missing);
    const auto& received_on = person.application->received_on;
    if (received_on && *received_on > rules.application_until.value_or(day))
        decision.add(Reason::application_late);
}

void decide_group(const Person& person, const EligibilityRules& rules, Day day, Decision& decision) {
    const std::vector<Group> mine = groups_of(person, rules, day);
    const std::vector<Group> admitted = admitted_groups(mine, rules);
    if (in_one_of(mine, rules.except) || admitted.empty()) return decision.add(Reason::nationality);
    if (!in_one_of(admitted, rules.groups)) decide_application(person, rules, day, decision);
}

bool has_excepted_status(const Person& person, const EligibilityRules& rules) {
    return !is_german(person) && contains(rules.except_status, person.residence_status);
}

bool complete(const std::optional<election::Span>& span, const std::optional<Day>& since, Day day) {
    if (!span) return !since || *since <= day;
    return since && end_of(*span, *since) <= day;
}

void decide_residence(const Person& person, const EligibilityRules& rules, Day day, Decision& decision) {
    if (person.dwelling == Dwelling::secondary) {
        decision.add(Reason::no_main_residence);
    } else if (!complete(rules.residence, person.main_residence_since, day)) {
        decision.add(Reason::residence);
    }
}

bool long_enough_in_country(const Person& person, const EligibilityRules& rules, Day day) {
    if (!rules.country) return true;
    const auto& since = person.in_germany_since ? person.in_germany_since : person.main_residence_since;
    return complete(rules.country, since, day);
}

}  // namespace

std::string_view code_of(Reason reason) {
    return codes[static_cast<std::size_t>(reason)];
}

std::vector<Reason> Decision::reasons() const {
    std::vector<Reason> result;
    for (std::size_t i = 0; i < reason_count; ++i) {
        if (has(static_cast<Reason>(i))) result.push_back(static_cast<Reason>(i));
    }
    return result;
}

std::vector<Group> groups_of(const Person& person, const EligibilityRules& rules, Day election_day) {
    std::vector<Group> result;
    for (std::size_t i = 0; i < election::group_count; ++i) {
        const auto group = static_cast<Group>(i);
        if (in_group(person, group, rules, election_day)) result.push_back(group);
    }
    return result;
}

Decision decide(const Person& person, const EligibilityRules& rules, Day election_day) {
    Decision decision;
    decide_group(person, rules, election_day, decision);
    if (birthday(person.born, rules.min_age) > election_day) decision.add(Reason::age);
    decide_residence(person, rules, election_day, decision);
    if (!long_enough_in_country(person, rules, election_day)) decision.add(Reason::time_in_country);
    if (person.excluded) decision.add(Reason::excluded);
    if (has_excepted_status(person, rules)) decision.add(Reason::residence_status);
    if (person.moved_or_died_on && *person.moved_or_died_on <= election_day)
        decision.add(Reason::moved_away_or_deceased);
    return decision;
}

}  // namespace stimme::roll
