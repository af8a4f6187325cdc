// When ages and spans are complete: core/roll/rules/calendar.h.
#include "core/roll/rules/calendar.h"

#include <gtest/gtest.h>

#include "tests/unit/core/roll/people.h"

namespace stimme::roll {
namespace {

using election::Span;
using election::SpanUnit;

std::string after(int count, SpanUnit unit, std::string_view from) {
    return format_date(end_of(Span{unit, count}, on(from)));
}

std::string turns(int years, std::string_view born) {
    return format_date(birthday(on(born), years));
}

TEST(Calendar, AYearOfAgeIsCompleteOnTheBirthday) {
    EXPECT_EQ(turns(18, "1978-12-15"), "1996-12-15");
    EXPECT_EQ(turns(0, "2025-09-14"), "2025-09-14");
}

TEST(Calendar, BornOn29FebruaryIsOlderOn1MarchInCommonYears) {
    EXPECT_EQ(turns(17, "1988-02-29"), "2005-03-01");
    EXPECT_EQ(turns(100, "2000-02-29"), "2100-03-01");
}

TEST(Calendar, BornOn29FebruaryIsOlderOnThatDayInLeapYears) {
    EXPECT_EQ(turns(16, "1988-02-29"), "2004-02-29");
    EXPECT_EQ(turns(80, "1920-02-29"), "2000-02-29");
}

TEST(Calendar, MonthsEndOnTheSameDayOfTheMonth) {
    EXPECT_EQ(after(3, SpanUnit::months, "1996-09-15"), "1996-12-15");
    EXPECT_EQ(after(3, SpanUnit::months, "1996-11-30"), "1997-02-28");
    EXPECT_EQ(after(1, SpanUnit::months, "1996-12-31"), "1997-01-31");
}

TEST(Calendar, MonthsEndOnTheLastDayOfAShorterMonth) {
    EXPECT_EQ(after(3, SpanUnit::months, "2005-03-31"), "2005-06-30");
    EXPECT_EQ(after(3, SpanUnit::months, "2003-11-30"), "2004-02-29");
    EXPECT_EQ(after(12, SpanUnit::months, "2004-02-29"), "2005-02-28");
}

TEST(Calendar, YearsEndOnTheSameDayOrOn28February) {
    EXPECT_EQ(after(1, SpanUnit::years, "2024-09-14"), "2025-09-14");
    EXPECT_EQ(after(1, SpanUnit::years, "2024-02-29"), "2025-02-28");
    EXPECT_EQ(after(4, SpanUnit::years, "2024-02-29"), "2028-02-29");
}

TEST(Calendar, DaysAndWeeksAreCounted) {
    EXPECT_EQ(after(16, SpanUnit::days, "2025-08-29"), "2025-09-14");
    EXPECT_EQ(after(1, SpanUnit::days, "2024-02-28"), "2024-02-29");
    EXPECT_EQ(after(6, SpanUnit::weeks, "2024-12-30"), "2025-02-10");
}

}  // namespace
}  // namespace stimme::roll
