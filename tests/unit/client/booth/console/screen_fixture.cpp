#include "tests/unit/client/booth/console/screen_fixture.h"

#include <fmt/format.h>

#include "client/booth/console/languages.h"
#include "tests/support/elections.h"

namespace stimme::booth::console::sample {
namespace {

using json::Array;
using json::Object;
using Stage = Voting::Stage;

Object contest(const std::string& id, const std::string& title, unsigned votes, unsigned per_option) {
    return {{"id", id},
            {"titles", Object{{"en", title}, {"de", title}}},
            {"seats", 1},
            {"votes_per_voter", votes},
            {"votes_per_option", per_option},
            {"invalid_option", true},
            {"blank_option", votes == 1},
            {"seat_method", "most-votes"},
            {"tie_rule", "lot"}};
}

Array contests() {
    Array lists, people;
    for (const std::string list : {"blue", "green", "red"}) {
        lists.push_back(Object{{"id", list}, {"name", "The " + list}});
        for (int i = 1; i <= 20; ++i) {
            const std::size_t number = people.size() + 1;
            people.push_back(Object{{"id", fmt::format("c{:02}", number)},
                                    {"name", fmt::format("Person {}, of {}", number, list)},
                                    {"list", list}});
        }
    }
    Object board = contest("board", "Board", 5, 3);
    board.set("options", std::move(people));
    board.set("lists", std::move(lists));
    board.set("list_vote", true);
    Object chair = contest("chair", "Chair", 1, 1);
    chair.set("options", Array{Object{{"id", "c01"}, {"name", "First, Fatma"}},
                               Object{{"id", "c02"}, {"name", "Second, Sven"}}});
    return {board, chair};
}

Voting marked(Stage stage, std::size_t contest = 0) {
    Voting at = voting(stage, contest);
    at.marks.give(0, 0);
    at.marks.give(1, 1);
    return at;
}

Deciding deciding(bool printed, bool copied = false) {
    std::optional<Error> unprinted;
    if (!printed) unprinted = unavailable("paper-out", "the printer has no paper: put in a new roll");
    return {{some_code(), unprinted}, copied};
}

Tested tested(bool reproduced, bool printed) {
    Tested at{{reproduced, {}}};
    if (!printed) at.ballot.unprinted = unavailable("paper-out", "no paper");
    return at;
}

Waiting printing(What what) {
    Waiting at = waiting(what);
    if (what == What::print_code) at.before = deciding(false);
    if (what == What::print_receipt) at.before = VoteCast{some_code()};
    if (what == What::print_opened) at.before = tested(true, false);
    return at;
}

}  // namespace

std::shared_ptr<const BoothInfo> booth() {
    static const auto info = [] {
        const auto election = test::TestElection()
                                  .set("contests", contests())
                                  .set("languages", Array{"de", "en"})
                                  .set("titles", Object{{"de", "Wahl"}, {"en", "Election"}})
                                  .style("standard", {"board", "chair"})
                                  .build();
        const auto ballot =
            std::make_shared<const ballot::Layout>(election.definition, election.definition->styles[0]);
        return std::make_shared<const BoothInfo>(BoothInfo{{{"de", "Wahl"}, {"en", "Election"}},
                                                           "Town hall",
                                                           SignerId("s1-booth-1"),
                                                           "Europe/Berlin",
                                                           {{ballot->style(), ballot}}});
    }();
    return info;
}
StyleId style() {
    return booth()->ballots.begin()->first;
}
std::shared_ptr<const ballot::Layout> layout() {
    return booth()->ballots.begin()->second;
}

Desktop at_work(words::Language language) {
    Desktop desktop;
    desktop.languages = offered_languages(true, "xterm");
    desktop.speaks = true;
    desktop.has_larger_letters = true;
    desktop.booth = booth();
    desktop.manner.language = language;
    desktop.connected = true;
    return desktop;
}

State at(Screen screen, Overlay overlay) {
    State state{at_work(), std::move(screen), overlay};
    const auto* at = std::get_if<Deciding>(&state.screen);
    if (at != nullptr && (!at->ballot.unprinted || at->copied) && !at->ballot.ballot_unprinted)
        state.cursor.reset();
    return state;
}

Voting voting(Stage stage, std::size_t contest) {
    Voting at{Marks(layout())};
    at.stage = stage;
    at.contest = contest;
    return at;
}

Waiting waiting(What what) {
    Waiting at{};
    at.what = what;
    return at;
}

std::map<std::string, std::function<State()>> all_states() {
    std::map<std::string, std::function<State()>> all;
    const auto add = [&](const std::string& name, auto make) {
        all[name] = [make] { return at(make()); };
        all[name + ", menu"] = [make] { return at(make(), Overlay::menu); };
        all[name + ", languages"] = [make] { return at(make(), Overlay::languages); };
    };
    add("starting", [] { return Starting{no_network()}; });
    add("asking pass", [] { return AskingPass{}; });
    add("pass typed", [] { return AskingPass{"0123456789ABCDEFGHJKMNPQR", {}}; });
    add("pass wrong", [] { return AskingPass{{}, pass::parse_pass("U").error()}; });
    add("pass refused", [] {
        return AskingPass{{}, {}, Failed{conflict("pass-cast", "a ballot was cast with this pass")}};
    });
    add("language", [] { return ChoosingLanguage{{style()}}; });
    add("explaining", [] { return Explaining{{style()}}; });
    for (const std::size_t contest : {0, 1}) {
        const std::string which = fmt::format(" {}", contest);
        for (const Stage stage : {Stage::choosing, Stage::asking_unused, Stage::asking_invalid,
                                  Stage::asking_blank, Stage::reviewing}) {
            const std::string name = fmt::format("voting, stage {}", static_cast<int>(stage)) + which;
            if (stage == Stage::asking_blank && contest == 0) continue;
            if (stage != Stage::reviewing) add(name + " empty", [=] { return voting(stage, contest); });
            add(name, [=] { return marked(stage, contest); });
        }
    }
    add("voting, invalid", [] {
        Voting at = voting();
        at.marks.make_invalid(0);
        return at;
    });
    add("deciding", [] { return deciding(true); });
    add("deciding, unprinted", [] { return deciding(false); });
    add("deciding, copied", [] { return deciding(false, true); });
    add("deciding, no ballot on paper", [] {
        Deciding at = deciding(true);
        at.ballot.with_ballot = true;
        at.ballot.ballot_unprinted = unavailable("paper-out", "no paper");
        return at;
    });
    add("asking test", [] { return AskingTest{deciding(true)}; });
    add("cast", [] { return VoteCast{some_code()}; });
    add("cast, receipt", [] { return VoteCast{some_code(), Printed{}}; });
    add("cast, no receipt", [] {
        return VoteCast{some_code(), Printed{unavailable("paper-out", "no paper")}};
    });
    add("tested", [] { return tested(true, true); });
    add("tested, unprinted", [] { return tested(true, false); });
    add("tested, failed", [] { return tested(false, true); });
    add("ended", [] { return Ended{{conflict("ballot-expired", "the desk ended it")}}; });
    add("ended, perhaps cast", [] { return Ended{{no_network().error, true}}; });
    for (const What what : {What::connect, What::take_pass, What::seal, What::cast, What::test,
                            What::print_code, What::print_opened, What::print_receipt})
        add(fmt::format("waiting {}", static_cast<int>(what)), [what] { return printing(what); });
    all["leaving"] = [] { return at(deciding(true), Overlay::leaving); };
    all["leaving while voting"] = [] { return at(marked(Stage::choosing), Overlay::leaving); };
    return all;
}

std::vector<tty::Key> all_keys() {
    using Name = tty::Key::Name;
    std::vector<tty::Key> keys;
    for (const Name name : {Name::enter, Name::escape, Name::backspace, Name::up, Name::down, Name::left,
                            Name::right, Name::page_up, Name::page_down, Name::other})
        keys.push_back(tty::named_key(name));
    for (unsigned function = 1; function <= 12; ++function) keys.push_back(tty::function_key(function));
    for (const char32_t letter : U"aZ7 -ж") {
        if (letter != 0) keys.push_back(tty::letter_key(letter));
    }
    return keys;
}

}  // namespace stimme::booth::console::sample
