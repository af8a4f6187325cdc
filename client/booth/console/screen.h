// The full screen of a booth as one state machine: what is on the screen at each moment, what may happen, and
// the one function that says what comes next. It reaches neither terminal nor server nor printer: what is to
// be done leaves it as effects.
//
// Invariants: only Voting holds what a voter marks, and it leaves only as Seal. A ballot is called cast on no
// screen but VoteCast, which only the answer to a cast leads to. While anything has no answer, nothing can be
// asked. Sealing, casting and testing happen only for a key that choices() names and that a finger meant
// (tty::Key::hurried), and none of them twice for one key that is pressed again and again. No clock ends
// anything.
//
// Thread rule: values and a pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/booth/console/asks.h"
#include "client/booth/marks.h"
#include "client/tty/event.h"
#include "client/words/language.h"

namespace stimme::booth::console {

// The booth reaches its server, or doesn't.
struct Starting {
    std::optional<Failed> trouble;
    std::uint64_t since = 0;  // Desktop::seconds
};
// Nobody is here, or somebody types their pass.
struct AskingPass {
    std::string text;             // base32 characters, at most pass::pass_characters
    std::optional<Error> wrong;   // of these characters
    std::optional<Failed> why{};  // the pass before wasn't taken
};
struct ChoosingLanguage {
    PassTaken pass;
};
struct Explaining {
    PassTaken pass;
};
// The one screen that holds a selection.
struct Voting {
    enum class Stage { choosing, asking_unused, asking_invalid, asking_blank, reviewing };
    Marks marks;
    std::size_t contest = 0;
    Stage stage = Stage::choosing;
    bool reviewed = false;  // what is changed leads back to the review
    // The last key's outcome, for a sentence.
    std::optional<Marks::Refusal> refused{};
    std::optional<std::string> list_given{};  // name of the list that was resolved into votes
};
// In the log, not cast.
struct Deciding {
    Submitted ballot;
    bool copied = false;  // the voter wrote the code down, because it isn't on paper
};
struct AskingTest {
    Deciding before;
};
struct VoteCast {
    Code code;
    std::optional<Printed> receipt{};  // it was wanted
};
struct Tested {
    Opened ballot;
};
// The visit ended otherwise.
struct Ended {
    Failed why;
};
enum class What { connect, take_pass, seal, cast, test, print_code, print_opened, print_receipt, forget };
// An answer is outstanding.
struct Waiting {
    What what;
    std::uint64_t number = 0;  // under which it was asked
    std::uint64_t since = 0;   // Desktop::seconds
    // Where it goes on, when something is printed again.
    std::variant<std::monostate, Deciding, VoteCast, Tested> before{};
};
using Screen = std::variant<Starting, AskingPass, ChoosingLanguage, Explaining, Voting, Deciding, AskingTest,
                            VoteCast, Tested, Ended, Waiting>;

// What lies over the screen.
enum class Overlay { none, menu, languages, leaving };

// How it is shown, and spoken: each voter begins with the first.
struct Manner {
    words::Language language = words::Language::german();
    bool official = false;  // the German text is shown instead
    bool contrast = false;
    bool large = false;  // letters
    bool silent = false;
    bool dark = false;
    bool operator==(const Manner&) const = default;
};

struct Desktop {
    std::vector<words::Language> languages;  // that are offered; German first
    bool speaks = false;                     // there is a voice
    bool has_larger_letters = false;
    std::optional<pass::Pass> practice{};  // stands there already: nobody has a pass to practise
    std::shared_ptr<const BoothInfo> booth{};
    Manner manner{};
    bool connected = false;
    std::uint64_t seconds = 0;  // since the start, counted by Ticked
    std::uint64_t asked = 0;    // number of the last ask
};

struct State {
    Desktop desktop;
    Screen screen;
    Overlay overlay = Overlay::none;
    // Of the items of the screen, and of the overlay over it; empty: none, the voter must choose one.
    std::optional<std::size_t> cursor = 0;
    std::size_t overlay_cursor = 0;
    std::size_t read = 0;  // pages that were read of sentences which don't fit above their list
};

// Once a second.
struct Ticked {};
struct LinkChanged {
    bool connected;
};
// The terminal has letters of that size now, whatever was wanted.
struct LettersChanged {
    bool large;
};
// So many pages of the sentences are read; the keys that would act on the list were for that.
struct Read {
    std::size_t pages;
};
struct Answered {
    std::uint64_t number;
    Answer answer;
};
using Event = std::variant<tty::Key, tty::Scan, Ticked, LinkChanged, LettersChanged, Read, Answered>;

struct Send {
    std::uint64_t number;
    Ask ask;
};
struct Step {
    State state;
    std::vector<Send> effects;
};

// At the start, and what is to be done first. `desktop` says what this booth offers.
Step first_step(Desktop desktop);
Step next(State state, const Event& event);

enum class Act {
    // Items: what Enter does to the one that the cursor is on.
    try_again,
    set_language,
    go_on,
    give,
    give_list,
    finish,       // of a contest
    clear,        // what was made invalid or blank
    keep_unused,  // votes
    use_them,
    make_invalid,
    make_blank,
    seal,
    change,
    cast,
    ask_test,
    test,
    print_again,
    copied,
    print_receipt,
    vote_again,
    forget,
    back,
    // In the menu.
    languages,
    official,
    contrast,
    letters,
    voice,
    darkness,
    ask_invalid,
    ask_blank,
    ask_leave,
    // Keys.
    choose,
    take_pass,
    up,
    down,
    page_up,
    page_down,
    more,
    less,
    menu,
};
// What the cursor can be on.
struct Item {
    Act act;
    std::size_t which = 0;     // language, option, list of the contest, or contest
    std::size_t position = 0;  // of the contest that could be changed: what was chosen there
};
// Of the overlay, if there is one, else of the screen; in the order in which they are shown.
std::vector<Item> items(const State& state);
// The item that the cursor is on.
std::optional<Item> chosen(const State& state);

struct Choice {
    tty::Key key;
    Act act;
};
// A line of the ballot: the name of a list (`which` of the contest's lists), or an option.
struct Row {
    bool list;
    std::size_t which;
};
// In the official order: the name of a list stands above the first of its people, and again where others came
// between.
std::vector<Row> rows(const election::Contest& contest);

// All keys that do something now; other keys do nothing but write.
std::vector<Choice> choices(const State& state);
// Whether it changes something outside the screen, so that a hurried key mustn't do it.
bool acts_outside(Act act);

// The language in which the screen speaks now.
words::Language spoken_in(const Desktop& desktop);

}  // namespace stimme::booth::console
