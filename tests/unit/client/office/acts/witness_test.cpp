// A witness signs what continues the log it saw, and never a fork.
#include "client/office/acts/witness.h"

#include <gtest/gtest.h>

#include "client/session/log_watch.h"
#include "tests/unit/client/client_fixture.h"

namespace stimme::office {
namespace {

class WitnessTest : public testing::Test {
  protected:
    Result<Cosigned> cosign(const test::FakeLog& log) {
        return cosign_newest(folder_.path(), name_, election_.witness_keys[0], election_.definition,
                             log.files(), TimePoint(std::chrono::seconds(1'700'000'000)));
    }

    test::TemporaryFolder folder_;
    test::Election election_ = test::TestElection().witnesses(1, 2).build();
    std::string name_ = election_.definition->witnesses[0].name;
};

TEST_F(WitnessTest, LineCountsTowardsTheQuorum) {
    const test::FakeLog log(election_, 12);
    const auto cosigned = cosign(log);
    ASSERT_TRUE(cosigned.ok()) << cosigned.error().message;
    const auto opened =
        log::open_checkpoint(log.checkpoint() + cosigned->line, session::log_verifier(*election_.definition),
                             session::witness_verifiers(*election_.definition), 1);
    EXPECT_TRUE(opened.ok()) << opened.error().message;
}

TEST_F(WitnessTest, ForkIsNeverSigned) {
    ASSERT_TRUE(cosign(test::FakeLog(election_, 12)).ok());
    EXPECT_EQ(test::code(cosign(test::FakeLog(election_, 12, "forged"))), "log-forked");
    EXPECT_EQ(test::code(cosign(test::FakeLog(election_, 20, "forged"))), "consistency-root");
}

TEST_F(WitnessTest, EmptyLogIsNotSigned) {
    EXPECT_EQ(test::code(cosign(test::FakeLog(election_, 0))), "log-empty");
}

}  // namespace
}  // namespace stimme::office
