// What each key does on each screen, and that no act happens twice.
#include "client/desk/console/screen.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/unit/client/desk/console/desk_fixture.h"

namespace stimme::desk::console {
namespace {

using namespace sample;
using Name = tty::Key::Name;

// Whether it changes something outside the screen.
bool is_act(const Effect& effect) {
    const auto* send = std::get_if<Send>(&effect);
    if (send == nullptr) return true;  // Quit
    return std::visit(
        [](const auto& ask) {
            using Ask = std::decay_t<decltype(ask)>;
            return !(std::is_same_v<Ask, Connect> || std::is_same_v<Ask, CountZero> ||
                     std::is_same_v<Ask, Repeat> || std::is_same_v<Ask, FindVoters> ||
                     std::is_same_v<Ask, ReadPass> || std::is_same_v<Ask, ReadClosing>);
        },
        send->ask);
}

std::size_t acts_in(const std::vector<Effect>& effects) {
    return static_cast<std::size_t>(std::count_if(effects.begin(), effects.end(), is_act));
}

// What a server and a printer that work would say.
struct AllGoesWell {
    Answer operator()(const Connect&) const { return Connected{station(), true, false}; }
    Answer operator()(const CountZero&) const { return ZeroCounted{{}, 0}; }
    Answer operator()(const OpenStation&) const { return StationOpened{}; }
    Answer operator()(const Repeat&) const { return Repeated{{{"10000008", some_pass(), {}}}, {}}; }
    Answer operator()(const FindVoters&) const { return VotersFound{{voter()}}; }
    Answer operator()(const CheckIn& ask) const { return PassMade{ask.voter, some_pass(), {}}; }
    Answer operator()(const PrintAgain&) const { return PrintedAgain{}; }
    Answer operator()(const TakeBack&) const { return TakenBack{}; }
    Answer operator()(const MoveCheckIn&) const { return Moved{}; }
    Answer operator()(const MarkPaper& ask) const { return PaperMarked{{ask.withdrawn ? 0U : 1U, 0, {}}}; }
    Answer operator()(const ReadPass&) const {
        return PassRead{pass_state(wire::PassStateAnswer::Status::submitted)};
    }
    Answer operator()(const EndBallot&) const { return BallotEnded{}; }
    Answer operator()(const UnlockBooth&) const { return BoothUnlocked{}; }
    Answer operator()(const NoteHelp&) const { return HelpNoted{}; }
    Answer operator()(const ReadClosing&) const { return ClosingRead{closing(false)}; }
    Answer operator()(const SignClosing&) const { return ClosingSigned{0, {}}; }
};

Step answer(Step step, const Answer& answer) {
    const auto& send = std::get<Send>(step.effects.at(0));
    return next(std::move(step.state), Answered{send.number, answer, {13, 1}});
}
Step well(Step step) {
    return answer(step, std::visit(AllGoesWell{}, std::get<Send>(step.effects.at(0)).ask));
}
Step press(const State& state, const tty::Key& key) {
    return next(state, key);
}
Step press(const State& state, unsigned function) {
    return next(state, tty::function_key(function));
}
Step press(const State& state, Name name) {
    return next(state, tty::named_key(name));
}
template <class Wanted>
const Wanted& screen(const Step& step) {
    EXPECT_TRUE(std::holds_alternative<Wanted>(step.state.screen)) << shown(step.state);
    return std::get<Wanted>(step.state.screen);
}
template <class Wanted>
const Wanted& asked(const Step& step) {
    return std::get<Wanted>(std::get<Send>(step.effects.at(0)).ask);
}
State type(State state, std::string_view text) {
    for (const char letter : text) state = press(state, tty::letter_key(static_cast<char32_t>(letter))).state;
    return state;
}
State home() {
    return {at_work(), Home{}};
}

TEST(EveryScreen, IsAmongTheStatesOfTheseTests) {
    std::set<std::size_t> kinds;
    for (const auto& [name, state] : all_states()) kinds.insert(state.screen.index());
    EXPECT_EQ(kinds.size(), std::variant_size_v<Screen::variant>);
}

TEST(EveryScreen, DoesOnlyWhatItsKeysSay) {
    for (const auto& [name, state] : all_states()) {
        const auto offered = choices(state);
        for (const tty::Key& key : all_keys()) {
            const bool known =
                std::any_of(offered.begin(), offered.end(), [&](const Choice& c) { return c.key == key; });
            const Step step = press(state, key);
            if (known) continue;
            EXPECT_TRUE(step.effects.empty()) << name;
            EXPECT_EQ(step.state.screen.index(), state.screen.index()) << name;
        }
    }
}

TEST(EveryScreen, HasOneMeaningForAKeyAndAWayOut) {
    for (const auto& [name, state] : all_states()) {
        const auto offered = choices(state);
        for (std::size_t i = 0; i < offered.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(offered[i].key == offered[j].key) << name;
        }
        const bool busy = std::holds_alternative<Waiting>(state.screen);
        EXPECT_TRUE(busy || offered.size() > 1) << name;
    }
}

TEST(EveryScreen, LetsNoHurriedKeyAct) {
    for (const auto& [name, state] : all_states()) {
        for (tty::Key key : all_keys()) {
            key.hurried = true;
            EXPECT_EQ(acts_in(press(state, key).effects), 0U) << name;
        }
    }
}

// The server and the printer answer at once, so that the key meets every screen that follows.
TEST(EveryScreen, ActsAtMostOnceForAKeyThatIsPressedAgainAndAgain) {
    for (const auto& [name, state] : all_states()) {
        for (const tty::Key& key : all_keys()) {
            State now = state;
            std::size_t acts = 0;
            bool over = false;
            for (int i = 0; i < 12 && !over; ++i) {
                Step step = press(now, key);
                acts += acts_in(step.effects);
                while (!step.effects.empty() && !over) {
                    over = std::holds_alternative<Quit>(step.effects[0]);
                    if (!over) step = well(std::move(step));
                }
                now = step.state;
            }
            EXPECT_LE(acts, 1U) << name << " key " << static_cast<int>(key.name) << "/" << key.function;
        }
    }
}

TEST(EveryScreen, AsksTheServerNothingWithoutNetwork) {
    for (const auto& [name, state] : all_states()) {
        if (state.desktop.connected) continue;
        for (const tty::Key& key : all_keys()) {
            for (const Effect& effect : press(state, key).effects) {
                const auto* send = std::get_if<Send>(&effect);
                if (send == nullptr) continue;
                const bool local = std::holds_alternative<OpenStation>(send->ask) ||
                                   std::holds_alternative<PrintAgain>(send->ask) ||
                                   std::holds_alternative<NoteHelp>(send->ask) ||
                                   std::holds_alternative<Connect>(send->ask);
                EXPECT_TRUE(local) << name;
            }
        }
        EXPECT_TRUE(next(state, tty::Scan{"10000008"}).effects.empty()) << name;
    }
}

TEST(EveryScreen, SurvivesAnyScanAndTheClock) {
    for (const auto& [name, state] : all_states()) {
        for (const std::string& text : {std::string(), std::string("\x1b[2J"), std::string(5000, 'x'),
                                        std::string("10000008:00"), pass::write_pass(some_pass())}) {
            const Step step = next(state, tty::Scan{text});
            EXPECT_EQ(acts_in(step.effects), 0U) << name;
        }
        EXPECT_EQ(acts_in(next(state, Ticked{eight_o_clock}).effects), 0U) << name;
        EXPECT_EQ(acts_in(next(state, LinkChanged{true}).effects), 0U) << name;
        EXPECT_TRUE(next(state, Answered{999, PassMade{"1", some_pass(), {}}, {}}).effects.empty()) << name;
    }
}

TEST(CheckingIn, TakesOneKeyFromScanToPass) {
    Step step = next(home(), tty::Scan{"10000008:000102030405060708090a0b0c0d0e0f"});
    EXPECT_EQ(asked<FindVoters>(step).query, "10000008:000102030405060708090a0b0c0d0e0f");
    step = well(step);
    screen<Person>(step);
    step = press(step.state, 5);
    EXPECT_EQ(asked<CheckIn>(step).voter, "10000008");
    step = well(step);
    EXPECT_FALSE(screen<PassGiven>(step).made.unprinted);
    EXPECT_EQ(step.state.desktop.counts, (Counts{13, 1}));
    step = press(step.state, Name::enter);
    EXPECT_EQ(screen<Home>(step).message.told, Told::pass_handed_over);
}

TEST(CheckingIn, TypedSearchLeadsToAListAndAPerson) {
    Step step = press(type(home(), "hadzic"), Name::enter);
    EXPECT_EQ(asked<FindVoters>(step).query, "hadzic");
    step = answer(step, VotersFound{{voter(), checked_in()}});
    screen<Hits>(step);
    step = press(press(step.state, Name::down).state, Name::enter);
    EXPECT_EQ(screen<Person>(step).voter.number, "10000009");
    EXPECT_TRUE(press(step.state, 5).effects.empty()) << "was checked in before";
}

TEST(Hits, AreMovedThroughByRowsAndPagesAndNotBeyond) {
    State state = all_states().at("many hits");
    const auto chosen = [&] { return std::get<Hits>(state.screen).chosen; };
    for (const auto& [key, row] : std::vector<std::pair<Name, std::size_t>>{{Name::down, 49},
                                                                            {Name::page_up, 39},
                                                                            {Name::up, 38},
                                                                            {Name::page_down, 48},
                                                                            {Name::page_down, 49}}) {
        state = press(state, key).state;
        EXPECT_EQ(chosen(), row);
    }
    for (int i = 0; i < 9; ++i) state = press(state, Name::page_up).state;
    EXPECT_EQ(chosen(), 0U);
}

TEST(CheckingIn, IsNotOfferedToWhoMayNotVote) {
    for (const wire::VoterView& person : {checked_in(), checked_in("buckau"), not_eligible()})
        EXPECT_TRUE(press({at_work(), Person{person, {}}}, 5).effects.empty());
}

TEST(CheckingIn, LostAnswerIsRepeatedOnceTheNetworkIsBackAndNothingElseIsAsked) {
    Step step = answer(press({at_work(), Person{voter(), {}}}, 5), no_network(true));
    step = next(step.state, LinkChanged{false});
    for (const tty::Key& key : all_keys()) {
        if (key == tty::function_key(10)) continue;
        EXPECT_TRUE(press(step.state, key).effects.empty());
    }
    for (int i = 0; i < 10; ++i) {
        step = next(step.state, Ticked{eight_o_clock});
        EXPECT_TRUE(step.effects.empty());
    }
    step = next(step.state, LinkChanged{true});
    asked<Repeat>(step);
    const Step repeated = step;
    for (int i = 0; i < 10; ++i) {
        step = next(step.state, Ticked{eight_o_clock});
        EXPECT_TRUE(step.effects.empty()) << "the answer is still outstanding";
    }
    const auto number = std::get<Send>(repeated.effects[0]).number;
    step = next(step.state, Answered{number, Repeated{{{"10000008", some_pass(), {}}}, {}}, {13, 1}});
    EXPECT_EQ(screen<PassGiven>(step).made.voter, "10000008");
}

TEST(CheckingIn, RepeatsAgainAndAgainWhileTheServerFails) {
    Step step = answer(press({at_work(), Person{voter(), {}}}, 5), no_network(true));
    unsigned repeats = 0;
    for (int second = 0; second < 30; ++second) {
        step = next(step.state, Ticked{eight_o_clock});
        if (step.effects.empty()) continue;
        ++repeats;
        step = answer(step, no_network(true));
    }
    EXPECT_GE(repeats, 5U);
    EXPECT_LE(repeats, 10U);
}

TEST(CheckingIn, RefusalSaysWhyAndChangesNothing) {
    const Step step =
        answer(press({at_work(), Person{voter(), {}}}, 5),
               Failed{conflict("already-checked-in", "at the station buckau"), false, "Buckau"});
    EXPECT_EQ(screen<Telling>(step).message.told, Told::failed);
    EXPECT_TRUE(std::holds_alternative<Home>(press(step.state, Name::enter).state.screen));
}

TEST(Printing, FailureIsToldAndThePassStaysUntilItIsPrintedOrTakenBack) {
    const Error no_paper = unavailable("printer-empty", "no paper");
    Step step =
        answer(press({at_work(), Person{voter(), {}}}, 5), PassMade{"10000008", some_pass(), no_paper});
    EXPECT_TRUE(screen<PassGiven>(step).made.unprinted);
    EXPECT_TRUE(std::holds_alternative<PassGiven>(press(step.state, Name::enter).state.screen));
    step = press(step.state, 6);
    EXPECT_EQ(asked<PrintAgain>(step).pass, some_pass());
    step = answer(step, PrintedAgain{no_paper});
    EXPECT_TRUE(screen<PassGiven>(step).made.unprinted);
    step = well(press(step.state, 6));
    EXPECT_FALSE(screen<PassGiven>(step).made.unprinted);
    EXPECT_TRUE(press(step.state, 6).effects.empty()) << "there are two slips already";
}

TEST(Printing, WrongPersonIsTakenBackAtOnce) {
    Step step = press({at_work(), PassGiven{{"10000008", some_pass(), {}}, false, {}}}, 7);
    EXPECT_TRUE(step.effects.empty());
    EXPECT_TRUE(std::holds_alternative<PassGiven>(press(step.state, Name::escape).state.screen));
    step = press(step.state, Name::enter);
    EXPECT_EQ(asked<TakeBack>(step).voter, "10000008");
    EXPECT_EQ(screen<Telling>(well(step)).message.told, Told::taken_back);
}

TEST(Printing, TakingBackThatIsRefusedLeadsBackToThePass) {
    Step step =
        press(press({at_work(), PassGiven{{"10000008", some_pass(), {}}, false, {}}}, 7).state, Name::enter);
    step = answer(step, Failed{conflict("pass-submitted", "a ballot was submitted"), false, {}});
    step = press(step.state, Name::enter);
    screen<PassGiven>(step);
}

TEST(Opening, TakesNineNamesAndGivesThemBack) {
    State state{at_work(), Opening{}};
    state.desktop.opened = false;
    for (int i = 0; i < 12; ++i) state = press(type(state, "Name"), Name::enter).state;
    EXPECT_EQ(std::get<Opening>(state.screen).present.size(), 9U);
    for (int i = 0; i < 8; ++i) state = press(state, Name::backspace).state;
    EXPECT_EQ(std::get<Opening>(state.screen).present.size(), 1U);
    state = press(press(type(state, "A"), Name::backspace).state, Name::enter).state;
    EXPECT_EQ(std::get<Opening>(state.screen).present.size(), 1U);
}

TEST(Printing, SlipOfBeforeTheRestartIsToldAsADuplicate) {
    Step step = answer(press({at_work(), Person{voter(), {}}}, 5), no_network(true));
    step = next(next(step.state, LinkChanged{false}).state, LinkChanged{true});
    PassMade made{"10000008", some_pass(), {}, true};
    EXPECT_TRUE(screen<PassGiven>(answer(step, Repeated{{made}, {}})).printed_again);
}

TEST(Returning, ScansThePassThenTheNotice) {
    Step step = press(home(), 2);
    step = next(step.state, tty::Scan{pass::write_pass(some_pass())});
    EXPECT_EQ(asked<ReadPass>(step).pass, some_pass());
    step = answer(step, PassRead{pass_state(wire::PassStateAnswer::Status::unused)});
    step = press(step.state, 7);
    EXPECT_EQ(std::get<Returning>(screen<AskingWho>(step).purpose).pass, some_pass());
    step = next(step.state, tty::Scan{"10000009"});
    step = answer(step, VotersFound{{checked_in()}});
    step = press(step.state, 7);
    EXPECT_EQ(asked<TakeBack>(step).voter, "10000009");
    EXPECT_EQ(asked<TakeBack>(step).pass, some_pass());
}

TEST(Returning, PassOfSomebodyCheckedInElsewhereIsNotTaken) {
    EXPECT_TRUE(press({at_work(), Person{checked_in("buckau"), Returning{some_pass()}}}, 7).effects.empty());
    EXPECT_TRUE(press({at_work(), Person{voter(), Returning{some_pass()}}}, 7).effects.empty());
}

TEST(Returning, LostAnswerIsRepeated) {
    Step step = answer(press({at_work(), Person{checked_in(), Returning{some_pass()}}}, 7), no_network(true));
    step = next(next(step.state, LinkChanged{false}).state, LinkChanged{true});
    asked<Repeat>(step);
    EXPECT_EQ(screen<Telling>(answer(step, Repeated{})).message.told, Told::taken_back);
}

// From the person who was checked in to the one who has come.
Step moving_to(const wire::VoterView& right) {
    Step step = press({at_work(), Person{checked_in(), {}}}, 8);
    step = next(type(step.state, "hadzic"), tty::named_key(Name::enter));
    return press(answer(step, VotersFound{{right}}).state, 8);
}

TEST(Moving, NeedsTwoMembersOfTheBoardAndAYes) {
    Step step = moving_to(voter());
    EXPECT_TRUE(press(step.state, 5).effects.empty());
    step = press(press(step.state, Name::enter).state, Name::down);  // the first, then to the second
    EXPECT_TRUE(press(step.state, 5).effects.empty());
    step = press(press(step.state, Name::enter).state, 5);
    const wire::MoveRequest& what = asked<MoveCheckIn>(step).what;
    EXPECT_EQ(what.from, "10000009");
    EXPECT_EQ(what.to, "10000008");
    EXPECT_EQ(what.members, (std::vector<std::string>{"A. Arendt", "B. Brecht"}));
    EXPECT_EQ(screen<Telling>(answer(step, Moved{})).message.told, Told::moved);
}

TEST(Moving, AMemberIsChosenOnceAndCanBeUnchosen) {
    const Step once = press(moving_to(voter()).state, Name::enter);
    EXPECT_EQ(screen<AskingMembers>(once).members.size(), 1U);
    EXPECT_TRUE(screen<AskingMembers>(press(once.state, Name::enter)).members.empty());
}

TEST(Moving, ThirdMemberIsNotTaken) {
    Step step = moving_to(voter());
    for (int i = 0; i < 3; ++i) step = press(press(step.state, Name::enter).state, Name::down);
    EXPECT_EQ(screen<AskingMembers>(step).members.size(), 2U);
}

TEST(Moving, GoesOnlyToSomebodyWhoMayVoteOnTheSamePaperAndHasNot) {
    for (const auto& wrong : {not_eligible(), checked_in("buckau"), on_paper(), of_other_style()})
        screen<Person>(moving_to(wrong));
}

TEST(Moving, IsOnlyOfSomebodyWhoWasCheckedInHere) {
    for (const auto& wrong : {voter(), checked_in("buckau"), on_paper()})
        screen<Person>(press({at_work(), Person{wrong, {}}}, 8));
}

TEST(Moving, LostAnswerIsRepeated) {
    Step step = moving_to(voter());
    step = press(press(press(step.state, Name::enter).state, Name::down).state, Name::enter);
    step = answer(press(step.state, 5), no_network(true));
    step = next(next(step.state, LinkChanged{false}).state, LinkChanged{true});
    asked<Repeat>(step);
    EXPECT_EQ(screen<Telling>(answer(step, Repeated{})).message.told, Told::moved);
}

TEST(Paper, IsEnteredAfterAYes) {
    Step step = press({at_work(), Person{voter(), {}}}, 6);
    EXPECT_TRUE(step.effects.empty());
    step = press(step.state, Name::enter);
    EXPECT_EQ(asked<MarkPaper>(step).voter, "10000008");
    EXPECT_FALSE(asked<MarkPaper>(step).withdrawn);
    EXPECT_EQ(screen<Home>(answer(step, PaperMarked{{1, 0, {}}})).message.told, Told::on_paper);
    EXPECT_EQ(screen<Home>(answer(step, PaperMarked{{0, 1, {}}})).message.told, Told::paper_again);
}

TEST(Paper, ConflictIsToldOnAScreenOfItsOwn) {
    const Step step = press(press({at_work(), Person{checked_in("buckau"), {}}}, 6).state, Name::enter);
    const wire::PaperConflict conflict{"10000009", "already-checked-in", StationId("buckau")};
    EXPECT_EQ(screen<Telling>(answer(step, PaperMarked{{0, 0, {conflict}}})).message.told,
              Told::paper_conflict);
}

TEST(Paper, EnteredHereByMistakeIsWithdrawn) {
    const Step step = press(press({at_work(), Person{on_paper(), {}}}, 6).state, Name::enter);
    EXPECT_TRUE(asked<MarkPaper>(step).withdrawn);
    EXPECT_EQ(screen<Home>(answer(step, PaperMarked{{1, 0, {}}})).message.told, Told::paper_withdrawn);
}

TEST(Paper, NoLeadsBackToThePerson) {
    screen<Person>(press(press({at_work(), Person{voter(), {}}}, 6).state, Name::escape));
}

TEST(Paper, WhoVotedOnItIsNotCheckedIn) {
    EXPECT_TRUE(press({at_work(), Person{on_paper("buckau"), {}}}, 5).effects.empty());
}

TEST(CheckingIn, WithAPollingCardSaysThatItWasHandedIn) {
    EXPECT_TRUE(asked<CheckIn>(press({at_work(), Person{with_card(), {}}}, 5)).card_taken);
    EXPECT_FALSE(asked<CheckIn>(press({at_work(), Person{voter(), {}}}, 5)).card_taken);
}

TEST(Passes, ScannedAtHomeIsLookedUp) {
    const Step step = next(home(), tty::Scan{pass::write_pass(some_pass())});
    EXPECT_EQ(asked<ReadPass>(step).pass, some_pass());
}

TEST(Passes, TypingErrorIsToldBeforeAnythingIsAsked) {
    std::string text = pass::write_pass(some_pass());
    text[0] = text[0] == 'A' ? 'B' : 'A';
    const Step step = press(type({at_work(), AskingPass{}}, text), Name::enter);
    EXPECT_TRUE(step.effects.empty());
    EXPECT_EQ(screen<AskingPass>(step).wrong->code, "pass-typo");
}

TEST(Passes, BallotLeftInABoothIsEndedAfterAQuestion) {
    Step step = press(all_states().at("pass in a booth"), 8);
    screen<ConfirmEnd>(step);
    step = press(step.state, Name::enter);
    EXPECT_EQ(asked<EndBallot>(step).pass, some_pass());
    EXPECT_EQ(screen<Telling>(well(step)).message.told, Told::ballot_ended);
}

TEST(Booths, ChosenOneIsUnlocked) {
    Step step = press(press(press(home(), 3).state, Name::down).state, Name::enter);
    EXPECT_EQ(asked<UnlockBooth>(step).booth, SignerId("booth-2"));
}

TEST(PersonOfTrust, IsNotedAfterAQuestion) {
    Step step = press(home(), 4);
    EXPECT_TRUE(step.effects.empty());
    step = press(step.state, Name::enter);
    asked<NoteHelp>(step);
    EXPECT_EQ(screen<Home>(well(step)).message.told, Told::help_noted);
}

TEST(Opening, NeedsTwoNamesAndTheCount) {
    Step step = first_step(words::Language::english());
    step = answer(step, Connected{station(), false, false});
    asked<CountZero>(step);
    step = well(step);
    EXPECT_TRUE(press(step.state, 5).effects.empty());
    State state = press(type(step.state, "Arendt"), Name::enter).state;
    EXPECT_TRUE(press(state, 5).effects.empty());
    state = press(type(state, "Brecht"), Name::enter).state;
    step = press(state, 5);
    EXPECT_EQ(asked<OpenStation>(step).present, (std::vector<std::string>{"Arendt", "Brecht"}));
    EXPECT_EQ(screen<Home>(well(step)).message.told, Told::opened);
}

TEST(Starting, WhatWasUnansweredBeforeComesFirst) {
    Step step = answer(first_step(words::Language::english()), Connected{station(), true, true});
    asked<Repeat>(step);
    step = answer(step, Repeated{{{"1", some_pass(), {}}, {"2", some_pass(), {}}}, {}});
    EXPECT_EQ(screen<PassGiven>(step).more.size(), 1U);
    step = press(step.state, Name::enter);
    EXPECT_EQ(screen<PassGiven>(step).made.voter, "2");
    screen<Home>(press(step.state, Name::enter));
}

TEST(Starting, TriesAgainByItselfWithoutAServer) {
    Step step = answer(first_step(words::Language::english()), no_network());
    screen<Starting>(step);
    unsigned tries = 0;
    for (int second = 0; second < 4; ++second) {
        step = next(step.state, Ticked{eight_o_clock});
        tries += step.effects.empty() ? 0 : 1;
    }
    EXPECT_EQ(tries, 1U);
}

TEST(ClosingTheStation, DifferenceMustBeExplained) {
    const State differs = all_states().at("closing with a difference");
    EXPECT_TRUE(press(differs, 5).effects.empty());
    const Step step = press(type(differs, "torn slip"), 5);
    EXPECT_EQ(asked<SignClosing>(step).explanation, "torn slip");
    screen<Closed>(well(step));
    EXPECT_FALSE(press(all_states().at("closing"), 5).effects.empty());
}

TEST(Privacy, NobodyStaysOnAScreenThatNobodyLooksAt) {
    Step step{State{at_work(), Person{voter(), {}}}, {}};
    for (int second = 0; second < 179; ++second) step = next(step.state, Ticked{eight_o_clock});
    screen<Person>(step);
    screen<Home>(next(step.state, Ticked{eight_o_clock}));
}

TEST(Privacy, LateAnswerOfAnAbandonedSearchIsNotShown) {
    const Step asking = press(type(home(), "hadzic"), Name::enter);
    const auto number = std::get<Send>(asking.effects[0]).number;
    const Step step = press(asking.state, Name::escape);
    screen<Home>(next(step.state, Answered{number, VotersFound{{voter()}}, {}}));
}

TEST(Typing, WritesDeletesAndStopsAtTheWidth) {
    Field field;
    for (int i = 0; i < 200; ++i) field.take(tty::letter_key(U'ß'));
    EXPECT_EQ(field.text.size(), 2 * Field::longest);
    field.take(tty::named_key(Name::backspace));
    EXPECT_EQ(field.text.size(), 2 * Field::longest - 2);
    for (int i = 0; i < 200; ++i) field.take(tty::named_key(Name::backspace));
    EXPECT_TRUE(field.text.empty());
}

}  // namespace
}  // namespace stimme::desk::console
