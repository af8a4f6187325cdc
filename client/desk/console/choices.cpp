// Which key does what on which screen.
#include <algorithm>

#include "client/desk/console/screen.h"

namespace stimme::desk::console {
namespace {

using Name = tty::Key::Name;
using Choices = std::vector<Choice>;

constexpr std::size_t fewest_present = 2;

Choice on(unsigned function, Act act) {
    return {tty::function_key(function), act};
}
Choice on(Name name, Act act) {
    return {tty::named_key(name), act};
}

struct OfScreen {
    const Desktop& desktop;

    Choices operator()(const Starting& at) const {
        if (!at.trouble) return {on(10, Act::leave)};
        return {on(Name::enter, Act::try_again), on(10, Act::leave)};
    }
    Choices operator()(const Opening& at) const {
        Choices all;
        if (!at.name.text.empty() && at.present.size() < most_present)
            all.push_back(on(Name::enter, Act::add_name));
        if (at.present.size() >= fewest_present) all.push_back(on(5, Act::open_station));
        all.push_back(on(10, Act::leave));
        return all;
    }
    Choices operator()(const Home& at) const {
        Choices all;
        if (!at.query.text.empty()) all.push_back(on(Name::enter, Act::search));
        for (const Choice& choice :
             {on(1, Act::help), on(2, Act::passes), on(3, Act::booths), on(4, Act::person_of_trust),
              on(9, Act::close_station), on(10, Act::leave)})
            all.push_back(choice);
        return all;
    }
    Choices operator()(const Help&) const { return {on(Name::escape, Act::back)}; }
    Choices operator()(const Hits&) const {
        return {on(Name::up, Act::move_up),      on(Name::down, Act::move_down),
                on(Name::page_up, Act::page_up), on(Name::page_down, Act::page_down),
                on(Name::enter, Act::choose),    on(Name::escape, Act::back)};
    }
    Choices operator()(const Person& at) const {
        const bool here = at.voter.checked_in_at == desktop.station->id;
        const bool free = obstacle(at.voter) == Obstacle::none;
        Choices all;
        if (std::holds_alternative<Returning>(at.purpose)) {
            if (here) all.push_back(on(7, Act::take_back));
        } else if (const auto* receiving = std::get_if<Receiving>(&at.purpose)) {
            if (free && receiving->from.style == at.voter.style) all.push_back(on(8, Act::move_check_in));
        } else {
            if (free) all.push_back(on(5, Act::check_in));
            const bool paper_here = at.voter.paper_at == desktop.station->id;
            all.push_back(on(6, paper_here ? Act::withdraw_paper : Act::paper));
            if (here) all.push_back(on(8, Act::move_check_in));
        }
        all.push_back(on(Name::escape, Act::back));
        return all;
    }
    Choices operator()(const PassGiven& at) const {
        Choices all;
        if (!at.made.unprinted) all.push_back(on(Name::enter, Act::handed_over));
        if (at.made.unprinted || !at.printed_again) all.push_back(on(6, Act::print_again));
        all.push_back(on(7, Act::take_back));
        return all;
    }
    Choices operator()(const AskingPass& at) const {
        Choices all;
        if (!at.text.text.empty()) all.push_back(on(Name::enter, Act::read_pass));
        all.push_back(on(Name::escape, Act::back));
        return all;
    }
    Choices operator()(const PassShown& at) const {
        Choices all;
        using Status = wire::PassStateAnswer::Status;
        if (at.state.status == Status::unused && at.state.challenges == 0)
            all.push_back(on(7, Act::take_back));
        if (at.state.status == Status::submitted) all.push_back(on(8, Act::end_ballot));
        all.push_back(on(Name::escape, Act::back));
        return all;
    }
    Choices operator()(const AskingWho& at) const {
        Choices all;
        if (!at.query.text.empty()) all.push_back(on(Name::enter, Act::search));
        all.push_back(on(Name::escape, Act::back));
        return all;
    }
    Choices operator()(const AskingMembers& at) const {
        Choices all{on(Name::up, Act::move_up), on(Name::down, Act::move_down), on(Name::enter, Act::toggle)};
        if (at.members.size() == 2) all.push_back(on(5, Act::confirm));
        all.push_back(on(Name::escape, Act::back));
        return all;
    }
    Choices operator()(const ConfirmPaper&) const { return yes_or_no(); }
    Choices operator()(const ConfirmTakeBack&) const { return yes_or_no(); }
    Choices operator()(const ConfirmEnd&) const { return yes_or_no(); }
    Choices operator()(const ConfirmHelp&) const { return yes_or_no(); }
    Choices operator()(const Booths&) const {
        return {on(Name::up, Act::move_up), on(Name::down, Act::move_down), on(Name::enter, Act::unlock),
                on(Name::escape, Act::back)};
    }
    Choices operator()(const Closing& at) const {
        Choices all;
        if (at.figures.view.differences.empty() || !at.explanation.text.empty())
            all.push_back(on(5, Act::sign));
        all.push_back(on(Name::escape, Act::back));
        return all;
    }
    Choices operator()(const Closed&) const { return {on(10, Act::leave)}; }
    Choices operator()(const Telling&) const { return {on(Name::enter, Act::go_on)}; }
    Choices operator()(const Leaving&) const { return yes_or_no(); }
    Choices operator()(const Waiting& at) const {
        if (at.trouble) return {on(10, Act::leave)};
        const bool harmless = std::holds_alternative<FindVoters>(at.ask) ||
                              std::holds_alternative<ReadPass>(at.ask) ||
                              std::holds_alternative<ReadClosing>(at.ask);
        if (!harmless) return {};
        return {on(Name::escape, Act::back)};
    }

    static Choices yes_or_no() { return {on(Name::enter, Act::confirm), on(Name::escape, Act::back)}; }
};

bool needs_server(const Screen& screen, Act act) {
    switch (act) {
        case Act::search:
        case Act::check_in:
        case Act::read_pass:
        case Act::unlock:
        case Act::close_station:
        case Act::sign:
            return true;
        case Act::take_back:
            return std::holds_alternative<Person>(screen);
        case Act::confirm:
            return !std::holds_alternative<Leaving>(screen) && !std::holds_alternative<ConfirmHelp>(screen);
        default:
            return false;
    }
}

}  // namespace

std::vector<Choice> choices(const State& state) {
    Choices all = std::visit(OfScreen{state.desktop}, state.screen);
    if (!state.desktop.connected)
        std::erase_if(all, [&](const Choice& choice) { return needs_server(state.screen, choice.act); });
    all.push_back(on(12, Act::language));
    return all;
}

bool acts_outside(Act act) {
    switch (act) {
        case Act::open_station:
        case Act::check_in:
        case Act::handed_over:
        case Act::print_again:
        case Act::take_back:
        case Act::end_ballot:
        case Act::unlock:
        case Act::sign:
        case Act::confirm:
        case Act::leave:
            return true;
        default:
            return false;
    }
}

Obstacle obstacle(const wire::VoterView& voter) {
    if (voter.checked_in_at) return Obstacle::checked_in;
    if (voter.paper_at) return Obstacle::on_paper;
    return voter.eligible ? Obstacle::none : Obstacle::not_eligible;
}

}  // namespace stimme::desk::console
