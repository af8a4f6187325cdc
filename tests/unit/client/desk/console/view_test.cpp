// What the desk shows, as text at 80 columns and 24 lines, and at any other size.
#include "client/desk/console/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/desk/console/sentences.h"
#include "client/desk/console/sheets.h"
#include "tests/unit/client/desk/console/desk_fixture.h"

namespace stimme::desk::console {
namespace {

using namespace sample;
using testing::HasSubstr;
using testing::Not;

TEST(EveryFrame, FitsEveryTerminal) {
    for (const auto& [name, state] : all_states()) {
        for (const auto language : {words::Language::english(), words::Language::german()}) {
            State said = state;
            said.desktop.language = language;
            for (const tty::Size& size :
                 {tty::Size{80, 24}, tty::Size{81, 25}, tty::Size{200, 60}, tty::Size{79, 24},
                  tty::Size{80, 23}, tty::Size{10, 3}, tty::Size{1, 1}}) {
                const tty::Frame frame = view(said, size);
                EXPECT_EQ(frame.lines.size(), size.height) << name;
                for (const tty::Line& line : frame.lines) EXPECT_LE(tty::width_of(line), size.width) << name;
            }
        }
    }
}

// Nothing of a page is cut off on the smallest screen: one line is left between it and the keys.
TEST(EveryFrame, ShowsAllOfItsPageOnTheSmallestScreen) {
    for (const auto& [name, state] : all_states()) {
        for (const auto language : {words::Language::english(), words::Language::german()}) {
            State said = state;
            said.desktop.language = language;
            const std::string small = shown(said), large = shown(said, {80, 60});
            std::string without_gap = large;
            for (auto gap = without_gap.find("\n\n\n"); gap != std::string::npos;
                 gap = without_gap.find("\n\n\n"))
                without_gap.erase(gap, 1);
            std::string small_without_gap = small;
            for (auto gap = small_without_gap.find("\n\n\n"); gap != std::string::npos;
                 gap = small_without_gap.find("\n\n\n"))
                small_without_gap.erase(gap, 1);
            EXPECT_EQ(small_without_gap, without_gap) << name;
        }
    }
}

TEST(EveryFrame, NeverShowsAPass) {
    const std::string pass = pass::write_pass(some_pass());
    for (const auto& [name, state] : all_states()) {
        const std::string text = shown(state);
        for (std::size_t group = 0; group < pass.size(); group += 6)
            EXPECT_THAT(text, Not(HasSubstr(pass.substr(group, 5)))) << name;
    }
}

TEST(EveryFrame, NamesAPersonOnlyWhereSomebodyIsLookedUp) {
    for (const auto& [name, state] : all_states()) {
        const bool about_one =
            std::holds_alternative<Hits>(state.screen) || std::holds_alternative<Person>(state.screen) ||
            std::holds_alternative<AskingMembers>(state.screen) ||
            std::holds_alternative<ConfirmPaper>(state.screen) || name.starts_with("asking who has come");
        EXPECT_EQ(shown(state).find("Hadžić") != std::string::npos, about_one) << name;
    }
}

TEST(EveryFrame, ShowsTheStatusLineAndTheKeys) {
    for (const auto& [name, state] : all_states()) {
        const std::string text = shown(state);
        const std::string first = text.substr(0, text.find('\n'));
        EXPECT_THAT(first, HasSubstr("Altstadt · desk-altstadt")) << name;
        EXPECT_THAT(first, HasSubstr("08:00")) << name;
        EXPECT_THAT(first, HasSubstr("checked in: 11")) << name;
        EXPECT_THAT(first, HasSubstr(state.desktop.connected ? "connected" : "NO CONNECTION")) << name;
        EXPECT_THAT(text, HasSubstr("F12")) << name;
    }
}

TEST(EveryFrame, IsSaidInGermanAsWell) {
    for (auto [name, state] : all_states()) {
        const std::string english = shown(state);
        state.desktop.language = words::Language::german();
        EXPECT_NE(shown(state), english) << name;
    }
}

TEST(Frames, HomeAsText) {
    EXPECT_EQ(shown({at_work(), Home{{"hadzic"}, {}}}),
              " Altstadt · desk-altstadt                    connected   08:00   checked in: 11\n"
              "\n"
              "  The next voter\n"
              "\n"
              "  Scan the voting notice, or type name, date of birth or number.\n"
              "\n"
              "  Voter: hadzic\n" +
                  std::string(15, '\n') +
                  "  Enter  Search    F1  Help    F2  Pass    F3  Booths    F4  Person of trust\n"
                  "  F9  Close the station    F10  Leave    F12  Deutsch\n");
}

TEST(Frames, PersonShowsNameYearAddressAndWhatToDo) {
    const std::string text = shown({at_work(), Person{voter(), {}}});
    for (const char* words : {"Hadžić, Mohammad", "1975", "Alter Markt 6, 39104 Magdeburg", "10000008",
                              "May vote.", "F5  Check in"})
        EXPECT_THAT(text, HasSubstr(words));
    EXPECT_THAT(text, Not(HasSubstr("12-12")));
}

TEST(Frames, CauseComesFirstWhereSomebodyMayNotVote) {
    const std::string text = shown({at_work(), Person{not_eligible(), {}}});
    const auto cause = text.find("minimum age"), advice = text.find("Only the election office");
    EXPECT_LT(cause, advice);
    EXPECT_NE(advice, std::string::npos);
    EXPECT_THAT(text, Not(HasSubstr("F5")));
}

TEST(Frames, WhereSomebodyWasCheckedInIsTold) {
    EXPECT_THAT(shown({at_work(), Person{checked_in("buckau"), {}}}),
                HasSubstr("at the station Volksbad Buckau"));
    EXPECT_THAT(shown({at_work(), Person{checked_in(), {}}}), HasSubstr("already, here"));
}

TEST(Frames, AddressUnderARegisterBlockIsNamedAsSecret) {
    EXPECT_THAT(shown({at_work(), Person{blocked(), {}}}), HasSubstr("register block"));
}

TEST(Frames, PollingCardIsNamedWithWhatToDo) {
    const std::string text = shown({at_work(), Person{with_card(), {}}});
    EXPECT_THAT(text, HasSubstr("Polling card"));
    EXPECT_THAT(text, HasSubstr("Only with their polling card"));
}

TEST(Frames, ClosingSheetNamesMovesAndConflicts) {
    const auto sheet =
        closing_sheet(Tongue(words::Language::english()), station(), closing(true), "", {}, eight_o_clock);
    ASSERT_EQ(sheet.notes.size(), 2U);
    EXPECT_EQ(sheet.notes[0], "Check-in moved from 10000008 to 10000009 by A. Arendt and B. Brecht.");
    EXPECT_EQ(sheet.notes[1], "On paper, but checked in, too: 10000009. It is: Volksbad Buckau.");
}

TEST(Frames, OtherStationIsNamedWithItsAddress) {
    EXPECT_THAT(shown(all_states().at("told: other station")), HasSubstr("It is: Buckau, Schönebecker"));
}

TEST(Frames, NetworkThatIsGoneIsSaidOnEveryScreenWithWhatToDo) {
    for (const auto& [name, state] : all_states()) {
        if (state.desktop.connected) continue;
        const std::string text = shown(state);
        EXPECT_THAT(text, HasSubstr("Nobody can be checked in.")) << name;
        EXPECT_THAT(text, HasSubstr("from the printed roll")) << name;
    }
}

TEST(Frames, UnansweredCheckInDoesNotPretend) {
    const std::string text = shown(all_states().at("checking in, unanswered, no network"));
    EXPECT_THAT(text, HasSubstr("NO answer"));
    EXPECT_THAT(text, Not(HasSubstr("printed.")));
    EXPECT_THAT(text, HasSubstr("repeated by itself"));
}

TEST(Frames, NamesFromTheRegisterCannotSteerTheTerminal) {
    wire::VoterView evil = voter();
    evil.family_name = "\x1b[2J\x07Evil";
    evil.address = "a\nb";
    for (const State& state :
         {State{at_work(), Person{evil, {}}}, State{at_work(), Hits{{evil, evil}, 0, {}}}}) {
        EXPECT_THAT(shown(state), Not(HasSubstr("\x1b")));
        EXPECT_THAT(shown(state), Not(HasSubstr("\x07")));
    }
}

TEST(Frames, ChosenRowOfALongListIsSeen) {
    State state = all_states().at("many hits");
    auto& hits = std::get<Hits>(state.screen);
    for (std::size_t i = 0; i < hits.voters.size(); ++i)
        hits.voters[i].given_names = "Number" + std::to_string(i);
    for (hits.chosen = 0; hits.chosen < 50; ++hits.chosen)
        EXPECT_THAT(shown(state), HasSubstr("> Hadžić, Number" + std::to_string(hits.chosen) + " "));
}

TEST(Frames, SmallWindowSaysSoAndNothingElse) {
    const std::string text = shown({at_work(), Person{voter(), {}}}, {60, 20});
    EXPECT_THAT(text, HasSubstr("too small"));
    EXPECT_THAT(text, Not(HasSubstr("Hadžić")));
}

TEST(Reasons, PaperThatIsMissingIsAMatterOfThePrinterWhateverItsCode) {
    const Tongue t(words::Language::english());
    for (const char* code : {"paper-out", "printer-empty", "file-unwritable", "queue-stopped"})
        EXPECT_EQ(explain_unprinted(t, unavailable(code, "x")).cause, "The printer hasn't printed.");
    EXPECT_THAT(explain_unprinted(t, unavailable("print-interrupted", "x")).advice, HasSubstr("destroy"));
}

TEST(Reasons, EveryCodeThatADeskMeetsHasCauseAndAdvice) {
    const Tongue t(words::Language::english());
    const std::string unknown = explain(t, Failed{conflict("never-heard-of", "x")}).cause;
    for (const char* code :
         {"already-checked-in",  "voter-not-eligible",  "voter-other-station", "voter-without-station",
          "voter-being-struck",  "voter-not-found",     "notice-code-wrong",   "polls-not-open",
          "already-on-paper",    "polling-card-issued", "style-differs",       "members-missing",
          "move-refused",        "paper-vote-unknown",  "station-closed",      "roll-behind",
          "log-behind",          "log-forked",          "pass-tag-wrong",      "pass-typo",
          "pass-submitted",      "pass-cast",           "pass-voided",         "voter-not-checked-in",
          "no-open-submission",  "submission-open",     "requests-pending",    "role-folder-in-use",
          "network-unreachable", "network-timeout",     "tls-untrusted",       "certificate-expired"}) {
        const Explanation why = explain(t, Failed{conflict(code, "x")});
        EXPECT_NE(why.cause, unknown) << code;
        EXPECT_FALSE(why.advice.empty()) << code;
    }
}

}  // namespace
}  // namespace stimme::desk::console
