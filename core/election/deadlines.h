// The deadlines of an election's roll as seen on a day: what is due when, what is over, what comes near.
//
// Thread rule: values and pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "core/election/definition.h"

namespace stimme::election {

// In the order in which they usually come.
enum class Deadline {
    roll_drawn,
    notices_until,
    inspection_from,
    inspection_until,
    applications_until,  // the application_until of who may vote
    objections_until,
    appeals_until,
    roll_closes,
};
constexpr std::size_t deadline_count = 8;

// "roll-drawn", "notices-until", ...: stable, part of the API.
std::string_view code_of(Deadline deadline);

enum class Nearness {
    over,
    today,
    near,  // within 7 days
    later,
};
// "over", "today", "near", "later".
std::string_view to_string(Nearness nearness);

struct DueDate {
    Deadline deadline;
    Day day;
    int days_left;  // below 0 when it is over
    Nearness nearness;

    bool operator==(const DueDate&) const = default;
};

// The deadlines that the definition sets, by day, and on one day in the order of Deadline.
std::vector<DueDate> deadlines(const Definition& definition, Day today);

// The day that it is in the place of the election, whose clocks are taken to differ from UTC as they do when
// the polls open.
Day local_day(const ValidDefinition& definition, TimePoint now);

}  // namespace stimme::election
