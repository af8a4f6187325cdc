#include "core/roll/rules/calendar.h"

namespace stimme::roll {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

Day add_months(Day from, int count) {
    const Day moved = from + months(count);
    return moved.ok() ? moved : Day(moved.year() / moved.month() / std::chrono::last);
}

}  // namespace

Day birthday(Day born, int years) {
    const Day same = born + std::chrono::years(years);
    return same.ok() ? same : Day(same.year() / std::chrono::March / 1);
}

Day end_of(election::Span span, Day from) {
    switch (span.unit) {
        case election::SpanUnit::days:
            return sys_days(from) + days(span.count);
        case election::SpanUnit::weeks:
            return sys_days(from) + days(7 * span.count);
        case election::SpanUnit::months:
            return add_months(from, span.count);
        case election::SpanUnit::years:
            return add_months(from, 12 * span.count);
    }
    return from;
}

}  // namespace stimme::roll
