// The full screen of a desk as one state machine: what is on the screen at each moment, what may happen, and
// the one function that says what comes next. It reaches neither terminal nor server nor printer: what is to
// be done leaves it as effects.
//
// Invariants: an act leaves it only for a key that choices() names and that a finger meant
// (tty::Key::hurried), and leads to a screen on which that key doesn't act again. While a check-in or a pass
// that comes back has no answer, nothing but its repetition can be asked. No screen but those about one
// person holds that person, and the pass is never shown.
//
// Thread rule: values and a pure function.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "client/desk/console/asks.h"
#include "client/tty/event.h"
#include "client/words/language.h"
#include "core/base/clock.h"

namespace stimme::desk::console {

// What somebody types; never longer than a screen takes.
struct Field {
    std::string text;
    static constexpr std::size_t longest = 64;  // columns
    // Writes or deletes where the key does so.
    void take(const tty::Key& key);
};

// A sentence for the person at the desk; why something failed, where it did.
enum class Told {
    nothing,
    nobody_found,
    pass_handed_over,
    taken_back,
    moved,
    on_paper,
    paper_conflict,  // kept for the record
    paper_again,     // was entered before
    paper_withdrawn,
    ballot_ended,
    booth_unlocked,
    help_noted,
    opened,
    repeated,
    not_printed,  // a sheet
    failed,
};
struct Message {
    Told told = Told::nothing;
    std::optional<Failed> why = std::nullopt;
};

struct Starting {
    std::optional<Failed> trouble;
    std::uint64_t since = 0;  // Desktop::seconds
};
struct Opening {
    ZeroCounted counts;
    std::vector<std::string> present;
    Field name;
};
struct Home {
    Field query;
    Message message;
};
struct Help {};
// Why somebody is looked for: to be checked in, because their pass comes back, or because another one's
// check-in is theirs.
struct Coming {};
struct Returning {
    pass::Pass pass;
};
struct Receiving {
    wire::VoterView from;
};
using Purpose = std::variant<Coming, Returning, Receiving>;
struct Hits {
    std::vector<wire::VoterView> voters;
    std::size_t chosen = 0;
    Purpose purpose;
};
struct Person {
    wire::VoterView voter;
    Purpose purpose;
};
// Checked in; the slip is, or isn't, on paper.
struct PassGiven {
    PassMade made;
    bool printed_again = false;
    std::vector<PassMade> more;  // that waited with it
};
struct AskingPass {
    Field text;
    std::optional<Error> wrong;
};
struct PassShown {
    pass::Pass pass;
    wire::PassStateAnswer state;
};
// Who is it, where that isn't the next voter?
struct AskingWho {
    Purpose purpose;
    Field query;
    Message message;
};
// Which two members of the board move the check-in?
struct AskingMembers {
    wire::VoterView from, to;
    std::size_t chosen = 0;
    std::vector<std::string> members;
};
// Does this voter vote on paper, or is it to be withdrawn?
struct ConfirmPaper {
    wire::VoterView voter;
    bool withdrawn = false;
};
struct ConfirmTakeBack {
    PassGiven given;
};
struct ConfirmEnd {
    PassShown shown;
};
struct Booths {
    std::size_t chosen = 0;
};
// Does a person of trust go along?
struct ConfirmHelp {};
struct Closing {
    ClosingFigures figures;
    Field explanation;
};
struct Closed {
    ClosingSigned done;
};
// One sentence that must be read before anything else happens.
struct Telling {
    Message message;
    std::optional<PassGiven> given = std::nullopt;  // where it goes on
};
struct Leaving {};
// An answer is outstanding.
struct Waiting {
    Ask ask;
    std::uint64_t number = 0;                       // under which it was asked last
    bool asked = true;                              // and not answered
    std::optional<Failed> trouble = std::nullopt;   // no answer came; it is repeated
    std::uint64_t since = 0;                        // Desktop::seconds
    std::optional<PassGiven> given = std::nullopt;  // whose slip is printed again, or comes back
    Purpose purpose = Coming{};                     // for which somebody is looked for
};
// A class for the reason that events::Content is one.
class Screen
    : public std::variant<Starting, Opening, Home, Help, Hits, Person, PassGiven, AskingPass, PassShown,
                          AskingWho, AskingMembers, ConfirmPaper, ConfirmTakeBack, ConfirmEnd, Booths,
                          ConfirmHelp, Closing, Closed, Telling, Leaving, Waiting> {
  public:
    using variant::variant;
    Screen(const Screen&);
    Screen(Screen&&) noexcept;
    Screen& operator=(const Screen&);
    Screen& operator=(Screen&&) noexcept;
    ~Screen();
};

// What is on every screen.
struct Desktop {
    words::Language language = words::Language::german();
    std::optional<StationInfo> station = std::nullopt;
    bool opened = false;  // the zero count was confirmed
    bool connected = false;
    std::optional<TimePoint> gone_since = std::nullopt;
    TimePoint now{};
    std::uint64_t seconds = 0;  // since the start, counted by Ticked
    std::uint64_t touched = 0;  // when the last key came
    std::uint64_t asked = 0;    // number of the last ask
    Counts counts;
};

struct State {
    Desktop desktop;
    Screen screen;
};

// Once a second.
struct Ticked {
    TimePoint now;
};
struct LinkChanged {
    bool connected;
};
struct Answered {
    std::uint64_t number;
    Answer answer;
    Counts counts;
};
using Event = std::variant<tty::Key, tty::Scan, Ticked, LinkChanged, Answered>;

struct Send {
    std::uint64_t number;
    Ask ask;
};
struct Quit {};
using Effect = std::variant<Send, Quit>;

struct Step {
    State state;
    std::vector<Effect> effects;
};

// At the start, and what is to be done first.
Step first_step(words::Language language);
Step next(State state, const Event& event);

// What a key does on a screen.
enum class Act {
    add_name,
    open_station,
    search,
    choose,
    move_up,
    move_down,
    page_up,
    page_down,
    check_in,
    handed_over,
    print_again,
    take_back,
    move_check_in,
    toggle,
    paper,
    withdraw_paper,
    passes,
    read_pass,
    end_ballot,
    booths,
    unlock,
    person_of_trust,
    close_station,
    sign,
    confirm,
    back,
    go_on,
    try_again,
    help,
    language,
    leave,
};
struct Choice {
    tty::Key key;
    Act act;
};
// All that can be done now; other keys do nothing but write.
std::vector<Choice> choices(const State& state);
// Whether it changes something outside the screen, so that a hurried key mustn't do it.
bool acts_outside(Act act);

// Why nobody can be checked in now with this entry; nothing when they can.
enum class Obstacle { none, checked_in, on_paper, not_eligible };
Obstacle obstacle(const wire::VoterView& voter);

}  // namespace stimme::desk::console
