#include "core/ballot/encrypt.h"

#include <set>

#include "core/ballot/opening.h"
#include "core/ballot/tracking_code.h"
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

struct Sealed : testing::Test {
    test::Election election = test::TestElection().contest("board", 3, {.votes = 2}).invalid().build();
    Layout layout = election.layout();
    Context context = election.context();
    events::Selections selections{{1, 0, 1, 0}};

    SealedBallot sealed(std::uint64_t seed = 1) { return election.encrypt(context, selections, seed); }
    std::string opening_code(const events::Opening& opening) {
        return code_of(verify_opening(election.key, layout, context, opening, sealed().tracking_code()));
    }
};

TEST_F(Sealed, SameInputsGiveTheSameBallot) {
    EXPECT_EQ(sealed().body(), sealed().body());
    EXPECT_EQ(sealed().tracking_code(), sealed().tracking_code());
}

TEST_F(Sealed, AnyOtherInputGivesAnotherBallot) {
    std::set<std::string> ciphertexts;  // the first point of each
    const auto add = [&](const SealedBallot& ballot) {
        EXPECT_TRUE(ciphertexts.insert(to_hex(take(ballot.body(), 0, 64))).second);
    };
    add(sealed());
    add(sealed(2));
    add(election.encrypt(context, {{1, 0, 0, 0}}));
    context.t[9] ^= 1;
    add(sealed());
    context.station = StationId("s2");
    add(sealed());
    context.election[0] ^= 1;
    add(sealed());
}

TEST_F(Sealed, TrackingCodeIsOfBodyAndContext) {
    EXPECT_EQ(sealed().tracking_code(), tracking_code(context, sealed().body()));
}

TEST_F(Sealed, CastSecretCastsThisBallotOnly) {
    const auto checked = check(layout, election.key, context, sealed().body());
    const auto x = to_array<32>(sealed().for_cast().reveal());
    EXPECT_TRUE(cast_matches(checked->y(), x));
    EXPECT_FALSE(cast_matches(checked->y(), to_array<32>(sealed(2).for_cast().reveal())));
}

TEST_F(Sealed, OpeningReproducesTheBallot) {
    const events::Opening opening = sealed().open();
    EXPECT_EQ(opening.selections, selections);
    EXPECT_EQ(opening_code(opening), "none");
}

TEST_F(Sealed, OpeningWithAnotherSeedDiffers) {
    events::Opening opening = sealed().open();
    opening.seed[0] ^= 1;
    EXPECT_EQ(opening_code(opening), "opening-differs");
}

TEST_F(Sealed, OpeningWithOtherSelectionsDiffers) {
    events::Opening opening = sealed().open();
    for (const auto& other : {events::Selections{{0, 1, 1, 0}}, events::Selections{{0, 0, 0, 1}}}) {
        opening.selections = other;
        EXPECT_EQ(opening_code(opening), "opening-differs");
    }
}

TEST_F(Sealed, OpeningThatMakesNoBallotDiffers) {
    events::Opening opening = sealed().open();
    for (const auto& other :
         {events::Selections{}, events::Selections{{1, 1, 1, 0}}, events::Selections{{9, 0, 0, 0}}}) {
        opening.selections = other;
        EXPECT_EQ(opening_code(opening), "opening-differs");
        EXPECT_FALSE(recompute(election.key, layout, context, opening));
    }
}

TEST_F(Sealed, OpeningInAnotherContextDiffers) {
    const events::Opening opening = sealed().open();
    const Hash code = sealed().tracking_code();
    context.t[0] ^= 1;
    EXPECT_EQ(code_of(verify_opening(election.key, layout, context, opening, code)), "opening-differs");
}

TEST_F(Sealed, EncryptTakesTheSeedAway) {
    Seed seed(ByteArray<32>{1, 2, 3});
    auto valid = ValidSelections::check(layout, selections);
    const auto ballot = encrypt(election.key, layout, context, *std::move(valid), std::move(seed));
    EXPECT_EQ(to_bytes(seed.reveal()), Bytes(32, 0));
}

// Cast or test, once, and from a ballot that one gives away: anything else doesn't compile.
template <class Ballot>
concept CanDecideTwice = requires(Ballot& ballot) {
    ballot.for_cast();
}
|| requires(Ballot& ballot) {
    ballot.open();
};
static_assert(!CanDecideTwice<SealedBallot>);
static_assert(!std::is_copy_constructible_v<SealedBallot> && !std::is_copy_assignable_v<SealedBallot>);
static_assert(!std::is_default_constructible_v<CheckedBallot>);

}  // namespace
}  // namespace stimme::ballot
