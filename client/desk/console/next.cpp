#include <algorithm>

#include "client/desk/console/scan.h"
#include "client/desk/console/screen.h"
#include "client/tty/frame.h"

namespace stimme::desk::console {
namespace {

// What didn't get through is tried again so often.
constexpr std::uint64_t repeat_seconds = 3;
// Nobody's data stay on a screen that nobody looks at.
constexpr std::uint64_t forget_seconds = 180;
constexpr std::size_t page_rows = 10;
// A notice's code has some 50 characters; what is longer is noise.
constexpr std::size_t longest_scan = 200;

Step stay(State state) {
    return {std::move(state), {}};
}

Step show(State state, Screen screen) {
    state.screen = std::move(screen);
    return stay(std::move(state));
}

Step ask(State state, Waiting waiting) {
    waiting.number = ++state.desktop.asked;
    waiting.since = state.desktop.seconds;
    Effect effect = Send{waiting.number, waiting.ask};
    state.screen = std::move(waiting);
    return {std::move(state), {std::move(effect)}};
}
Step ask(State state, Ask what) {
    Waiting waiting;
    waiting.ask = std::move(what);
    return ask(std::move(state), std::move(waiting));
}

// Again what lies on the disk. Never while an answer may still come.
Step repeat(State state) {
    auto& waiting = std::get<Waiting>(state.screen);
    waiting.number = ++state.desktop.asked;
    waiting.asked = true;
    waiting.since = state.desktop.seconds;
    const std::uint64_t number = waiting.number;
    return {std::move(state), {Send{number, Repeat{}}}};
}

bool may_repeat(const State& state) {
    const auto* waiting = std::get_if<Waiting>(&state.screen);
    return waiting != nullptr && waiting->trouble && !waiting->asked && state.desktop.connected;
}

Step home(State state, Message message = {}) {
    if (!state.desktop.opened) return ask(std::move(state), Ask(CountZero{}));
    return show(std::move(state), Home{{}, std::move(message)});
}

// The pass that waits longest, if there is one more.
Step next_pass(State state, std::vector<PassMade> more, Message message) {
    if (more.empty()) return home(std::move(state), std::move(message));
    PassGiven given{std::move(more.front()), false, {}};
    more.erase(more.begin());
    given.more = std::move(more);
    return show(std::move(state), std::move(given));
}

Step find(State state, std::string query, Purpose purpose) {
    Waiting waiting;
    waiting.ask = FindVoters{std::move(query)};
    waiting.purpose = std::move(purpose);
    return ask(std::move(state), std::move(waiting));
}

// Keys that a person chose.

struct Doing {
    State state;
    Act act;

    // By screen, where a key is offered there.
    Step operator()(const Starting&) { return ask(std::move(state), Ask(Connect{})); }
    Step operator()(Opening at) {
        if (act == Act::open_station)
            return ask(std::move(state), Ask(OpenStation{std::move(at.present), at.counts}));
        at.present.push_back(std::move(at.name.text));
        at.name.text.clear();
        return show(std::move(state), std::move(at));
    }
    Step operator()(Home at) {
        switch (act) {
            case Act::help:
                return show(std::move(state), Help{});
            case Act::passes:
                return show(std::move(state), AskingPass{});
            case Act::booths:
                return show(std::move(state), Booths{});
            case Act::person_of_trust:
                return show(std::move(state), ConfirmHelp{});
            case Act::close_station:
                return ask(std::move(state), Ask(ReadClosing{}));
            case Act::leave:
                return show(std::move(state), Leaving{});
            default:
                return find(std::move(state), std::move(at.query.text), Coming{});
        }
    }
    Step operator()(const Help&) { return home(std::move(state)); }
    Step operator()(Hits at) {
        if (act == Act::back) return home(std::move(state));
        if (act == Act::choose)
            return show(std::move(state), Person{std::move(at.voters[at.chosen]), std::move(at.purpose)});
        move(at.chosen, at.voters.size());
        return show(std::move(state), std::move(at));
    }
    Step operator()(Person at) {
        switch (act) {
            case Act::check_in:
                return ask(std::move(state), Ask(CheckIn{std::move(at.voter.number), at.voter.polling_card}));
            case Act::take_back:
                return ask(std::move(state),
                           Ask(TakeBack{std::move(at.voter.number), std::get<Returning>(at.purpose).pass}));
            case Act::move_check_in:
                return move_check_in(std::move(at));
            case Act::paper:
            case Act::withdraw_paper:
                return show(std::move(state), ConfirmPaper{std::move(at.voter), act == Act::withdraw_paper});
            default:
                return home(std::move(state));
        }
    }
    // Of somebody who is checked in the right one is looked for; of the right one, who of the board moves it.
    Step move_check_in(Person at) {
        if (auto* receiving = std::get_if<Receiving>(&at.purpose))
            return show(std::move(state),
                        AskingMembers{std::move(receiving->from), std::move(at.voter), 0, {}});
        return show(std::move(state), AskingWho{Receiving{std::move(at.voter)}, {}, {}});
    }
    Step operator()(PassGiven at) {
        if (act == Act::take_back) return show(std::move(state), ConfirmTakeBack{std::move(at)});
        if (act == Act::handed_over)
            return next_pass(std::move(state), std::move(at.more), {Told::pass_handed_over});
        Waiting waiting;
        waiting.ask = PrintAgain{at.made.voter, at.made.pass};
        waiting.given = std::move(at);
        return ask(std::move(state), std::move(waiting));
    }
    Step operator()(AskingPass at) {
        if (act == Act::back) return home(std::move(state));
        auto pass = read_pass(at.text.text);
        if (pass) return ask(std::move(state), Ask(ReadPass{*pass}));
        return show(std::move(state), AskingPass{{}, std::move(pass).error()});
    }
    Step operator()(PassShown at) {
        if (act == Act::take_back) return show(std::move(state), AskingWho{Returning{at.pass}, {}, {}});
        if (act == Act::end_ballot) return show(std::move(state), ConfirmEnd{std::move(at)});
        return home(std::move(state));
    }
    Step operator()(AskingWho at) {
        if (act == Act::back) return home(std::move(state));
        return find(std::move(state), std::move(at.query.text), std::move(at.purpose));
    }
    Step operator()(AskingMembers at) {
        const auto& present = state.desktop.station->present;
        if (act == Act::back) return home(std::move(state));
        if (act == Act::confirm) {
            wire::MoveRequest what{std::move(at.from.number), std::move(at.to.number), std::move(at.members)};
            return ask(std::move(state), Ask(MoveCheckIn{std::move(what)}));
        }
        if (act == Act::toggle && at.chosen < present.size()) {
            const std::string& member = present[at.chosen];
            const auto place = std::find(at.members.begin(), at.members.end(), member);
            if (place != at.members.end()) {
                at.members.erase(place);
            } else if (at.members.size() < 2) {
                at.members.push_back(member);
            }
        } else {
            move(at.chosen, present.size());
        }
        return show(std::move(state), std::move(at));
    }
    Step operator()(ConfirmPaper at) {
        if (act == Act::back) return show(std::move(state), Person{std::move(at.voter), Coming{}});
        return ask(std::move(state), Ask(MarkPaper{std::move(at.voter.number), at.withdrawn}));
    }
    Step operator()(ConfirmTakeBack at) {
        if (act == Act::back) return show(std::move(state), std::move(at.given));
        Waiting waiting;
        waiting.ask = TakeBack{at.given.made.voter, at.given.made.pass};
        waiting.given = std::move(at.given);
        return ask(std::move(state), std::move(waiting));
    }
    Step operator()(ConfirmEnd at) {
        if (act == Act::back) return show(std::move(state), std::move(at.shown));
        return ask(std::move(state), Ask(EndBallot{at.shown.pass}));
    }
    Step operator()(const ConfirmHelp&) {
        if (act == Act::back) return home(std::move(state));
        return ask(std::move(state), Ask(NoteHelp{}));
    }
    Step operator()(Booths at) {
        if (act == Act::back) return home(std::move(state));
        const auto& booths = state.desktop.station->booths;
        if (act == Act::unlock && at.chosen < booths.size()) {
            const SignerId booth = booths[at.chosen];
            return ask(std::move(state), Ask(UnlockBooth{booth}));
        }
        move(at.chosen, booths.size());
        return show(std::move(state), std::move(at));
    }
    Step operator()(Closing at) {
        if (act == Act::back) return home(std::move(state));
        return ask(std::move(state), Ask(SignClosing{std::move(at.figures), std::move(at.explanation.text)}));
    }
    Step operator()(Telling at) {
        if (at.given) return show(std::move(state), *std::move(at.given));
        return home(std::move(state));
    }
    Step operator()(const Leaving&) {
        if (act == Act::confirm) return {std::move(state), {Quit{}}};
        return home(std::move(state));
    }
    Step operator()(const Waiting&) { return home(std::move(state)); }
    Step operator()(const Closed&) { return stay(std::move(state)); }

    void move(std::size_t& chosen, std::size_t count) const {
        const std::size_t rows = act == Act::page_up || act == Act::page_down ? page_rows : 1;
        const bool up = act == Act::move_up || act == Act::page_up;
        if (count == 0) return;
        chosen = up ? chosen - std::min(rows, chosen) : std::min(chosen + rows, count - 1);
    }
};

Step change_language(State state) {
    using words::Language;
    const bool german = state.desktop.language == Language::german();
    state.desktop.language = german ? Language::english() : Language::german();
    return stay(std::move(state));
}

Step carry_out(State state, Act act) {
    if (act == Act::language) return change_language(std::move(state));
    if (act == Act::leave && !std::holds_alternative<Home>(state.screen)) return {std::move(state), {Quit{}}};
    Screen screen = std::move(state.screen);
    return std::visit(
        [&](auto&& at) {
            return Doing{std::move(state), act}(std::move(at));
        },
        std::move(screen));
}

// A key that does nothing else writes where there is something to write.
struct Writing {
    const tty::Key& key;
    // With nothing to delete, the backspace key takes the last name away.
    void operator()(Opening& at) const {
        const bool deletes = key.name == tty::Key::Name::backspace && at.name.text.empty();
        if (deletes && !at.present.empty()) at.present.pop_back();
        if (at.present.size() < most_present) at.name.take(key);
    }
    void operator()(Home& at) const {
        at.query.take(key);
        at.message = {};
    }
    void operator()(AskingPass& at) const {
        at.text.take(key);
        at.wrong.reset();
    }
    void operator()(AskingWho& at) const {
        at.query.take(key);
        at.message = {};
    }
    void operator()(Closing& at) const {
        if (!at.figures.view.differences.empty()) at.explanation.take(key);
    }
    template <class Other>
    void operator()(Other&) const {}
};

bool same_key(const tty::Key& a, const tty::Key& b) {
    return a.name == b.name && a.letter == b.letter && a.function == b.function;
}

Step on(State state, const tty::Key& key) {
    state.desktop.touched = state.desktop.seconds;
    for (const Choice& choice : choices(state)) {
        if (!same_key(choice.key, key)) continue;
        if (key.hurried && acts_outside(choice.act)) return stay(std::move(state));
        return carry_out(std::move(state), choice.act);
    }
    std::visit(Writing{key}, state.screen);
    return stay(std::move(state));
}

// What a scanner read.

// Why somebody is looked for on this screen.
Purpose purpose_on(const Screen& screen) {
    if (const auto* at = std::get_if<Hits>(&screen)) return at->purpose;
    if (const auto* at = std::get_if<Person>(&screen)) return at->purpose;
    if (const auto* at = std::get_if<AskingWho>(&screen)) return at->purpose;
    return Coming{};
}

bool takes_voters(const Screen& screen) {
    return std::holds_alternative<Home>(screen) || std::holds_alternative<Hits>(screen) ||
           std::holds_alternative<Person>(screen) || std::holds_alternative<AskingWho>(screen);
}

bool takes_passes(const Screen& screen) {
    return std::holds_alternative<AskingPass>(screen) || std::holds_alternative<PassShown>(screen);
}

Step on(State state, const tty::Scan& scan) {
    state.desktop.touched = state.desktop.seconds;
    if (!state.desktop.connected || scan.text.size() > longest_scan) return stay(std::move(state));
    if (takes_passes(state.screen)) {
        auto pass = read_pass(scan.text);
        if (pass) return ask(std::move(state), Ask(ReadPass{*pass}));
        return show(std::move(state), AskingPass{{}, std::move(pass).error()});
    }
    if (!takes_voters(state.screen)) return stay(std::move(state));
    Purpose purpose = purpose_on(state.screen);
    Scanned scanned = read_scan(scan.text);
    if (auto* const words = std::get_if<Words>(&scanned)) {
        if (words->text.empty()) return stay(std::move(state));
        return find(std::move(state), std::move(words->text), std::move(purpose));
    }
    if (!std::holds_alternative<Coming>(purpose)) return stay(std::move(state));
    return ask(std::move(state), Ask(ReadPass{std::get<pass::Pass>(scanned)}));
}

// Time and connection.

bool holds_somebody(const Screen& screen) {
    return std::holds_alternative<Hits>(screen) || std::holds_alternative<Person>(screen) ||
           std::holds_alternative<PassShown>(screen) || std::holds_alternative<AskingPass>(screen) ||
           std::holds_alternative<AskingWho>(screen) || std::holds_alternative<AskingMembers>(screen) ||
           std::holds_alternative<ConfirmPaper>(screen);
}

Step on(State state, const Ticked& tick) {
    Desktop& desktop = state.desktop;
    desktop.now = tick.now;
    ++desktop.seconds;
    if (may_repeat(state) && desktop.seconds - std::get<Waiting>(state.screen).since >= repeat_seconds)
        return repeat(std::move(state));
    const auto* starting = std::get_if<Starting>(&state.screen);
    if (starting != nullptr && desktop.seconds - starting->since >= repeat_seconds)
        return ask(std::move(state), Ask(Connect{}));
    if (holds_somebody(state.screen) && desktop.seconds - desktop.touched >= forget_seconds)
        return home(std::move(state));
    return stay(std::move(state));
}

Step on(State state, const LinkChanged& link) {
    state.desktop.connected = link.connected;
    state.desktop.gone_since.reset();
    if (!link.connected) state.desktop.gone_since = state.desktop.now;
    if (may_repeat(state)) return repeat(std::move(state));
    return stay(std::move(state));
}

// Answers.

struct Hearing {
    State state;
    Waiting waiting;  // what was on the screen

    Step operator()(Connected answer) {
        state.desktop.station = std::move(answer.station);
        state.desktop.opened = answer.opened;
        if (answer.waiting) return ask(std::move(state), Ask(Repeat{}));
        return home(std::move(state));
    }
    Step operator()(const ZeroCounted& answer) { return show(std::move(state), Opening{answer, {}, {}}); }
    Step operator()(StationOpened answer) {
        state.desktop.opened = true;
        state.desktop.station->present = std::get<OpenStation>(waiting.ask).present;
        if (answer.unprinted)
            return show(std::move(state), Telling{{Told::not_printed, Failed{*std::move(answer.unprinted)}}});
        return home(std::move(state), {Told::opened});
    }
    Step operator()(VotersFound answer) {
        if (answer.voters.size() > 1)
            return show(std::move(state), Hits{std::move(answer.voters), 0, std::move(waiting.purpose)});
        if (answer.voters.size() == 1)
            return show(std::move(state), Person{std::move(answer.voters[0]), std::move(waiting.purpose)});
        Field query{std::get<FindVoters>(waiting.ask).query};
        if (tty::width_of(query.text) > Field::longest) query.text.clear();
        if (!std::holds_alternative<Coming>(waiting.purpose))
            return show(std::move(state),
                        AskingWho{std::move(waiting.purpose), std::move(query), {Told::nobody_found}});
        return show(std::move(state), Home{std::move(query), {Told::nobody_found}});
    }
    Step operator()(PassMade answer) { return show(std::move(state), given(std::move(answer), {})); }
    static PassGiven given(PassMade made, std::vector<PassMade> more) {
        const bool again = made.duplicate;
        return {std::move(made), again, std::move(more)};
    }
    Step operator()(Repeated answer) {
        if (answer.refusals.empty() && answer.passes.empty()) {
            if (std::holds_alternative<TakeBack>(waiting.ask)) return (*this)(TakenBack{});
            if (std::holds_alternative<MoveCheckIn>(waiting.ask)) return (*this)(Moved{});
        }
        Message message{Told::repeated};
        if (!answer.refusals.empty()) message = {Told::failed, Failed{answer.refusals.front()}};
        if (!answer.passes.empty()) {
            PassMade first = std::move(answer.passes.front());
            answer.passes.erase(answer.passes.begin());
            return show(std::move(state), given(std::move(first), std::move(answer.passes)));
        }
        if (answer.refusals.empty()) return home(std::move(state), std::move(message));
        return show(std::move(state), Telling{std::move(message)});
    }
    Step operator()(PrintedAgain answer) {
        PassGiven given = *std::move(waiting.given);
        given.made.unprinted = std::move(answer.unprinted);
        given.printed_again = true;
        return show(std::move(state), std::move(given));
    }
    Step operator()(const TakenBack&) {
        std::optional<PassGiven> more;
        if (waiting.given && !waiting.given->more.empty()) {
            more = given(waiting.given->more.front(), {});
            more->more.assign(waiting.given->more.begin() + 1, waiting.given->more.end());
        }
        return show(std::move(state), Telling{{Told::taken_back}, std::move(more)});
    }
    Step operator()(const Moved&) { return show(std::move(state), Telling{{Told::moved}}); }
    Step operator()(const PaperMarked& answer) {
        const bool withdrawn = std::get<MarkPaper>(waiting.ask).withdrawn;
        if (withdrawn) return home(std::move(state), {Told::paper_withdrawn});
        if (!answer.what.conflicts.empty()) return show(std::move(state), Telling{{Told::paper_conflict}});
        return home(std::move(state), {answer.what.entered != 0 ? Told::on_paper : Told::paper_again});
    }
    Step operator()(const PassRead& answer) {
        return show(std::move(state), PassShown{std::get<ReadPass>(waiting.ask).pass, answer.state});
    }
    Step operator()(const BallotEnded&) { return show(std::move(state), Telling{{Told::ballot_ended}}); }
    Step operator()(const BoothUnlocked&) { return home(std::move(state), {Told::booth_unlocked}); }
    Step operator()(const HelpNoted&) { return home(std::move(state), {Told::help_noted}); }
    Step operator()(ClosingRead answer) {
        return show(std::move(state), Closing{std::move(answer.figures), {}});
    }
    Step operator()(ClosingSigned answer) { return show(std::move(state), Closed{std::move(answer)}); }
    Step operator()(Failed failed) {
        if (failed.stored) return wait_for_repetition(std::move(failed));
        if (std::holds_alternative<Connect>(waiting.ask) || std::holds_alternative<CountZero>(waiting.ask))
            return show(std::move(state), Starting{std::move(failed), state.desktop.seconds});
        if (std::holds_alternative<PrintAgain>(waiting.ask))
            return (*this)(PrintedAgain{std::move(failed.error)});
        return show(std::move(state), Telling{{Told::failed, std::move(failed)}, std::move(waiting.given)});
    }

    Step wait_for_repetition(Failed failed) {
        waiting.asked = false;
        waiting.trouble = std::move(failed);
        waiting.since = state.desktop.seconds;
        return show(std::move(state), std::move(waiting));
    }
};

Step on(State state, const Answered& answered) {
    state.desktop.counts = answered.counts;
    const auto* waiting = std::get_if<Waiting>(&state.screen);
    if (waiting == nullptr || waiting->number != answered.number) return stay(std::move(state));
    Waiting asked = *waiting;
    return std::visit(Hearing{std::move(state), std::move(asked)}, Answer(answered.answer));
}

}  // namespace

void Field::take(const tty::Key& key) {
    if (key.name == tty::Key::Name::letter) {
        std::string longer = text + tty::utf8_of(key.letter);
        if (tty::width_of(longer) <= longest) text = std::move(longer);
    }
    if (key.name != tty::Key::Name::backspace) return;
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
    if (!text.empty()) text.pop_back();
}

Step first_step(words::Language language) {
    State state;
    state.desktop.language = language;
    return ask(std::move(state), Ask(Connect{}));
}

Step next(State state, const Event& event) {
    return std::visit([&](const auto& what) { return on(std::move(state), what); }, event);
}

}  // namespace stimme::desk::console
