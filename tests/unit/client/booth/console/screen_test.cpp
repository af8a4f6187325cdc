// What each key does on each screen of the booth, and that nothing is sealed, cast or opened by mistake.
#include "client/booth/console/screen.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/unit/client/booth/console/screen_fixture.h"

namespace stimme::booth::console {
namespace {

using namespace sample;
using Name = tty::Key::Name;
using Stage = Voting::Stage;

Step press(State state, const tty::Key& key) {
    return next(std::move(state), key);
}
Step press(State state, Name name) {
    return next(std::move(state), tty::named_key(name));
}
State pressed(State state, std::initializer_list<Name> names) {
    for (const Name name : names) state = press(std::move(state), name).state;
    return state;
}
State type(State state, std::string_view text) {
    for (const char letter : text)
        state = press(std::move(state), tty::letter_key(static_cast<char32_t>(letter))).state;
    return state;
}
Step answer(Step step, Answer answer) {
    const std::uint64_t number = step.effects.at(0).number;
    return next(std::move(step.state), Answered{number, std::move(answer)});
}
template <class Wanted>
const Wanted& screen(const State& state) {
    EXPECT_TRUE(std::holds_alternative<Wanted>(state.screen)) << shown(state);
    return std::get<Wanted>(state.screen);
}
template <class Wanted>
bool asks(const Step& step) {
    return step.effects.size() == 1 && std::holds_alternative<Wanted>(step.effects[0].ask.question);
}
// Sealing, casting, testing: what can't be undone.
bool is_final(const Send& send) {
    const Question& question = send.ask.question;
    return std::holds_alternative<Seal>(question) || std::holds_alternative<Cast>(question) ||
           std::holds_alternative<console::Test>(question);
}
// What a server and a printer that work would say.
Answer well(const Question& question) {
    struct {
        Answer operator()(const Connect&) const { return Connected{booth()}; }
        Answer operator()(const TakePass&) const { return PassTaken{style()}; }
        Answer operator()(const VoteAgain&) const { return PassTaken{style(), 1}; }
        Answer operator()(const Seal&) const { return Submitted{some_code(), {}}; }
        Answer operator()(const Cast&) const { return Counted{some_code()}; }
        Answer operator()(const console::Test&) const { return Opened{}; }
        Answer operator()(const PrintAgain&) const { return Printed{}; }
        Answer operator()(const PrintReceipt&) const { return Printed{}; }
        Answer operator()(const Forget&) const { return Forgotten{}; }
    } answers;
    return std::visit(answers, question);
}
State answered_well(Step step) {
    for (std::size_t i = 0; i < step.effects.size(); ++i) {
        const auto& [number, ask] = step.effects[i];
        step.state = next(std::move(step.state), Answered{number, well(ask.question)}).state;
    }
    return std::move(step.state);
}

TEST(EveryBoothScreen, IsAmongTheStatesOfTheseTests) {
    std::set<std::size_t> kinds;
    for (const auto& [name, make] : all_states()) kinds.insert(make().screen.index());
    EXPECT_EQ(kinds.size(), std::variant_size_v<Screen>);
}

TEST(EveryBoothScreen, DoesOnlyWhatItsKeysSay) {
    for (const auto& [name, make] : all_states()) {
        const auto offered = choices(make());
        for (const tty::Key& key : all_keys()) {
            const bool known =
                std::any_of(offered.begin(), offered.end(), [&](const Choice& c) { return c.key == key; });
            if (known) continue;
            const State before = make();
            const Step step = press(make(), key);
            EXPECT_TRUE(step.effects.empty()) << name;
            EXPECT_EQ(step.state.screen.index(), before.screen.index()) << name;
            EXPECT_EQ(step.state.overlay, before.overlay) << name;
        }
    }
}

TEST(EveryBoothScreen, HasOneMeaningForAKeyAndAWayOut) {
    for (const auto& [name, make] : all_states()) {
        const auto offered = choices(make());
        for (std::size_t i = 0; i < offered.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(offered[i].key == offered[j].key) << name;
        }
        EXPECT_GE(offered.size(), 3U) << name;  // menu or back, official text, language
    }
}

TEST(EveryBoothScreen, LetsNoHurriedKeyAct) {
    for (const auto& [name, make] : all_states()) {
        for (tty::Key key : all_keys()) {
            key.hurried = true;
            EXPECT_TRUE(press(make(), key).effects.empty() || name.starts_with("starting")) << name;
        }
    }
}

// The server and the printer answer at once, so that the key meets every screen that follows.
TEST(EveryBoothScreen, SealsCastsOrTestsAtMostOnceForAKeyThatIsPressedAgainAndAgain) {
    for (const auto& [name, make] : all_states()) {
        for (const tty::Key& key : all_keys()) {
            State state = make();
            int final_acts = 0;
            for (int i = 0; i < 40; ++i) {
                Step step = press(std::move(state), key);
                for (const Send& send : step.effects) final_acts += is_final(send) ? 1 : 0;
                state = answered_well(std::move(step));
            }
            EXPECT_LE(final_acts, 1) << name;
        }
    }
}

TEST(EveryBoothScreen, AsksNothingWhileSomethingIsUnanswered) {
    for (const auto& [name, make] : all_states()) {
        if (!name.starts_with("waiting") || name.find("languages") != std::string::npos) continue;
        for (const tty::Key& key : all_keys()) EXPECT_TRUE(press(make(), key).effects.empty()) << name;
    }
}

TEST(EveryBoothScreen, IsLeftByNoClock) {
    for (const auto& [name, make] : all_states()) {
        if (name.starts_with("starting")) continue;
        const std::size_t before = make().screen.index();
        State state = make();
        for (int i = 0; i < 4000; ++i) {
            Step step = next(std::move(state), Ticked{});
            EXPECT_TRUE(step.effects.empty()) << name;
            state = std::move(step.state);
        }
        EXPECT_EQ(state.screen.index(), before) << name;
    }
}

TEST(EveryBoothScreen, CallsAVoteCastOnlyForTheServersAnswer) {
    const std::vector<Answer> others = {
        Connected{booth()}, PassTaken{style()}, Submitted{some_code(), {}},      Opened{},
        Forgotten{},        no_network(),       Failed{no_network().error, true}};
    for (const What what : {What::connect, What::take_pass, What::seal, What::cast, What::test}) {
        for (const Answer& other : others) {
            Step step = next(at(waiting(what)), Answered{0, other});
            EXPECT_FALSE(std::holds_alternative<VoteCast>(step.state.screen));
            EXPECT_EQ(shown(step.state).find("Your vote is cast."), std::string::npos);
        }
    }
    Step counted = next(at(waiting(What::cast)), Answered{0, Counted{some_code()}});
    screen<VoteCast>(counted.state);
}

TEST(EveryBoothScreen, ShowsTheOfficialGermanTextForOneKeyAndBack) {
    for (const auto& [name, make] : all_states()) {
        State state = press(make(), tty::function_key(1)).state;
        EXPECT_EQ(spoken_in(state.desktop), words::Language::german()) << name;
        EXPECT_NE(shown(state), shown(make())) << name;
        state = press(std::move(state), tty::function_key(1)).state;
        EXPECT_EQ(spoken_in(state.desktop), words::Language::english()) << name;
    }
}

TEST(EveryBoothScreen, ChangesItsLanguageAndStaysWhereItIs) {
    for (const auto& [name, make] : all_states()) {
        const std::size_t before = make().screen.index();
        State state = press(make(), tty::function_key(2)).state;
        EXPECT_EQ(state.overlay, Overlay::languages) << name;
        state = pressed(std::move(state), {Name::down, Name::enter});
        EXPECT_NE(spoken_in(state.desktop), words::Language::english()) << name;
        EXPECT_EQ(state.screen.index(), before) << name;
        EXPECT_EQ(state.overlay, Overlay::none) << name;
    }
}

TEST(BoothPass, IsCheckedWhileItIsTyped) {
    const std::string text = pass::write_pass(some_pass());
    State state = type(at(AskingPass{}), text.substr(0, text.size() - 1));
    EXPECT_NE(shown(state).find("24 of 25 characters"), std::string::npos);
    EXPECT_TRUE(press(type(at(AskingPass{}), text.substr(0, 12)), Name::enter).effects.empty());
    state = type(std::move(state), text.substr(text.size() - 1));
    EXPECT_NE(shown(state).find("The pass is right."), std::string::npos);
    EXPECT_TRUE(asks<TakePass>(press(std::move(state), Name::enter)));
}

TEST(BoothPass, TellsAWrongCharacterBeforeAnythingIsSent) {
    State state = type(at(AskingPass{}), "ABC*");
    EXPECT_NE(shown(state).find("This character cannot be in a pass."), std::string::npos);
    state = type(std::move(state), "DE");  // isn't taken before the wrong one is gone
    EXPECT_EQ(screen<AskingPass>(state).text, "ABC*");
    state = press(std::move(state), Name::backspace).state;
    EXPECT_FALSE(screen<AskingPass>(state).wrong);

    std::string text = pass::write_pass(some_pass());
    text[0] = text[0] == 'A' ? 'B' : 'A';
    state = type(at(AskingPass{}), text);
    EXPECT_NE(shown(state).find("One of these characters is wrong."), std::string::npos);
    EXPECT_TRUE(press(std::move(state), Name::enter).effects.empty());
}

TEST(BoothPass, IsScannedAlsoThroughAGermanKeyboard) {
    std::string typed = pass::write_pass(some_pass());
    EXPECT_TRUE(asks<TakePass>(next(at(AskingPass{}), tty::Scan{typed})));
    for (char& letter : typed) letter = letter == 'Y' ? 'Z' : letter == 'Z' ? 'Y' : letter;
    EXPECT_TRUE(asks<TakePass>(next(at(AskingPass{}), tty::Scan{typed})));
    Step step = next(at(AskingPass{}), tty::Scan{"https://example.org"});
    EXPECT_TRUE(step.effects.empty());
    EXPECT_NE(shown(step.state).find("This is not a voting pass."), std::string::npos);
}

TEST(BoothPass, OfTheNextVoterEndsWhatIsOverAndNothingElse) {
    const tty::Scan scan{pass::write_pass(some_pass())};
    for (const auto& [name, make] : all_states()) {
        const Step step = next(make(), scan);
        const bool over = name.starts_with("cast") || name.starts_with("ended");
        if (name.starts_with("asking pass") || name.starts_with("pass")) continue;
        EXPECT_EQ(step.effects.size(), over ? 2U : 0U) << name;
    }
}

TEST(Choosing, GivesUpToTheMostAndSaysWhyNotMore) {
    State state = pressed(at(voting()), {Name::down, Name::right, Name::right, Name::right});
    EXPECT_EQ(screen<Voting>(state).marks.given(0, 0), 3U);
    EXPECT_NE(shown(state).find("Votes left: 2 of 5."), std::string::npos);
    state = press(std::move(state), Name::right).state;
    EXPECT_EQ(screen<Voting>(state).marks.given(0, 0), 3U);
    EXPECT_NE(shown(state).find("as many votes as you can give to one person"), std::string::npos);
    state = pressed(std::move(state), {Name::down, Name::enter, Name::enter, Name::enter});
    EXPECT_EQ(screen<Voting>(state).marks.given(0, 1), 2U);
    EXPECT_NE(shown(state).find("All your votes are given."), std::string::npos);
    state = press(std::move(state), Name::left).state;
    EXPECT_EQ(screen<Voting>(state).marks.given(0, 1), 1U);
    EXPECT_NE(shown(state).find("Votes left: 1 of 5."), std::string::npos);
}

TEST(Choosing, ResolvesAListIntoVotesThatCanBeSeenAndChanged) {
    State state = press(at(voting()), Name::enter).state;
    const Marks& marks = screen<Voting>(state).marks;
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(marks.given(0, i), 1U);
    EXPECT_EQ(marks.left(0), 0U);
    EXPECT_NE(shown(state).find("Your votes for the list The blue now stand with its people."),
              std::string::npos);
    state = pressed(std::move(state), {Name::down, Name::left});
    EXPECT_EQ(screen<Voting>(state).marks.given(0, 0), 0U);
}

TEST(Choosing, AsksAboutUnusedVotesAndGoesOnWithoutThem) {
    State state = pressed(at(voting()), {Name::down, Name::enter, Name::up, Name::up, Name::enter});
    EXPECT_EQ(screen<Voting>(state).stage, Stage::asking_unused);
    EXPECT_NE(shown(state).find("Votes left: 4 of 5."), std::string::npos);
    State back = pressed(std::move(state), {Name::enter});
    EXPECT_EQ(screen<Voting>(back).stage, Stage::choosing);
    state = pressed(std::move(back), {Name::up, Name::enter, Name::down, Name::enter});
    EXPECT_EQ(screen<Voting>(state).contest, 1U);
    EXPECT_EQ(screen<Voting>(state).stage, Stage::choosing);
}

TEST(Choosing, NeverSealsAnEmptyBallot) {
    State state = pressed(at(voting()), {Name::up, Name::enter});
    EXPECT_NE(shown(state).find("You have not given any vote"), std::string::npos);
    EXPECT_EQ(shown(state).find("Go on without them"), std::string::npos);
}

TEST(InvalidVote, IsApartFromTheOptionsAndAskedOnceMore) {
    const State plain = at(voting());
    for (const Item& item : items(plain)) EXPECT_NE(item.act, Act::ask_invalid);
    State menu = press(at(voting()), Name::escape).state;
    const auto all = items(menu);
    const auto place =
        std::find_if(all.begin(), all.end(), [](const Item& item) { return item.act == Act::ask_invalid; });
    ASSERT_NE(place, all.end());
    for (auto i = all.begin(); i != place; ++i) menu = press(std::move(menu), Name::down).state;
    State asked = press(std::move(menu), Name::enter).state;
    EXPECT_EQ(screen<Voting>(asked).stage, Stage::asking_invalid);
    asked = press(std::move(asked), Name::enter).state;  // the first choice is not to
    EXPECT_FALSE(screen<Voting>(asked).marks.is_invalid(0));
    State again = pressed(at(voting(Stage::asking_invalid)), {Name::down, Name::enter});
    EXPECT_TRUE(screen<Voting>(again).marks.is_invalid(0));
    EXPECT_EQ(screen<Voting>(again).contest, 1U);
}

TEST(Review, LeadsBackToWhatIsToBeChangedAndThenAgainToTheReview) {
    State state = at(voting(Stage::reviewing));
    auto& voting = std::get<Voting>(state.screen);
    voting.reviewed = true;
    voting.marks.give(0, 4);
    voting.marks.give(1, 1);
    state = pressed(std::move(state), {Name::down, Name::enter});
    EXPECT_EQ(screen<Voting>(state).contest, 0U);
    EXPECT_EQ(chosen(state)->which, 4U);
    state = pressed(std::move(state), {Name::right, Name::right, Name::page_down});
    while (chosen(state)->act != Act::finish) state = press(std::move(state), Name::down).state;
    state = pressed(std::move(state), {Name::enter, Name::down, Name::enter});
    EXPECT_EQ(screen<Voting>(state).stage, Stage::reviewing);
    EXPECT_EQ(screen<Voting>(state).marks.given(0, 4), 3U);
}

TEST(Sealed, WaitsForOneOfTwoClearWays) {
    State state = at(Deciding{{some_code(), {}}});
    EXPECT_NE(shown(state).find("Your ballot is sealed. It is NOT yet cast."), std::string::npos);
    EXPECT_TRUE(press(at(Deciding{{some_code(), {}}}), Name::enter).effects.empty());
    EXPECT_TRUE(asks<Cast>(press(pressed(std::move(state), {Name::down}), Name::enter)));
    State test = pressed(at(Deciding{{some_code(), {}}}), {Name::up, Name::enter});
    screen<AskingTest>(test);
    EXPECT_NE(shown(test).find("everyone will be able to read it"), std::string::npos);
    State back = press(std::move(test), Name::enter).state;
    screen<Deciding>(back);
    EXPECT_FALSE(back.cursor);
    State again = pressed(std::move(back), {Name::up, Name::enter, Name::down});
    EXPECT_TRUE(asks<console::Test>(press(std::move(again), Name::enter)));
}

TEST(Sealed, AsksForNothingBeforeTheCodeIsOnPaperOrCopied) {
    const auto unprinted = [] { return at(Deciding{{some_code(), unavailable("paper-out", "no paper")}}); };
    for (const Item& item : items(unprinted())) {
        EXPECT_NE(item.act, Act::cast);
        EXPECT_NE(item.act, Act::ask_test);
    }
    Step printed = answer(press(unprinted(), Name::enter), Printed{});
    EXPECT_FALSE(screen<Deciding>(printed.state).ballot.unprinted);
    State copied = pressed(unprinted(), {Name::down, Name::enter});
    EXPECT_TRUE(screen<Deciding>(copied).copied);
    EXPECT_FALSE(copied.cursor);
}

TEST(Leaving, IsAskedOnceMoreAndForgetsTheVisit) {
    State state = at(voting(), Overlay::leaving);
    EXPECT_EQ(press(at(voting(), Overlay::leaving), Name::enter).state.overlay, Overlay::none);
    Step left = press(pressed(std::move(state), {Name::down}), Name::enter);
    EXPECT_TRUE(asks<Forget>(left));
    screen<AskingPass>(left.state);
    EXPECT_EQ(left.state.desktop.manner, Manner{});
}

TEST(LostServer, IsToldTruthfullyAtEachStep) {
    const auto slow = [](What what) {
        State state = at(waiting(what));
        state.desktop.connected = false;
        return shown(state);
    };
    EXPECT_NE(slow(What::seal).find("It is NOT cast yet."), std::string::npos);
    EXPECT_NE(slow(What::cast).find("It is not known yet whether your vote is cast."), std::string::npos);
    EXPECT_NE(slow(What::seal).find("No connection"), std::string::npos);
    const State perhaps = at(Ended{{no_network().error, true}});
    EXPECT_NE(shown(perhaps).find("It is NOT known whether your vote is cast"), std::string::npos);
    const State not_cast = at(Ended{{conflict("ballot-expired", "ended")}});
    EXPECT_NE(shown(not_cast).find("Your vote is NOT cast"), std::string::npos);
    EXPECT_NE(shown(not_cast).find("This ballot will never be counted."), std::string::npos);
    const State refused = at(Ended{{conflict("no-open-submission", "none waits"), true}});
    EXPECT_EQ(shown(refused).find("The desk has ended this ballot."), std::string::npos);
}

TEST(BoothPass, ThatHasVotedIsNotSaidToHaveCastNothing) {
    const State voted = at(AskingPass{{}, {}, Failed{conflict("pass-cast", "cast")}});
    EXPECT_NE(shown(voted).find("A vote was already cast with this pass."), std::string::npos);
    EXPECT_EQ(shown(voted).find("No vote was cast."), std::string::npos);
    const State waits = at(AskingPass{{}, {}, Failed{conflict("submission-open", "waits")}});
    EXPECT_NE(shown(waits).find("No vote was cast."), std::string::npos);
}

// From pass to receipt, beside the choices themselves.
TEST(WholeVote, TakesAtMostTwelveKeys) {
    State state = answered_well(next(at(AskingPass{}), tty::Scan{pass::write_pass(some_pass())}));
    int keys = 0;
    const auto key = [&](Name name) {
        ++keys;
        state = answered_well(press(std::move(state), name));
    };
    key(Name::enter);                                              // language
    key(Name::enter);                                              // explanation
    state = pressed(std::move(state), {Name::down, Name::right});  // a choice
    while (chosen(state)->act != Act::give_list || *state.cursor != 0)
        state = press(std::move(state), Name::up).state;
    key(Name::up);
    key(Name::enter);  // finished
    key(Name::down);
    key(Name::enter);  // without the unused votes
    EXPECT_EQ(screen<Voting>(state).contest, 1U);
    state = press(std::move(state), Name::enter).state;          // a choice
    state = pressed(std::move(state), {Name::up, Name::enter});  // what a second contest adds
    EXPECT_EQ(screen<Voting>(state).stage, Stage::reviewing);
    key(Name::enter);  // seal
    key(Name::down);
    key(Name::enter);  // cast
    key(Name::enter);  // receipt
    key(Name::enter);  // done
    screen<AskingPass>(state);
    EXPECT_LE(keys, 12);
}

}  // namespace
}  // namespace stimme::booth::console
