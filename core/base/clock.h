// The time, injected: programs read SystemClock, tests set a FixedClock. Protocol data holds times only where
// the law wants them (milestones), never for a check-in or a ballot (docs/protocol.md, "Nothing restores the
// order").
//
// Thread rule: now() may be called from any thread; FixedClock::set only while no other thread reads.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace stimme {

using TimePoint = std::chrono::sys_seconds;  // UTC, whole seconds

class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
  public:
    TimePoint now() const override;
};

class FixedClock final : public Clock {
  public:
    explicit FixedClock(TimePoint at) : at_(at) {}
    TimePoint now() const override { return at_; }
    void set(TimePoint at) { at_ = at; }

  private:
    TimePoint at_;
};

// "1996-12-15T07:00:00Z".
std::string format_utc(TimePoint time);
// RFC 3339 with seconds and Z or a numeric offset: "1996-12-15T08:00:00+01:00". Errors: time-invalid.
Result<TimePoint> parse_time(std::string_view text);

// A day of the calendar, valid by construction.
// "1996-12-15". Errors: date-invalid (also for days that don't exist, such as 30 February).
Result<std::chrono::year_month_day> parse_date(std::string_view text);
std::string format_date(std::chrono::year_month_day date);

}  // namespace stimme
