// The deadlines of the roll as seen on a day: core/election/deadlines.h.
#include "core/election/deadlines.h"

#include <gmock/gmock.h>

#include "tests/support/elections.h"

namespace stimme::election {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Day on(std::string_view iso) {
    return *parse_date(iso);
}

Definition with_dates() {
    Definition definition = *test::TestElection().build().definition;
    definition.calendar.deadlines.roll_drawn = on("2026-02-01");
    definition.calendar.deadlines.inspection_from = on("2026-02-23");
    definition.calendar.deadlines.inspection_until = on("2026-02-27");
    definition.calendar.deadlines.objections_until = on("2026-02-27");
    definition.eligibility.application_until = on("2026-03-03");
    return definition;
}

TEST(Deadlines, AreTheDaysThatTheDefinitionSetsInTheirOrder) {
    EXPECT_THAT(deadlines(with_dates(), on("2026-02-20")),
                ElementsAre(DueDate{Deadline::roll_drawn, on("2026-02-01"), -19, Nearness::over},
                            DueDate{Deadline::inspection_from, on("2026-02-23"), 3, Nearness::near},
                            DueDate{Deadline::inspection_until, on("2026-02-27"), 7, Nearness::near},
                            DueDate{Deadline::objections_until, on("2026-02-27"), 7, Nearness::near},
                            DueDate{Deadline::applications_until, on("2026-03-03"), 11, Nearness::later}));
}

TEST(Deadlines, AreOverTodayNearOrLater) {
    const auto nearness = [](std::string_view today) {
        return to_string(deadlines(with_dates(), on(today)).front().nearness);
    };
    EXPECT_EQ(nearness("2026-01-24"), "later");
    EXPECT_EQ(nearness("2026-01-25"), "near");
    EXPECT_EQ(nearness("2026-01-31"), "near");
    EXPECT_EQ(nearness("2026-02-01"), "today");
    EXPECT_EQ(nearness("2026-02-02"), "over");
}

TEST(Deadlines, ThereAreNoneWhereNoneAreSet) {
    EXPECT_THAT(deadlines(*test::TestElection().build().definition, on("2026-02-20")), IsEmpty());
}

TEST(Deadlines, EachHasItsCode) {
    EXPECT_EQ(code_of(Deadline::roll_drawn), "roll-drawn");
    EXPECT_EQ(code_of(Deadline::applications_until), "applications-until");
    EXPECT_EQ(code_of(Deadline::roll_closes), "roll-closes");
}

TEST(Deadlines, TodayIsTheDayInThePlaceOfTheElection) {
    const auto election = test::TestElection().build();
    EXPECT_EQ(local_day(election.definition, *parse_time("2026-02-20T22:59:59Z")), on("2026-02-20"));
    EXPECT_EQ(local_day(election.definition, *parse_time("2026-02-20T23:00:00Z")), on("2026-02-21"));
}

}  // namespace
}  // namespace stimme::election
