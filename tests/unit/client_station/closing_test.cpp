// What a desk compares before it signs the close of its station.
#include "client/desk/closing.h"

#include <gtest/gtest.h>

namespace stimme::desk {
namespace {

std::string code_of(const Status& status) {
    return status ? "none" : status.error().code;
}

struct Closing : testing::Test {
    events::StationClosed draft{StationId("s1"),
                                {{SignerId("s1-desk-1"), 10, 1, 0}, {SignerId("s1-desk-2"), 5, 0, 0}}};
    StationLog log;
    SignerId own{"s1-desk-1"};

    Closing() {
        log.cast = 13;
        log.voided = 1;
    }
};

TEST_F(Closing, EqualCountsAreSigned) {
    EXPECT_EQ(code_of(compare_counts(draft, own, {10, 1})), "none");
    EXPECT_EQ(code_of(compare_with_log(draft, log)), "none");
}

TEST_F(Closing, AnyDifferenceToTheOwnCountsIsTold) {
    EXPECT_EQ(code_of(compare_counts(draft, own, {9, 1})), "counts-differ");
    EXPECT_EQ(code_of(compare_counts(draft, own, {11, 1})), "counts-differ");
    EXPECT_EQ(code_of(compare_counts(draft, own, {10, 0})), "counts-differ");
    EXPECT_EQ(code_of(compare_counts(draft, SignerId("s1-desk-3"), {})), "desk-missing");
}

TEST_F(Closing, MoreBallotsThanPeopleAreTold) {
    log.cast = 14;
    EXPECT_EQ(code_of(compare_with_log(draft, log)), "none");
    log.cast = 15;
    EXPECT_EQ(code_of(compare_with_log(draft, log)), "too-many-ballots");
}

TEST_F(Closing, VoidsThatTheLogDoesNotKnowAreTold) {
    log.voided = 0;
    EXPECT_EQ(code_of(compare_with_log(draft, log)), "voids-differ");
}

TEST_F(Closing, ReconciliationSaysHowManyCastNothing) {
    const auto lines = reconciliation(draft, log);
    EXPECT_EQ(lines.back(), "       1  voters with a pass who cast no ballot");
}

}  // namespace
}  // namespace stimme::desk
