// The election that all attacks are made on, without one.
#include <gtest/gtest.h>

#include "tests/support/live_election.h"

namespace stimme::test {
namespace {

TEST(HonestElection, IsCertifiedAndVerified) {
    LiveElection live;
    live.vote(1);
    live.vote(2, {{1, 1, 0, 0}}, "s1-desk-2");
    live.vote(1, {{0, 0, 0, 1}}, "s2-desk-1");
    live.finish();
    const auto outcome = live.verify();
    EXPECT_TRUE(outcome.report.complete()) << outcome.report.to_text();
}

TEST(HonestElection, IsHeldBesideAnother) {
    LiveElection live;
    LiveElection other(live_definition().id("other"), {.voters = 3, .server = live.server()});
    other.vote(1);
    live.vote(1);
    other.finish();
    live.finish();
    EXPECT_TRUE(other.verify().report.complete());
    EXPECT_TRUE(live.verify().report.complete());
}

}  // namespace
}  // namespace stimme::test
