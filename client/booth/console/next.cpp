#include <algorithm>

#include "client/booth/console/pass_entry.h"
#include "client/booth/console/screen.h"

namespace stimme::booth::console {
namespace {

// The server is looked for again so often.
constexpr std::uint64_t repeat_seconds = 3;
constexpr std::size_t page_rows = 10;
// A pass has 25 characters, in groups 29; what is longer is noise.
constexpr std::size_t longest_scan = 64;

Step stay(State state) {
    return {std::move(state), {}};
}

// Where nothing may happen by one key too many, nothing is chosen yet.
std::optional<std::size_t> first_cursor(const Screen& screen) {
    const auto* at = std::get_if<Deciding>(&screen);
    const bool to_decide =
        at != nullptr && (!at->ballot.unprinted || at->copied) && !at->ballot.ballot_unprinted;
    return to_decide ? std::nullopt : std::optional<std::size_t>(0);
}

Step show(State state, Screen screen) {
    state.cursor = first_cursor(screen);
    state.screen = std::move(screen);
    state.overlay = Overlay::none;
    state.read = 0;
    return stay(std::move(state));
}

Step ask(State state, Question question, Waiting waiting) {
    waiting.number = ++state.desktop.asked;
    waiting.since = state.desktop.seconds;
    Ask what{std::move(question), state.desktop.manner.language};
    const std::uint64_t number = waiting.number;
    Step step = show(std::move(state), std::move(waiting));
    step.effects.push_back({number, std::move(what)});
    return step;
}

// Among those that are offered.
std::size_t place_of_language(const Desktop& desktop) {
    const auto& all = desktop.languages;
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), desktop.manner.language) - all.begin());
}

Waiting waiting_for(What what) {
    Waiting waiting{};
    waiting.what = what;
    return waiting;
}

AskingPass next_voter(const Desktop& desktop) {
    AskingPass asking;
    if (desktop.practice) {
        asking.text = pass::write_pass(*desktop.practice);
        std::erase(asking.text, '-');
    }
    return asking;
}

// Nothing of the voter stays.
Step forget(State state) {
    state.desktop.manner = {};
    const std::uint64_t number = ++state.desktop.asked;
    Ask what{Forget{}, state.desktop.manner.language};
    AskingPass asking = next_voter(state.desktop);
    Step step = show(std::move(state), std::move(asking));
    step.effects.push_back({number, std::move(what)});
    return step;
}

// Voting.

Step to_stage(State state, Voting at, Voting::Stage stage) {
    at.stage = stage;
    at.refused.reset();
    at.list_given.reset();
    if (stage == Voting::Stage::reviewing) at.reviewed = true;
    return show(std::move(state), std::move(at));
}

Step to_contest(State state, Voting at, std::size_t contest) {
    at.contest = contest;
    return to_stage(std::move(state), std::move(at), Voting::Stage::choosing);
}

// This contest is done.
Step after_contest(State state, Voting at) {
    if (at.reviewed || at.contest + 1 == at.marks.contests())
        return to_stage(std::move(state), std::move(at), Voting::Stage::reviewing);
    const std::size_t following = at.contest + 1;
    return to_contest(std::move(state), std::move(at), following);
}

// The cursor stays where it is.
Step marked(State state, Voting at, Marks::Refusal refusal, std::optional<std::string> list = {}) {
    at.refused = refusal;
    at.list_given = std::move(list);
    state.screen = std::move(at);
    return stay(std::move(state));
}

Step give_list(State state, Voting at, std::size_t which) {
    const election::ListOfOptions list = at.marks.contest(at.contest).lists[which];
    const Marks::Refusal refusal = at.marks.give_list(at.contest, list.id);
    std::optional<std::string> given;
    if (refusal == Marks::Refusal::none) given = list.name;
    return marked(std::move(state), std::move(at), refusal, std::move(given));
}

Step finish_contest(State state, Voting at) {
    const bool done =
        at.marks.is_invalid(at.contest) || at.marks.is_blank(at.contest) || at.marks.left(at.contest) == 0;
    if (done) return after_contest(std::move(state), std::move(at));
    return to_stage(std::move(state), std::move(at), Voting::Stage::asking_unused);
}

// With the cursor on what was chosen there.
Step change(State state, Voting at, const Item& item) {
    Step step = to_contest(std::move(state), std::move(at), item.which);
    const auto all = items(step.state);
    const auto there = std::find_if(all.begin(), all.end(), [&](const Item& one) {
        return one.act == Act::give && one.which == item.position;
    });
    if (there != all.end()) step.state.cursor = static_cast<std::size_t>(there - all.begin());
    return step;
}

Step seal(State state, Voting at) {
    auto selections = std::move(at.marks).selections();
    if (!selections) return show(std::move(state), Ended{{std::move(selections).error()}});
    return ask(std::move(state), Seal{*std::move(selections)}, waiting_for(What::seal));
}

// What Enter does to the item that the cursor is on, where it isn't in the menu.

struct Doing {
    State state;
    Item item;

    Step operator()(const Starting&) { return ask(std::move(state), Connect{}, waiting_for(What::connect)); }
    Step operator()(const AskingPass&) { return stay(std::move(state)); }
    Step operator()(ChoosingLanguage at) {
        state.desktop.manner.language = state.desktop.languages[item.which];
        return show(std::move(state), Explaining{std::move(at.pass)});
    }
    Step operator()(const Explaining& at) {
        const auto layout = state.desktop.booth->ballots.at(at.pass.style);
        return show(std::move(state), Voting{Marks(layout)});
    }
    Step operator()(Voting at) {
        switch (item.act) {
            case Act::give: {
                const Marks::Refusal refusal = at.marks.give(at.contest, item.which);
                return marked(std::move(state), std::move(at), refusal);
            }
            case Act::give_list:
                return give_list(std::move(state), std::move(at), item.which);
            case Act::clear:
                at.marks.clear(at.contest);
                return to_stage(std::move(state), std::move(at), Voting::Stage::choosing);
            case Act::finish:
                return finish_contest(std::move(state), std::move(at));
            case Act::keep_unused:
                return after_contest(std::move(state), std::move(at));
            case Act::ask_invalid:
                return to_stage(std::move(state), std::move(at), Voting::Stage::asking_invalid);
            case Act::ask_blank:
                return to_stage(std::move(state), std::move(at), Voting::Stage::asking_blank);
            case Act::make_invalid:
                at.marks.make_invalid(at.contest);
                return after_contest(std::move(state), std::move(at));
            case Act::make_blank:
                at.marks.make_blank(at.contest);
                return after_contest(std::move(state), std::move(at));
            case Act::change:
                return change(std::move(state), std::move(at), item);
            case Act::seal:
                return seal(std::move(state), std::move(at));
            default:
                return to_stage(std::move(state), std::move(at), Voting::Stage::choosing);
        }
    }
    Step operator()(Deciding at) {
        switch (item.act) {
            case Act::cast:
                return ask(std::move(state), Cast{}, waiting_for(What::cast));
            case Act::ask_test:
                return show(std::move(state), AskingTest{std::move(at)});
            case Act::copied:
                at.copied = true;
                return show(std::move(state), std::move(at));
            default: {
                Waiting waiting = waiting_for(What::print_code);
                waiting.before = std::move(at);
                return ask(std::move(state), PrintAgain{}, std::move(waiting));
            }
        }
    }
    Step operator()(AskingTest at) {
        if (item.act == Act::test) return ask(std::move(state), Test{}, waiting_for(What::test));
        return show(std::move(state), std::move(at.before));
    }
    Step operator()(VoteCast at) {
        if (item.act == Act::forget) return forget(std::move(state));
        Waiting waiting = waiting_for(What::print_receipt);
        waiting.before = std::move(at);
        return ask(std::move(state), PrintReceipt{}, std::move(waiting));
    }
    Step operator()(Tested at) {
        if (item.act == Act::forget) return forget(std::move(state));
        if (item.act == Act::vote_again)
            return ask(std::move(state), VoteAgain{}, waiting_for(What::take_pass));
        Waiting waiting = waiting_for(What::print_opened);
        waiting.before = std::move(at);
        return ask(std::move(state), PrintAgain{}, std::move(waiting));
    }
    Step operator()(const Ended&) { return forget(std::move(state)); }
    Step operator()(const Waiting&) { return stay(std::move(state)); }
};

Step on_screen(State state, const Item& item) {
    Screen screen = std::move(state.screen);
    return std::visit(
        [&](auto&& at) {
            return Doing{std::move(state), item}(std::move(at));
        },
        std::move(screen));
}

Step open(State state, Overlay overlay) {
    state.overlay = overlay;
    state.overlay_cursor = 0;
    if (overlay == Overlay::languages) state.overlay_cursor = place_of_language(state.desktop);
    return stay(std::move(state));
}

// The same in the menu, and for keys that do the same everywhere.
Step over_screen(State state, const Item& item) {
    Manner& manner = state.desktop.manner;
    const bool was_open = state.overlay != Overlay::none;
    state.overlay = Overlay::none;
    state.read = 0;
    switch (item.act) {
        case Act::languages:
            return open(std::move(state), Overlay::languages);
        case Act::ask_leave:
            return open(std::move(state), Overlay::leaving);
        case Act::menu:
            return open(std::move(state), Overlay::menu);
        case Act::set_language:
            manner.language = state.desktop.languages[item.which];
            manner.official = false;
            return stay(std::move(state));
        case Act::official:
            manner.official = !manner.official;
            return stay(std::move(state));
        case Act::contrast:
            manner.contrast = !manner.contrast;
            return stay(std::move(state));
        case Act::letters:
            manner.large = !manner.large;
            return stay(std::move(state));
        case Act::voice:
            manner.silent = !manner.silent;
            return stay(std::move(state));
        case Act::darkness:
            manner.dark = !manner.dark;
            return stay(std::move(state));
        case Act::forget:
            return forget(std::move(state));
        case Act::back:
            if (was_open) return stay(std::move(state));
            break;
        default:
            break;
    }
    return on_screen(std::move(state), item);
}

// Round and round, but not for a key that is held down.
std::size_t moved(std::size_t cursor, std::size_t count, Act act, bool hurried) {
    switch (act) {
        case Act::up:
            if (cursor == 0) return hurried ? 0 : count - 1;
            return cursor - 1;
        case Act::down:
            if (cursor + 1 >= count) return hurried ? count - 1 : 0;
            return cursor + 1;
        case Act::page_up:
            return cursor - std::min(page_rows, cursor);
        default:
            return std::min(cursor + page_rows, count - 1);
    }
}

Step move(State state, Act act, bool hurried) {
    const std::size_t count = items(state).size();
    if (count == 0) return stay(std::move(state));
    if (state.overlay != Overlay::none) {
        state.overlay_cursor = moved(state.overlay_cursor, count, act, hurried);
        return stay(std::move(state));
    }
    if (auto* voting = std::get_if<Voting>(&state.screen)) {
        voting->refused.reset();
        voting->list_given.reset();
    }
    const bool up = act == Act::up || act == Act::page_up;
    state.cursor = state.cursor ? moved(*state.cursor, count, act, hurried) : (up ? count - 1 : 0);
    return stay(std::move(state));
}

Step take_pass(State state, const Result<pass::Pass>& pass) {
    if (pass) return ask(std::move(state), TakePass{*pass}, waiting_for(What::take_pass));
    return show(std::move(state), AskingPass{{}, pass.error()});
}

Step change_votes(State state, Act act) {
    const std::size_t option = chosen(state)->which;
    auto at = std::get<Voting>(std::move(state.screen));
    if (act == Act::more) {
        const Marks::Refusal refusal = at.marks.give(at.contest, option);
        return marked(std::move(state), std::move(at), refusal);
    }
    at.marks.take(at.contest, option);
    return marked(std::move(state), std::move(at), Marks::Refusal::none);
}

Step carry_out(State state, Act act, bool hurried) {
    switch (act) {
        case Act::up:
        case Act::down:
        case Act::page_up:
        case Act::page_down:
            return move(std::move(state), act, hurried);
        case Act::more:
        case Act::less:
            return change_votes(std::move(state), act);
        case Act::take_pass: {
            const auto pass = pass::parse_pass(std::get<AskingPass>(state.screen).text);
            return take_pass(std::move(state), pass);
        }
        case Act::choose: {
            const Item item = *chosen(state);
            if (hurried && acts_outside(item.act)) return stay(std::move(state));
            if (state.overlay != Overlay::none) return over_screen(std::move(state), item);
            return on_screen(std::move(state), item);
        }
        default:
            return over_screen(std::move(state), {act});
    }
}

bool same_key(const tty::Key& a, const tty::Key& b) {
    return a.name == b.name && a.letter == b.letter && a.function == b.function;
}

Step on(State state, const tty::Key& key) {
    for (const Choice& choice : choices(state)) {
        if (!same_key(choice.key, key)) continue;
        if (key.hurried && acts_outside(choice.act)) return stay(std::move(state));
        return carry_out(std::move(state), choice.act, key.hurried);
    }
    if (auto* asking = std::get_if<AskingPass>(&state.screen);
        asking != nullptr && state.overlay == Overlay::none)
        type_pass(*asking, key);
    return stay(std::move(state));
}

// What a scanner read.

Step on(State state, const tty::Scan& scan) {
    if (scan.text.size() > longest_scan) return stay(std::move(state));
    const auto pass = read_pass(scan.text);
    if (std::holds_alternative<AskingPass>(state.screen)) return take_pass(std::move(state), pass);
    // Whoever voted before has gone.
    const bool over =
        std::holds_alternative<VoteCast>(state.screen) || std::holds_alternative<Ended>(state.screen);
    if (!over || !pass) return stay(std::move(state));
    Step forgotten = forget(std::move(state));
    Step step = take_pass(std::move(forgotten.state), pass);
    step.effects.insert(step.effects.begin(), std::make_move_iterator(forgotten.effects.begin()),
                        std::make_move_iterator(forgotten.effects.end()));
    return step;
}

// Time, connection and terminal.

Step on(State state, const Ticked&) {
    ++state.desktop.seconds;
    const auto* starting = std::get_if<Starting>(&state.screen);
    if (starting != nullptr && state.desktop.seconds - starting->since >= repeat_seconds)
        return ask(std::move(state), Connect{}, waiting_for(What::connect));
    return stay(std::move(state));
}

Step on(State state, const LinkChanged& link) {
    state.desktop.connected = link.connected;
    return stay(std::move(state));
}

Step on(State state, const LettersChanged& letters) {
    state.desktop.manner.large = letters.large;
    return stay(std::move(state));
}

Step on(State state, const Read& read) {
    state.read = read.pages;
    return stay(std::move(state));
}

// Answers.

struct Hearing {
    State state;
    Waiting waiting;  // what was on the screen

    // Whatever was to come out.
    Printed not_printed(Error error) const {
        const auto* deciding = std::get_if<Deciding>(&waiting.before);
        const bool ballot = deciding != nullptr && deciding->ballot.ballot_unprinted;
        return {error, ballot ? std::optional(error) : std::nullopt};
    }

    Step operator()(Connected answer) {
        state.desktop.booth = std::move(answer.booth);
        AskingPass asking = next_voter(state.desktop);
        return show(std::move(state), std::move(asking));
    }
    Step operator()(PassTaken answer) {
        // After a test the language is known.
        if (answer.tests != 0 && state.desktop.manner != Manner{})
            return show(std::move(state), Explaining{std::move(answer)});
        const std::size_t cursor = place_of_language(state.desktop);
        Step step = show(std::move(state), ChoosingLanguage{std::move(answer)});
        step.state.cursor = cursor;
        return step;
    }
    Step operator()(Submitted answer) { return show(std::move(state), Deciding{std::move(answer)}); }
    Step operator()(Counted answer) { return show(std::move(state), VoteCast{std::move(answer.code)}); }
    Step operator()(Opened answer) { return show(std::move(state), Tested{std::move(answer)}); }
    Step operator()(Printed answer) {
        if (auto* cast = std::get_if<VoteCast>(&waiting.before)) {
            cast->receipt = std::move(answer);
            return show(std::move(state), std::move(*cast));
        }
        if (auto* tested = std::get_if<Tested>(&waiting.before)) {
            tested->ballot.unprinted = std::move(answer.unprinted);
            return show(std::move(state), std::move(*tested));
        }
        auto deciding = std::get<Deciding>(std::move(waiting.before));
        deciding.ballot.unprinted = std::move(answer.unprinted);
        deciding.ballot.ballot_unprinted = std::move(answer.ballot_unprinted);
        return show(std::move(state), std::move(deciding));
    }
    Step operator()(const Forgotten&) { return stay(std::move(state)); }
    Step operator()(Failed failed) {
        if (waiting.what == What::connect)
            return show(std::move(state), Starting{std::move(failed), state.desktop.seconds});
        if (waiting.what == What::take_pass)
            return show(std::move(state), AskingPass{{}, {}, std::move(failed)});
        if (waiting.before.index() != 0) return (*this)(not_printed(std::move(failed.error)));
        return show(std::move(state), Ended{std::move(failed)});
    }
};

Step on(State state, Answered answered) {
    const auto* waiting = std::get_if<Waiting>(&state.screen);
    if (waiting == nullptr || waiting->number != answered.number) return stay(std::move(state));
    Waiting asked = *waiting;
    return std::visit(Hearing{std::move(state), std::move(asked)}, std::move(answered.answer));
}

}  // namespace

Step first_step(Desktop desktop) {
    State state{std::move(desktop), Starting{}};
    return ask(std::move(state), Connect{}, waiting_for(What::connect));
}

Step next(State state, const Event& event) {
    return std::visit([&](const auto& what) { return on(std::move(state), what); }, event);
}

}  // namespace stimme::booth::console
