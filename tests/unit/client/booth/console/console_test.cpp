// Whole votes on a scripted terminal, with the invented election of practice: every part is real but
// terminal, printer and voice.
#include "client/booth/console/console.h"

#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/booth/console/practice.h"
#include "client/booth/console/voting_backend.h"
#include "client/booth/opened_ballot.h"
#include "client/tty/scripted_terminal.h"
#include "core/ballot/opening.h"
#include "tests/unit/client/booth/console/screen_fixture.h"

namespace stimme::booth::console {
namespace {

using namespace sample;
using testing::HasSubstr;
using testing::Not;
using Cue = tty::ScriptedTerminal::Cue;
using Name = tty::Key::Name;

struct LinkOnOff final : session::Link {
    std::atomic<bool> on{true};
    bool up() const override { return on; }
};

// Keeps what it prints; has no paper as often as it is told.
struct RecordingPrinter final : printer::Printer {
    Status print(const print::Document& document) override {
        if (failures > 0) {
            --failures;
            return unavailable("paper-out", "the printer has no paper: put in a new roll");
        }
        sheets.push_back(print::sheet_of(document));
        return {};
    }
    std::string name() const override { return "recording"; }
    int failures = 0;
    std::vector<print::Sheet> sheets;
};

struct RecordingVoice final : voice::Voice {
    bool speaks(words::Language language) const override { return language.tag() != "tr"; }
    void say(const std::string& text, words::Language language) override {
        said.emplace_back(language.tag(), text);
    }
    void stop() override { ++stops; }
    std::string all() const {
        std::string text;
        for (const auto& [tag, words] : said) text += words + "\n";
        return text;
    }
    std::vector<std::pair<std::string, std::string>> said;
    int stops = 0;
};

std::string text_of(const print::Sheet& sheet) {
    std::string text;
    for (const print::Block& block : sheet.blocks) {
        if (const auto* paragraph = std::get_if<print::Paragraph>(&block)) text += paragraph->text + "\n";
        if (const auto* heading = std::get_if<print::Heading>(&block)) text += heading->text + "\n";
        if (const auto* alarm = std::get_if<print::Alarm>(&block)) text += alarm->text + "\n";
    }
    return text;
}
std::string code_in(const print::Sheet& sheet) {
    for (const print::Block& block : sheet.blocks) {
        if (const auto* code = std::get_if<print::Code>(&block)) return code->content;
    }
    return "";
}

// Practice in an election that asks for ballots for the urn.
class WithPrintedBallots final : public Workplace {
  public:
    explicit WithPrintedBallots(Random& random) : practice_(practice_workplace(random)) {
        auto document = json::parse(polling_.definition.canonical());
        document->get<json::Object>()->set("printed_ballots", json::Object{});
        polling_.definition = *election::ValidDefinition::parse(json::canonical(*document));
    }
    const Polling& polling() const override { return polling_; }
    Server& server() override { return practice_->server(); }
    SignerId booth() const override { return practice_->booth(); }

  private:
    const std::unique_ptr<Workplace> practice_;
    Polling polling_ = practice_->polling();
};

struct BoothAtWork : testing::Test {
    SeededRandom random{5};
    SystemClock clock;
    LinkOnOff link;
    RecordingPrinter printer;
    RecordingVoice voice;
    bool printed_ballots = false;
    Desktop desktop = [this] {
        Desktop made;
        made.languages = {words::Language::german(), words::Language::english(),
                          *words::Language::find("tr")};
        made.practice = practice_pass(random);
        made.speaks = true;
        made.has_larger_letters = true;
        return made;
    }();

    static Cue key(const std::string& when, Name name) { return {when, tty::named_key(name)}; }
    // From the pass to a sealed ballot with one vote for the first person.
    static std::deque<Cue> until_sealed() {
        return {key("Der Wahlpass stimmt", Name::enter), key("English", Name::down),
                key("> English", Name::enter),           key("How to vote", Name::enter),
                key("Votes left: 5 of 5.", Name::down),  key("> ", Name::right),
                key("Votes left: 4 of 5.", Name::up),    key("> Liste der B", Name::up),
                key("> Finished choosing", Name::enter), key("You have votes left", Name::down),
                key("> Go on without", Name::enter),     key("Is everything right?", Name::enter)};
    }
    static std::deque<Cue> with(std::deque<Cue> first, const std::deque<Cue>& then) {
        first.insert(first.end(), then.begin(), then.end());
        return first;
    }

    std::unique_ptr<Workplace> workplace() {
        if (printed_ballots) return std::make_unique<WithPrintedBallots>(random);
        return practice_workplace(random);
    }
    void run(tty::Terminal& terminal, tty::TwoSizes* letters) {
        VotingBackend backend({[this] { return Result<std::unique_ptr<Workplace>>(workplace()); }, printer,
                               clock, random, true});
        const Status status = run_console({terminal, backend, link, clock, &voice, letters}, desktop,
                                          [&backend] { backend.give_up(); });
        EXPECT_EQ(status.error().code, "terminal-gone");
    }
    void run(tty::ScriptedTerminal& terminal) {
        run(terminal, nullptr);
        EXPECT_EQ(terminal.left(), 0U) << terminal.shown();
    }
};

TEST_F(BoothAtWork, VoteIsCastAndProvenOnPaper) {
    tty::ScriptedTerminal terminal(with(
        until_sealed(), {key("It is NOT yet cast.", Name::down), key("> CAST", Name::enter),
                         key("Your vote is cast.", Name::enter), key("The receipt is printed.", Name::enter),
                         key("Ihren Wahlpass, bitte", Name::escape)}));
    run(terminal);
    ASSERT_EQ(printer.sheets.size(), 2U);
    EXPECT_THAT(text_of(printer.sheets[0]), HasSubstr("Versiegelter Stimmzettel"));
    EXPECT_THAT(text_of(printer.sheets[0]), HasSubstr("PRACTICE"));
    EXPECT_THAT(code_in(printer.sheets[1]), HasSubstr("tlog-proof"));
    for (const print::Sheet& sheet : printer.sheets) EXPECT_THAT(text_of(sheet), Not(HasSubstr("Ahorn")));
    EXPECT_THAT(terminal.shown(), Not(HasSubstr("Ahorn")));
}

// What Enter would do can't be seen yet: it shows more of the sentences instead, and the arrow goes back.
TEST_F(BoothAtWork, SentencesThatDoNotFitAreReadBeforeAKeyActs) {
    tty::ScriptedTerminal terminal(
        {key("Der Wahlpass stimmt", Name::enter), key("English", Name::down), key("> English", Name::enter),
         key("How to vote", Name::enter), key("\u25b2", Name::up), key("Election for practice", Name::enter),
         key("\u25b2", Name::down), key("\u25b2", Name::down), key("> ", Name::enter),
         key("Votes left: 5 of 5.", Name::other)},
        tty::Size{40, 15});
    run(terminal);
}

TEST_F(BoothAtWork, TestedBallotCanBeMadeAgainFromItsPaperAndThenOneVotes) {
    tty::ScriptedTerminal terminal(
        with(until_sealed(), {key("It is NOT yet cast.", Name::up), key("> TEST", Name::enter),
                              key("everyone will be able to read it", Name::down),
                              key("> Yes, open", Name::enter), key("It is NOT cast.", Name::enter),
                              key("How to vote", Name::enter), key("Votes left: 5 of 5.", Name::escape)}));
    run(terminal);
    ASSERT_EQ(printer.sheets.size(), 2U);
    EXPECT_THAT(text_of(printer.sheets[1]), HasSubstr("1 x  Ahorn, Anna"));
    const auto opened = parse_opened_ballot(code_in(printer.sheets[1]));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->opening.selections[0][0], 1);
}

TEST_F(BoothAtWork, PrinterWithoutPaperIsToldAtEachStepAndLosesNothing) {
    printer.failures = 2;
    tty::ScriptedTerminal terminal(
        with(until_sealed(),
             {key("was NOT printed", Name::enter), key("was NOT printed", Name::down),
              key("> I have copied", Name::enter), key("Now choose", Name::down), key("> CAST", Name::enter),
              key("Your vote is cast.", Name::enter), key("The receipt is printed.", Name::other)}));
    run(terminal);
    ASSERT_EQ(printer.sheets.size(), 1U);
    EXPECT_EQ(printer.sheets[0].kind, "receipt");
}

TEST_F(BoothAtWork, BallotForTheUrnSaysTheChoiceAndNothingThatLeadsToItsVoter) {
    printed_ballots = true;
    tty::ScriptedTerminal terminal(
        with(until_sealed(), {key("A ballot on paper was printed, too.", Name::down),
                              key("> CAST", Name::enter), key("Your vote is cast.", Name::other)}));
    run(terminal);
    ASSERT_EQ(printer.sheets.size(), 2U);
    EXPECT_EQ(printer.sheets[1].kind, "ballot");
    const std::string ballot = text_of(printer.sheets[1]), slip = text_of(printer.sheets[0]);
    EXPECT_THAT(ballot, HasSubstr("1 x  Ahorn, Anna"));
    EXPECT_THAT(ballot, Not(HasSubstr("Birke")));
    EXPECT_THAT(ballot, Not(HasSubstr("Prüfcode")));
    EXPECT_THAT(ballot, Not(HasSubstr("public log")));
    EXPECT_EQ(code_in(printer.sheets[1]), "");
    EXPECT_THAT(slip, Not(HasSubstr("Ahorn")));
}

TEST_F(BoothAtWork, NothingIsCastBeforeTheBallotForTheUrnIsOnPaperAndThereIsOnlyOne) {
    printed_ballots = true;
    printer.failures = 2;
    tty::ScriptedTerminal terminal(with(
        until_sealed(), {key("The ballot on paper was NOT printed.", Name::down),
                         key("> Print again", Name::enter), key("A ballot on paper was printed", Name::down),
                         key("> CAST", Name::enter), key("Your vote is cast.", Name::other)}));
    run(terminal);
    ASSERT_EQ(printer.sheets.size(), 2U);
    EXPECT_EQ(printer.sheets[0].kind, "sealed");
    EXPECT_EQ(printer.sheets[1].kind, "ballot");
}

TEST_F(BoothAtWork, EverythingIsReadAloudFromPassToReceipt) {
    tty::ScriptedTerminal terminal(with(
        until_sealed(), {key("It is NOT yet cast.", Name::down), key("> CAST", Name::enter),
                         key("Your vote is cast.", Name::enter), key("The receipt is printed.", Name::enter),
                         key("Ihren Wahlpass, bitte", Name::escape)}));
    run(terminal);
    const std::string said = voice.all();
    for (const char* const sentence :
         {"Ihren Wahlpass, bitte.", "English.", "How to vote.", "1. Ahorn, Anna. No vote.",
          "1. Ahorn, Anna. Votes: 1.", "You have votes left.", "Is everything right?",
          "Your ballot is sealed. It is NOT yet cast.", "CAST the ballot: it counts.", "Your vote is cast.",
          "The receipt is printed."})
        EXPECT_THAT(said, HasSubstr(sentence));
    // The tracking code letter by letter.
    std::string code = text_of(printer.sheets[0]);
    code = code.substr(code.find("Tracking code") + 14, 4);
    const std::string letters = {code[0], ' ', code[1], ' ', code[2], ' ', code[3]};
    EXPECT_THAT(said, HasSubstr("Tracking code: " + letters));
    EXPECT_GT(voice.stops, 10) << "what is old is broken off";
}

// To the fifth item of the menu and back to the screen.
std::deque<Cue> other_letters(const std::string& screen, const std::string& item) {
    std::deque<Cue> keys{BoothAtWork::key(screen, Name::escape)};
    for (int i = 0; i < 4; ++i) keys.push_back(BoothAtWork::key("Menü", Name::down));
    keys.push_back(BoothAtWork::key("> " + item, Name::enter));
    return keys;
}

TEST_F(BoothAtWork, LettersGrowAndShrinkByTheMenuAndTheNextVoterBeginsWithTheUsual) {
    auto usual = std::make_unique<tty::ScriptedTerminal>(
        with(other_letters("Ihren Wahlpass, bitte", "Größere Buchstaben"),
             with(other_letters("Ihren Wahlpass, bitte", "Größere Buchstaben"),
                  {key("Ihren Wahlpass, bitte", Name::other)})));
    const tty::ScriptedTerminal& seen = *usual;
    int opened = 0;
    tty::TwoSizes letters(std::move(usual), [&]() -> Result<std::unique_ptr<tty::Terminal>> {
        // First back by the menu, then by leaving.
        auto script = ++opened == 1
                          ? other_letters("Ihren Wahlpass, bitte", "Normale Buchstaben")
                          : with({key("Der Wahlpass stimmt", Name::enter)},
                                 {key("English", Name::escape), key("Menü", Name::up),
                                  key("> Gehen, ohne zu wählen", Name::enter),
                                  key("Gehen, ohne zu wählen?", Name::down), key("> Ja", Name::enter)});
        return std::unique_ptr<tty::Terminal>(
            std::make_unique<tty::ScriptedTerminal>(std::move(script), tty::Size{40, 14}));
    });
    run(letters, &letters);
    EXPECT_EQ(opened, 2);
    EXPECT_FALSE(letters.is_large());
    EXPECT_EQ(seen.left(), 0U) << seen.shown();
}

TEST_F(BoothAtWork, LettersThatCannotBeHadLeaveTheScreenAsItIs) {
    for (const tty::Size size : {tty::Size{0, 0}, tty::Size{30, 10}}) {
        auto usual = std::make_unique<tty::ScriptedTerminal>(
            with(other_letters("Ihren Wahlpass, bitte", "Größere Buchstaben"),
                 other_letters("Ihren Wahlpass, bitte", "Größere Buchstaben")));
        const tty::ScriptedTerminal& seen = *usual;
        tty::TwoSizes letters(std::move(usual), [&]() -> Result<std::unique_ptr<tty::Terminal>> {
            if (size.width == 0) return unavailable("terminal-missing", "no window came");
            return std::unique_ptr<tty::Terminal>(
                std::make_unique<tty::ScriptedTerminal>(std::deque<Cue>{}, size));
        });
        run(letters, &letters);
        EXPECT_EQ(seen.left(), 0U) << seen.shown();
    }
}

TEST_F(BoothAtWork, VoiceThatIsOffSaysNothing) {
    desktop.manner.silent = true;
    tty::ScriptedTerminal quiet({key("Ihren Wahlpass, bitte", Name::other)});
    run(quiet);
    EXPECT_TRUE(voice.said.empty());
}

}  // namespace
}  // namespace stimme::booth::console
