// What there is to choose on which screen, and which key does what.
#include <algorithm>

#include "client/booth/console/screen.h"

namespace stimme::booth::console {
namespace {

using Name = tty::Key::Name;
using Items = std::vector<Item>;

// A list of more items is turned by pages, too.
constexpr std::size_t short_list = 10;

bool is_set_aside(const Voting& at) {
    return at.marks.is_invalid(at.contest) || at.marks.is_blank(at.contest);
}

Items languages_of(const Desktop& desktop) {
    Items all;
    for (std::size_t i = 0; i < desktop.languages.size(); ++i) all.push_back({Act::set_language, i});
    return all;
}

void offer_setting_aside(const election::Contest& contest, Items& all) {
    if (contest.invalid_option) all.push_back({Act::ask_invalid});
    if (contest.blank_option) all.push_back({Act::ask_blank});
}

Items choosing(const Voting& at) {
    const election::Contest& contest = at.marks.contest(at.contest);
    Items all;
    for (const Row& row : rows(contest)) {
        if (row.list && !contest.list_vote) continue;
        all.push_back({row.list ? Act::give_list : Act::give, row.which});
    }
    if (is_set_aside(at)) all.push_back({Act::clear});
    all.push_back({Act::finish});
    return all;
}

Items asking_unused(const Voting& at) {
    Items all{{Act::use_them}};
    if (at.marks.is_empty(at.contest)) {
        offer_setting_aside(at.marks.contest(at.contest), all);
    } else {
        all.push_back({Act::keep_unused});
    }
    return all;
}

Items reviewing(const Voting& at) {
    Items all{{Act::seal}};
    for (std::size_t i = 0; i < at.marks.contests(); ++i) {
        for (std::size_t position = 0; position < at.marks.contest(i).positions(); ++position) {
            if (at.marks.given(i, position) != 0) all.push_back({Act::change, i, position});
        }
    }
    return all;
}

struct OfScreen {
    const Desktop& desktop;

    Items operator()(const Starting& at) const { return at.trouble ? Items{{Act::try_again}} : Items{}; }
    Items operator()(const AskingPass&) const { return {}; }
    Items operator()(const ChoosingLanguage&) const { return languages_of(desktop); }
    Items operator()(const Explaining&) const { return {{Act::go_on}}; }
    Items operator()(const Voting& at) const {
        switch (at.stage) {
            case Voting::Stage::choosing:
                return choosing(at);
            case Voting::Stage::asking_unused:
                return asking_unused(at);
            case Voting::Stage::asking_invalid:
                return {{Act::back}, {Act::make_invalid}};
            case Voting::Stage::asking_blank:
                return {{Act::back}, {Act::make_blank}};
            case Voting::Stage::reviewing:
                return reviewing(at);
        }
        return {};
    }
    Items operator()(const Deciding& at) const {
        // Without its paper a ballot isn't cast where there is to be one.
        if (at.ballot.ballot_unprinted) return {{Act::print_again}};
        if (at.ballot.unprinted && !at.copied) return {{Act::print_again}, {Act::copied}};
        return {{Act::cast}, {Act::ask_test}};
    }
    Items operator()(const AskingTest&) const { return {{Act::back}, {Act::test}}; }
    Items operator()(const VoteCast& at) const {
        if (at.receipt && !at.receipt->unprinted) return {{Act::forget}};
        return {{Act::print_receipt}, {Act::forget}};
    }
    Items operator()(const Tested& at) const {
        if (!at.ballot.reproduced) return {{Act::forget}};
        if (at.ballot.unprinted) return {{Act::print_again}, {Act::vote_again}, {Act::forget}};
        return {{Act::vote_again}, {Act::forget}};
    }
    Items operator()(const Ended&) const { return {{Act::forget}}; }
    Items operator()(const Waiting&) const { return {}; }
};

// Nothing is cast yet, and nothing is under way.
bool may_leave(const Screen& screen) {
    return std::holds_alternative<ChoosingLanguage>(screen) || std::holds_alternative<Explaining>(screen) ||
           std::holds_alternative<Voting>(screen) || std::holds_alternative<Deciding>(screen);
}

Items menu_of(const State& state) {
    Items all{{Act::back}, {Act::languages}, {Act::official}, {Act::contrast}};
    if (state.desktop.has_larger_letters) all.push_back({Act::letters});
    if (state.desktop.speaks) {
        all.push_back({Act::voice});
        all.push_back({Act::darkness});
    }
    const auto* voting = std::get_if<Voting>(&state.screen);
    if (voting != nullptr && voting->stage == Voting::Stage::choosing && !is_set_aside(*voting))
        offer_setting_aside(voting->marks.contest(voting->contest), all);
    if (may_leave(state.screen)) all.push_back({Act::ask_leave});
    return all;
}

Choice on(Name name, Act act) {
    return {tty::named_key(name), act};
}

void add_votes(const State& state, std::vector<Choice>& all) {
    const auto* voting = std::get_if<Voting>(&state.screen);
    const auto item = chosen(state);
    if (voting == nullptr || state.overlay != Overlay::none || !item || item->act != Act::give) return;
    all.push_back(on(Name::right, Act::more));
    if (voting->marks.given(voting->contest, item->which) != 0) all.push_back(on(Name::left, Act::less));
}

bool is_pass(const Screen& screen) {
    const auto* asking = std::get_if<AskingPass>(&screen);
    return asking != nullptr && !asking->wrong && pass::parse_pass(asking->text).ok();
}

}  // namespace

std::vector<Row> rows(const election::Contest& contest) {
    std::vector<Row> all;
    std::optional<std::string> list;
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
        const std::optional<std::string>& here = contest.options[i].list;
        if (here && here != list) {
            const auto found = std::find_if(contest.lists.begin(), contest.lists.end(),
                                            [&](const auto& one) { return one.id == *here; });
            all.push_back({true, static_cast<std::size_t>(found - contest.lists.begin())});
        }
        list = here;
        all.push_back({false, i});
    }
    return all;
}

std::vector<Item> items(const State& state) {
    switch (state.overlay) {
        case Overlay::none:
            return std::visit(OfScreen{state.desktop}, state.screen);
        case Overlay::menu:
            return menu_of(state);
        case Overlay::languages:
            return languages_of(state.desktop);
        case Overlay::leaving:
            return {{Act::back}, {Act::forget}};
    }
    return {};
}

std::optional<Item> chosen(const State& state) {
    const Items all = items(state);
    const auto cursor = state.overlay == Overlay::none ? state.cursor : std::optional(state.overlay_cursor);
    if (!cursor || *cursor >= all.size()) return std::nullopt;
    return all[*cursor];
}

std::vector<Choice> choices(const State& state) {
    std::vector<Choice> all;
    const std::size_t count = items(state).size();
    if (count > 1 || (count == 1 && !chosen(state))) {
        all.push_back(on(Name::up, Act::up));
        all.push_back(on(Name::down, Act::down));
    }
    if (count > short_list) {
        all.push_back(on(Name::page_up, Act::page_up));
        all.push_back(on(Name::page_down, Act::page_down));
    }
    add_votes(state, all);
    if (chosen(state)) all.push_back(on(Name::enter, Act::choose));
    if (state.overlay == Overlay::none && is_pass(state.screen))
        all.push_back(on(Name::enter, Act::take_pass));
    all.push_back(on(Name::escape, state.overlay == Overlay::none ? Act::menu : Act::back));
    all.push_back({tty::function_key(1), Act::official});
    all.push_back({tty::function_key(2), Act::languages});
    return all;
}

bool acts_outside(Act act) {
    switch (act) {
        case Act::seal:
        case Act::cast:
        case Act::test:
        case Act::print_again:
        case Act::copied:
        case Act::print_receipt:
        case Act::vote_again:
        case Act::forget:
        case Act::take_pass:
        case Act::make_invalid:
        case Act::make_blank:
            return true;
        default:
            return false;
    }
}

words::Language spoken_in(const Desktop& desktop) {
    return desktop.manner.official ? words::Language::german() : desktop.manner.language;
}

}  // namespace stimme::booth::console
