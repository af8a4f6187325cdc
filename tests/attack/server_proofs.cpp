// Every way to forge a ballot, submitted over HTTPS with a good pass.
#include "tests/attack/attack_fixture.h"
#include "tests/support/forgeries.h"

namespace stimme::test {
namespace {

class ProofAttack : public AttackTest {
  protected:
    ProofAttack() : AttackTest(forgery_election()) {}

    // Of the style "standard", which EU citizens get.
    LivePass pass_ = live.check_in(2);
};

TEST_F(ProofAttack, EveryForgedBallotIsRefused) {
    const ForgeryCase honest(live.known(), live.context(pass_));
    Line& booth = live.as("s1-booth-1");
    for (const BallotForgery& forgery : ballot_forgeries()) {
        SCOPED_TRACE(forgery.name);
        refused("422 " + forgery.code, [&] {
            return booth.post("booth/submissions", live.submission(pass_, forgery.make(honest)));
        });
    }
    EXPECT_TRUE(booth.post("booth/submissions", live.submission(pass_, honest.honest)).ok());
}

TEST_F(ProofAttack, BallotWithAnotherCastSecretCanNeverBeCast) {
    auto mine = live.encrypt(pass_, honest_selections(), 1);
    const auto other = live.encrypt(pass_, honest_selections(), 2);
    Bytes body = mine.body();
    put(body, body.size() - 32, take(other.body(), body.size() - 32, 32));
    Line& booth = live.as("s1-booth-1");
    const Answer taken = booth.post("booth/submissions", live.submission(pass_, body));
    ASSERT_TRUE(taken.ok()) << taken.body;
    auto request = *wire::parse<wire::CastRequest>(LiveElection::cast(pass_, std::move(mine)));
    request.tracking_code = wire::parse<wire::SubmissionAnswer>(taken.body)->tracking_code;
    refused("403 cast-secret-wrong", [&] { return booth.post("booth/casts", wire::print(request)); });
}

}  // namespace
}  // namespace stimme::test
