#include "core/election/deadlines.h"

#include <algorithm>
#include <array>

namespace stimme::election {
namespace {

using std::chrono::sys_days;

constexpr int near_days = 7;

constexpr std::array<std::string_view, deadline_count> codes = {
    "roll-drawn",         "notices-until",    "inspection-from", "inspection-until",
    "applications-until", "objections-until", "appeals-until",   "roll-closes"};

// In the order of Deadline.
std::array<std::optional<Day>, deadline_count> days_of(const Definition& definition) {
    const RollDates& dates = definition.calendar.deadlines;
    return {dates.roll_drawn,
            dates.notices_until,
            dates.inspection_from,
            dates.inspection_until,
            definition.eligibility.application_until,
            dates.objections_until,
            dates.appeals_until,
            dates.roll_closes};
}

Nearness nearness_of(int days_left) {
    if (days_left < 0) return Nearness::over;
    if (days_left == 0) return Nearness::today;
    return days_left <= near_days ? Nearness::near : Nearness::later;
}

}  // namespace

std::string_view code_of(Deadline deadline) {
    return codes[static_cast<std::size_t>(deadline)];
}

std::string_view to_string(Nearness nearness) {
    constexpr std::array<std::string_view, 4> names = {"over", "today", "near", "later"};
    return names[static_cast<std::size_t>(nearness)];
}

std::vector<DueDate> deadlines(const Definition& definition, Day today) {
    std::vector<DueDate> result;
    const auto days = days_of(definition);
    for (std::size_t i = 0; i < deadline_count; ++i) {
        if (!days[i]) continue;
        const auto left = static_cast<int>((sys_days(*days[i]) - sys_days(today)).count());
        result.push_back({static_cast<Deadline>(i), *days[i], left, nearness_of(left)});
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const DueDate& a, const DueDate& b) { return a.day < b.day; });
    return result;
}

Day local_day(const ValidDefinition& definition, TimePoint now) {
    const std::string& open = definition->calendar.polls_open;
    const auto offset = *parse_time(open.substr(0, 19) + "Z") - *parse_time(open);
    return Day(std::chrono::floor<std::chrono::days>(now + offset));
}

}  // namespace stimme::election
