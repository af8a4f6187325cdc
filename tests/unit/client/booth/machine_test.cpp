// Each input at each state of the booth: where it leads, or that it changes nothing.
#include "tests/unit/client/booth/booth_fixture.h"

namespace stimme::booth {
namespace {

constexpr std::size_t states = std::variant_size_v<State>;
constexpr std::size_t inputs = std::variant_size_v<Input>;

struct Machine : BoothFixture {
    Step give(State state, Input input) { return next(polling, random, std::move(state), std::move(input)); }

    State waiting() { return WaitingForPass{}; }
    State pass_sent() { return give(waiting(), PassEntered{pass}).state; }
    State choosing() { return give(pass_sent(), BallotNamed{{StyleId("standard"), 0}}).state; }
    State chosen() { return give(choosing(), Chosen{selections()}).state; }
    State sealed() { return give(chosen(), Confirmed{}).state; }
    State deciding() {
        State state = sealed();
        const Hash code = std::get<Sealed>(state).ballot.tracking_code();
        return give(std::move(state), Submitted{{code, 7}}).state;
    }
    State casting() { return give(deciding(), CastWanted{}).state; }
    State testing() { return give(deciding(), TestWanted{}).state; }
    State cast() {
        State state = casting();
        Input answer = cast_answer(request_of(state));
        return give(std::move(state), std::move(answer)).state;
    }
    State tested() { return give(testing(), TestAnswered{{8, true}}).state; }
    State stopped() { return give(pass_sent(), refused()).state; }

    State at(std::size_t index) {
        switch (index) {
            case 0:
                return waiting();
            case 1:
                return pass_sent();
            case 2:
                return choosing();
            case 3:
                return sealed();
            case 4:
                return deciding();
            case 5:
                return casting();
            case 6:
                return testing();
            case 7:
                return cast();
            case 8:
                return tested();
            default:
                return stopped();
        }
    }

    Input cast_answer(const wire::CastRequest& cast) { return CastAnswered{{1, receipt(cast)}}; }
    static wire::CastRequest request_of(const State& state) { return std::get<Casting>(state).request; }
    static Input refused() { return Refused{conflict("pass-cast", "a ballot was cast with this pass")}; }

    // As the server would answer this state.
    Input input(std::size_t index, const State& state) {
        Hash code{};
        if (const auto* at = std::get_if<Sealed>(&state)) code = at->ballot.tracking_code();
        const auto* const casting = std::get_if<Casting>(&state);
        switch (index) {
            case 0:
                return PassEntered{pass};
            case 1:
                return BallotNamed{{StyleId("standard"), 0}};
            case 2:
                return Chosen{selections()};
            case 3:
                return Confirmed{};
            case 4:
                return Submitted{{code, 7}};
            case 5:
                return CastWanted{};
            case 6:
                return TestWanted{};
            case 7:
                return cast_answer(casting ? casting->request : wire::CastRequest{});
            case 8:
                return TestAnswered{{8, true}};
            case 9:
                return refused();
            case 10:
                return Expired{9};
            default:
                return Left{};
        }
    }
};

constexpr int stays = -1;  // not taken
// By state; the inputs in the order of Input, the results as indices of State.
constexpr int table[states][inputs] = {
    // pass, ballot, chosen, confirmed, submitted, cast, test, cast answer, test answer, refused, expired,
    // left
    {1, stays, stays, stays, stays, stays, stays, stays, stays, stays, stays, 0},      // waiting for a pass
    {stays, 2, stays, stays, stays, stays, stays, stays, stays, 9, stays, 0},          // pass sent
    {stays, stays, 2, stays, stays, stays, stays, stays, stays, stays, stays, 0},      // choosing
    {stays, stays, stays, stays, 4, stays, stays, stays, stays, 9, stays, 9},          // sealed
    {stays, stays, stays, stays, stays, 5, 6, stays, stays, stays, stays, 9},          // deciding
    {stays, stays, stays, stays, stays, stays, stays, 7, stays, 9, 9, stays},          // casting
    {stays, stays, stays, stays, stays, stays, stays, stays, 8, 9, 9, stays},          // testing
    {stays, stays, stays, stays, stays, stays, stays, stays, stays, stays, stays, 0},  // cast
    {stays, stays, stays, stays, stays, stays, stays, stays, stays, stays, stays, 0},  // tested
    {stays, stays, stays, stays, stays, stays, stays, stays, stays, stays, stays, 0},  // stopped
};

TEST_F(Machine, EveryInputLeadsWhereTheTableSays) {
    for (std::size_t s = 0; s < states; ++s) {
        for (std::size_t i = 0; i < inputs; ++i) {
            State from = at(s);
            ASSERT_EQ(from.index(), s);
            Input by = input(i, from);
            ASSERT_EQ(by.index(), i);
            const Step step = give(std::move(from), std::move(by));
            EXPECT_EQ(step.taken, table[s][i] != stays) << "state " << s << ", input " << i;
            const auto expected =
                static_cast<std::size_t>(table[s][i] == stays ? static_cast<int>(s) : table[s][i]);
            EXPECT_EQ(step.state.index(), expected) << "state " << s << ", input " << i;
        }
    }
}

TEST_F(Machine, ConfirmingSealsWhatWasChosenLast) {
    State state = give(chosen(), Chosen{selections({{0, 1, 1, 0}})}).state;
    state = give(std::move(state), Confirmed{}).state;
    const Hash code = std::get<Sealed>(state).ballot.tracking_code();
    state = give(give(std::move(state), Submitted{{code, 7}}).state, TestWanted{}).state;
    EXPECT_EQ(std::get<Testing>(state).request.opening.selections, (events::Selections{{0, 1, 1, 0}}));
}

TEST_F(Machine, CastRevealsTheSecretBehindTheBody) {
    State state = deciding();
    const ByteArray<32> y = to_array<32>(ByteView(std::get<Deciding>(state).ballot.body()).last(32));
    state = give(std::move(state), CastWanted{}).state;
    EXPECT_TRUE(ballot::cast_matches(y, std::get<Casting>(state).request.x));
}

TEST_F(Machine, AnotherTrackingCodeThanSentStopsTheVisit) {
    const State state = give(sealed(), Submitted{{Hash{}, 7}}).state;
    EXPECT_EQ(std::get<Stopped>(state).error.code, "tracking-code-differs");
    EXPECT_FALSE(std::get<Stopped>(state).perhaps_cast);
}

TEST_F(Machine, ABallotThatTheLogSaysExpiredIsNotCastAndNeverWillBe) {
    const auto expect_stopped = [this](State before) {
        const State state = give(std::move(before), Expired{9}).state;
        EXPECT_EQ(std::get<Stopped>(state).error.code, "ballot-expired");
        EXPECT_FALSE(std::get<Stopped>(state).perhaps_cast);
    };
    expect_stopped(casting());
    expect_stopped(testing());
}

TEST_F(Machine, AStyleThatDoesNotExistStopsTheVisit) {
    const State state = give(pass_sent(), BallotNamed{{StyleId("other"), 0}}).state;
    EXPECT_EQ(std::get<Stopped>(state).error.code, "style-unknown");
}

TEST_F(Machine, AReceiptOfAnotherBallotIsNoProofOfCast) {
    State state = casting();
    wire::CastRequest other = request_of(state);
    other.tracking_code = Hash{1};
    state = give(std::move(state), cast_answer(other)).state;
    EXPECT_EQ(std::get<Stopped>(state).error.code, "receipt-other-ballot");
    EXPECT_TRUE(std::get<Stopped>(state).perhaps_cast);
}

TEST_F(Machine, AReceiptOfAnotherStationIsNoProofOfCast) {
    State state = casting();
    const std::string text = receipt(request_of(state), "s2");
    state = give(std::move(state), CastAnswered{{1, text}}).state;
    EXPECT_EQ(std::get<Stopped>(state).error.code, "receipt-other-station");
}

TEST_F(Machine, AReceiptOfAnotherPassSecretOrPlaceIsNoProofOfCast) {
    const auto code_after = [this](const std::function<void(wire::CastRequest&)>& change, unsigned index) {
        State state = casting();
        wire::CastRequest other = request_of(state);
        change(other);
        state = give(std::move(state), CastAnswered{{index, receipt(other)}}).state;
        return std::get<Stopped>(state).error.code;
    };
    EXPECT_EQ(code_after([](auto& cast) { cast.t[0] ^= 1; }, 1), "receipt-other-pass");
    EXPECT_EQ(code_after([](auto& cast) { cast.x[0] ^= 1; }, 1), "receipt-other-secret");
    EXPECT_EQ(code_after([](auto&) {}, 0), "receipt-other-place");
}

TEST_F(Machine, AReceiptThatIsNotSignedIsNoProofOfCast) {
    State state = casting();
    std::string text = receipt(request_of(state));
    text[text.size() - 10] = text[text.size() - 10] == 'A' ? 'B' : 'A';
    state = give(std::move(state), CastAnswered{{1, text}}).state;
    EXPECT_EQ(std::get<Stopped>(state).error.code, "checkpoint-signature");
    EXPECT_EQ(std::get<Stopped>(state).error.kind, ErrorKind::corrupt);
}

TEST_F(Machine, ARefusedCastMayStillCount) {
    EXPECT_TRUE(std::get<Stopped>(give(casting(), refused()).state).perhaps_cast);
    EXPECT_FALSE(std::get<Stopped>(give(testing(), refused()).state).perhaps_cast);
    EXPECT_FALSE(std::get<Stopped>(give(sealed(), refused()).state).perhaps_cast);
}

}  // namespace
}  // namespace stimme::booth
