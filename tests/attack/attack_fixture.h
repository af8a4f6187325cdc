// What attacks on a live election have in common: each is refused with its status and code, changes nothing,
// and doesn't keep the election from its certified result, which everybody can verify.
//
//     TEST_F(PassAttack, ReusedPassIsRefused) {
//         const LivePass pass = live.vote(1);
//         refused("409 pass-cast", [&] { return live.submit(pass, live.encrypt(pass, {{0, 1, 0, 0}}, 2)); });
//     }
//
// Thread rule: belongs to one test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/live_election.h"

namespace stimme::test {

class AttackTest : public testing::Test {
  protected:
    explicit AttackTest(const TestElection& definition = live_definition(), const LiveOptions& options = {})
        : live(definition, options) {}

    // The honest election goes on from wherever it is.
    void TearDown() override {
        if (HasFatalFailure() || !honest_end) return;
        live.finish();
        const auto outcome = live.verify();
        EXPECT_TRUE(outcome.report.complete()) << outcome.report.to_text();
    }

    // Makes the attack, which must be refused so and change nothing.
    template <class Attack>
    void refused(const std::string& told, Attack attack) {
        const std::string before = live.state();
        const Answer answer = attack();
        EXPECT_EQ(answer.told(), told) << answer.body;
        EXPECT_EQ(live.state(), before);
    }

    LiveElection live;
    bool honest_end = true;  // false where only the record can show the attack
};

}  // namespace stimme::test
