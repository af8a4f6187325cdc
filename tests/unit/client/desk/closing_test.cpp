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
    wire::StationRecord record;
    SignerId own{"s1-desk-1"};

    ClosingView view() const { return {draft, log, record, {}, {}}; }

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

TEST_F(Closing, MovesAndPaperAreComparedAsWell) {
    draft.desks[0].moved = 2;
    draft.desks[0].paper = 3;
    EXPECT_EQ(code_of(compare_counts(draft, own, {10, 1, 2, 3})), "none");
    EXPECT_EQ(code_of(compare_counts(draft, own, {10, 1, 2, 4, 1})), "none");
    EXPECT_EQ(code_of(compare_counts(draft, own, {10, 1, 1, 3})), "counts-differ");
    EXPECT_EQ(code_of(compare_counts(draft, own, {10, 1, 2, 2})), "counts-differ");
}

TEST_F(Closing, VotersOnPaperAreThoseOfTheRecordAndEachConflictIsTold) {
    EXPECT_EQ(code_of(compare_with_record(draft, record)), "none");
    record.paper = 1;
    EXPECT_EQ(code_of(compare_with_record(draft, record)), "paper-differs");
    draft.desks[1].paper = 1;
    EXPECT_EQ(code_of(compare_with_record(draft, record)), "none");
    record.conflicts.push_back({"1001", "already-checked-in", StationId("s2")});
    EXPECT_EQ(code_of(compare_with_record(draft, record)), "paper-conflicts");
    EXPECT_EQ(reconciliation(view()).back(), "  On paper, yet already-checked-in: 1001 (station s2)");
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
    const auto lines = reconciliation(view());
    EXPECT_EQ(lines[lines.size() - 2], "       1  voters with a pass who cast no ballot");
    EXPECT_EQ(lines.back(), "       0  voters on paper");
}

}  // namespace
}  // namespace stimme::desk
