#include "tests/unit/client/desk/console/desk_fixture.h"

namespace stimme::desk::console::sample {
namespace {

struct States {
    std::map<std::string, State> all;

    void add(const std::string& name, const Screen& screen) {
        all.emplace(name, State{at_work(), screen});
        State cut_off{at_work(), screen};
        cut_off.desktop.connected = false;
        cut_off.desktop.gone_since = eight_o_clock;
        all.emplace(name + ", no network", cut_off);
    }
};

Telling telling(Told told, std::optional<Failed> why = {}, std::optional<PassGiven> given = {}) {
    Telling telling;
    telling.message.told = told;
    telling.message.why = std::move(why);
    telling.given = std::move(given);
    return telling;
}

void add_voters(States& states) {
    states.add("starting", Starting{});
    states.add("starting in vain", Starting{no_network(), 0});
    states.add("opening", Opening{{}, {}, {}});
    states.add("opening with names", Opening{{}, {"A. Arendt", "B. Brecht"}, {"C"}});
    states.add("opening not from zero", Opening{{{3, 0}, 2}, {"A. Arendt", "B. Brecht"}, {}});
    states.add("home", Home{});
    states.add("home with words", Home{{"hadzic"}, {}});
    states.add("home, nobody found", Home{{"hadzic"}, {Told::nobody_found}});
    states.add("help", Help{});
    states.add("hits", Hits{{voter(), checked_in(), not_eligible(), on_paper(), with_card()}, 1, {}});
    states.add("many hits", Hits{std::vector<wire::VoterView>(50, voter()), 49, {}});
    states.add("hits for a pass", Hits{{voter(), checked_in()}, 0, Returning{some_pass()}});
    states.add("person", Person{voter(), {}});
    states.add("person checked in here", Person{checked_in(), {}});
    states.add("person checked in elsewhere", Person{checked_in("buckau"), {}});
    states.add("person not eligible", Person{not_eligible(), {}});
    states.add("person with a register block", Person{blocked(), {}});
    states.add("person who returns a pass", Person{checked_in(), Returning{some_pass()}});
    states.add("wrong person for a pass", Person{voter(), Returning{some_pass()}});
    states.add("person on paper here", Person{on_paper(), {}});
    states.add("person on paper elsewhere", Person{on_paper("buckau"), {}});
    states.add("person with a polling card", Person{with_card(), {}});
    states.add("person who has really come", Person{voter(), Receiving{checked_in()}});
    states.add("person who can't have come", Person{not_eligible(), Receiving{checked_in()}});
    states.add("person of another ballot paper", Person{of_other_style(), Receiving{checked_in()}});
    states.add("asking who has come", AskingWho{Receiving{checked_in()}, {"hadzic"}, {}});
    states.add("asking for members", AskingMembers{checked_in(), voter(), 1, {}});
    states.add("asking for members, both named",
               AskingMembers{checked_in(), voter(), 1, {"A. Arendt", "C. Curie"}});
    states.add("confirm paper", ConfirmPaper{voter()});
    states.add("confirm a conflict", ConfirmPaper{checked_in()});
    states.add("confirm to withdraw", ConfirmPaper{on_paper(), true});
}

void add_passes(States& states) {
    using Status = wire::PassStateAnswer::Status;
    const Error no_paper = unavailable("printer-empty", "there is no paper in the printer");
    const PassMade printed{"10000008", some_pass(), {}}, unprinted{"10000008", some_pass(), no_paper};
    const PassGiven given{printed, false, {}}, again{printed, true, {}};
    states.add("pass given", given);
    states.add("pass given twice", again);
    states.add("pass not printed", PassGiven{unprinted, false, {}});
    states.add("pass not printed again", PassGiven{unprinted, true, {}});
    states.add("two passes given", PassGiven{printed, false, {printed}});
    states.add("asking for a pass", AskingPass{});
    states.add("asking for a pass, wrong",
               AskingPass{{"ABC"}, invalid("pass-typo", "the check character doesn't fit")});
    states.add("unused pass", PassShown{some_pass(), pass_state(Status::unused)});
    states.add("tested pass", PassShown{some_pass(), pass_state(Status::unused, 2)});
    states.add("pass in a booth", PassShown{some_pass(), pass_state(Status::submitted)});
    states.add("cast pass", PassShown{some_pass(), pass_state(Status::cast)});
    states.add("void pass", PassShown{some_pass(), pass_state(Status::voided)});
    states.add("asking for an owner", AskingWho{Returning{some_pass()}, {"hadzic"}, {}});
    states.add("confirm to take back", ConfirmTakeBack{given});
    states.add("confirm to end", ConfirmEnd{{some_pass(), pass_state(Status::submitted)}});
    Waiting printing = waiting(PrintAgain{"10000008", some_pass()});
    printing.given = given;
    states.add("printing again", printing);
}

void add_rest(States& states) {
    const Error no_paper = unavailable("printer-empty", "there is no paper in the printer");
    const PassGiven given{{"10000008", some_pass(), {}}, false, {}};
    states.add("booths", Booths{1});
    states.add("confirm help", ConfirmHelp{});
    states.add("closing", Closing{closing(false), {}});
    states.add("closing with a difference", Closing{closing(true), {}});
    states.add("closing explained", Closing{closing(true), {"One slip was torn and counted twice."}});
    states.add("closed", Closed{{0, {}}});
    states.add("closed, another desk to sign, no paper", Closed{{1, no_paper}});
    states.add("told: taken back", telling(Told::taken_back));
    states.add("told: moved", telling(Told::moved));
    states.add("told: conflict", telling(Told::paper_conflict));
    states.add("home, on paper", Home{{}, {Told::on_paper}});
    states.add("home, paper again", Home{{}, {Told::paper_again}});
    states.add("home, paper withdrawn", Home{{}, {Told::paper_withdrawn}});
    states.add("moving, unanswered",
               waiting(MoveCheckIn{{"10000009", "10000008", {"A. Arendt", "B. Brecht"}}}, no_network(true)));
    states.add("marking paper, unanswered", waiting(MarkPaper{"10000008"}, no_network(true)));
    states.add("told: failed", telling(Told::failed, no_network()));
    states.add("told: failed, pass still here", telling(Told::failed, no_network(), given));
    states.add("told: other station",
               telling(Told::failed, Failed{forbidden("voter-other-station", "votes at the station buckau"),
                                            false, "Buckau, Schönebecker Straße 1"}));
    states.add("leaving", Leaving{});
    states.add("connecting", waiting(Connect{}));
    states.add("searching", waiting(FindVoters{"hadzic"}));
    states.add("checking in", waiting(CheckIn{"10000008"}));
    states.add("checking in, unanswered", waiting(CheckIn{"10000008"}, no_network(true)));
    states.add("taking back, unanswered", waiting(TakeBack{"10000008", some_pass()}, no_network(true)));
    states.add("signing", waiting(SignClosing{closing(false), ""}));
}

}  // namespace

std::map<std::string, State> all_states() {
    States states;
    add_voters(states);
    add_passes(states);
    add_rest(states);
    return std::move(states.all);
}

std::vector<tty::Key> all_keys() {
    using Name = tty::Key::Name;
    std::vector<tty::Key> keys;
    for (const Name name : {Name::enter, Name::escape, Name::backspace, Name::up, Name::down, Name::left,
                            Name::right, Name::page_up, Name::page_down, Name::other})
        keys.push_back(tty::named_key(name));
    for (unsigned number = 1; number <= 12; ++number) keys.push_back(tty::function_key(number));
    for (const char32_t letter : {U' ', U'5', U'a', U'Z', U'ß', U'ễ', U'選'})
        keys.push_back(tty::letter_key(letter));
    return keys;
}

}  // namespace stimme::desk::console::sample
