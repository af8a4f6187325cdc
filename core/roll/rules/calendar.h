// When a span of time is complete, by the German civil calendar. Days have no time: an end on election day
// itself is in time.
//
// Thread rule: pure functions.
#pragma once

#include "core/election/eligibility_rules.h"
#include "core/roll/register/person.h"

namespace stimme::roll {

// The day on which someone born on that day is so many years old; 29 February becomes 1 March in common
// years.
Day birthday(Day born, int years);

// The day on which the span that began on `from` is complete. Months and years end on the same day of the
// month, or on the last day of a month that is shorter.
Day end_of(election::Span span, Day from);

}  // namespace stimme::roll
