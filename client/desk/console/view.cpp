#include "client/desk/console/view.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/desk/console/page.h"
#include "client/desk/console/sheets.h"

namespace stimme::desk::console {
namespace {

using tty::Style;

// Lines of the screen that the page itself has: without status line, foot and what the network says.
constexpr std::size_t most_hits = 12;

std::string name_of(const wire::VoterView& voter) {
    return voter.family_name + ", " + voter.given_names;
}

std::string birth_year(const wire::VoterView& voter) {
    return voter.birth_date.substr(0, 4);
}

std::string in_a_word(const Tongue& t, const wire::VoterView& voter) {
    if (voter.checked_in_at) return t("checked in");
    if (voter.paper_at) return t("on paper");
    if (voter.polling_card) return t("polling card");
    return voter.eligible ? "" : t("may not vote");
}

// What each screen shows between status line and keys.
class Body {
  public:
    Body(const State& state, Page& page) : desktop_(state.desktop), t_(state.desktop.language), page_(page) {}

    void operator()(const Starting& at) {
        page_.title(t_("The desk is not ready yet"));
        if (at.trouble) page_.explanation(explain(t_, *at.trouble), Style::alarm);
    }

    void operator()(const Opening& at) {
        page_.title(t_("Opening of the polling station"));
        page_.paragraph(t_("Counted before the first voter came:"));
        for (const Figure& figure : figures(t_, at.counts)) page_.figure(figure.count, figure.what);
        page_.blank();
        if (at.counts.zero()) {
            page_.paragraph(t_("Everything is zero."), Style::done);
        } else {
            page_.paragraph(
                t_("Not everything is zero. Is that right, because another desk or this one was at work "
                   "before? If not, call the election office."),
                Style::alarm);
        }
        page_.blank();
        page_.paragraph(
            t_("Who of the board is present? At least two names, then F5 confirms them and the count."));
        if (!at.present.empty()) {
            page_.paragraph(fmt::format("{}", fmt::join(at.present, "; ")), Style::strong);
            page_.paragraph(t_("The backspace key takes the last name away."), Style::faint);
        }
        if (at.present.size() < most_present) page_.field(t_("Name:"), at.name);
    }

    void operator()(const Home& at) {
        page_.title(t_("The next voter"));
        page_.paragraph(t_("Scan the voting notice, or type name, date of birth or number."));
        page_.blank();
        page_.field(t_("Voter:"), at.query);
        page_.blank();
        tell(at.message);
    }

    void operator()(const Help&) {
        page_.title(t_("Help"));
        page_.paragraph(t_("The pass comes back unused: F2, scan the pass, F7, scan the voting notice, F7."));
        page_.paragraph(t_("The booth died: F2, scan the pass. The screen says whether the vote was cast."));
        page_.paragraph(t_("The voter left before \"cast\" or \"test\": F2, scan the pass, F8."));
        page_.paragraph(t_("Ten wrong passes locked a booth: look why, then F3."));
        page_.blank();
        page_.paragraph(
            t_("A voter may always vote on paper instead. A voter who needs help may bring a person of "
               "trust into the booth: F4."));
        page_.paragraph(
            t_("No network: nobody is checked in. People of your own station vote on paper, from the "
               "printed roll. What was asked and not answered is repeated by itself."));
        page_.paragraph(t_("Never write a name on a pass, and never keep one."));
    }

    void operator()(const Hits& at) {
        page_.title(question(at.purpose));
        const std::size_t first = at.chosen < most_hits ? 0 : at.chosen - most_hits + 1;
        const std::size_t end = std::min(at.voters.size(), first + most_hits);
        for (std::size_t i = first; i < end; ++i) hit(at.voters[i], i == at.chosen);
        page_.blank();
        page_.paragraph(t_("{0} of {1}", fmt::to_string(at.chosen + 1), fmt::to_string(at.voters.size())),
                        Style::faint);
    }

    void operator()(const Person& at) {
        const wire::VoterView& voter = at.voter;
        page_.title(name_of(voter));
        page_.row(t_("Born in"), birth_year(voter));
        page_.row(t_("Address"), voter.register_block
                                     ? t_("kept secret (register block): don't ask for it aloud")
                                     : voter.address);
        page_.row(t_("Number"), voter.number);
        if (voter.station != desktop_.station->id)
            page_.row(t_("Station"), t_("another one: {0}", name_of(*desktop_.station, voter.station)),
                      Style::strong);
        if (voter.polling_card) page_.row(t_("Polling card"), t_("was issued"), Style::strong);
        page_.blank();
        if (std::holds_alternative<Returning>(at.purpose)) return returning(voter);
        if (const auto* receiving = std::get_if<Receiving>(&at.purpose))
            return this->receiving(receiving->from, voter);
        if (obstacle(voter) != Obstacle::none) {
            page_.explanation(explain(t_, voter, *desktop_.station), Style::alarm);
            return after_obstacle(voter);
        }
        page_.paragraph(t_("May vote."), Style::done);
        page_.paragraph(t_("Look at the identity card, passport or residence permit, then F5."));
        if (voter.polling_card)
            page_.paragraph(
                t_("Only with their polling card: take it, keep it with the record, then F5. Without "
                   "it nobody votes here; they may have voted by post."),
                Style::alarm);
        page_.paragraph(t_("They want paper, or were ticked in the printed roll: F6."), Style::faint);
    }

    void operator()(const PassGiven& at) {
        if (at.made.unprinted) {
            page_.title(t_("Checked in, but the pass was NOT printed"));
            page_.explanation(explain_unprinted(t_, *at.made.unprinted), Style::alarm);
            page_.blank();
            page_.paragraph(
                t_("Put the printer right, then F6 prints the pass. What is already on paper of it: destroy "
                   "it. If the printer stays dead: F7 takes the pass back, and the voter votes on paper."));
            return;
        }
        page_.title(t_("Checked in"));
        page_.paragraph(at.printed_again ? t_("The duplicate is printed. Destroy the first slip.")
                                         : t_("The pass is printed."),
                        Style::done);
        page_.row(t_("Number"), at.made.voter);
        page_.blank();
        page_.paragraph(
            t_("Give the slip to the voter and show them a free booth. Then Enter: the screen forgets "
               "them."));
        if (!at.printed_again) page_.paragraph(t_("The slip can't be read, or none came out: F6."));
        page_.paragraph(t_("It is the wrong person, and the pass is still here: F7."));
        if (!at.more.empty())
            page_.paragraph(
                t_("{0} more passes were printed after this one.", fmt::to_string(at.more.size())),
                Style::strong);
    }

    void operator()(const AskingPass& at) {
        page_.title(t_("A pass"));
        page_.paragraph(t_("Scan the pass, or type its 25 characters."));
        page_.blank();
        page_.field(t_("Pass:"), at.text);
        page_.blank();
        if (at.wrong) page_.explanation(explain(t_, Failed{*at.wrong}), Style::alarm);
    }

    void operator()(const PassShown& at) {
        page_.title(t_("A pass"));
        const bool cast = at.state.status == wire::PassStateAnswer::Status::cast;
        page_.explanation(explain(t_, at.state), cast ? Style::done : Style::strong);
        if (at.state.challenges == 0) return;
        page_.blank();
        page_.paragraph(t_("Tests made with it: {0}", fmt::to_string(at.state.challenges)));
    }

    void operator()(const AskingWho& at) {
        page_.title(question(at.purpose));
        if (const auto* receiving = std::get_if<Receiving>(&at.purpose)) {
            page_.row(t_("Was checked in"), tty::printable(name_of(receiving->from)));
            page_.paragraph(t_(
                "Scan the notice of the person who has really come, or type name, date of birth or number."));
        } else {
            page_.paragraph(
                t_("Scan the voter's notice, or type name, date of birth or number. Their check-in is then "
                   "undone."));
        }
        page_.blank();
        page_.field(t_("Voter:"), at.query);
        page_.blank();
        tell(at.message);
    }

    void operator()(const AskingMembers& at) {
        page_.title(t_("Move the check-in?"));
        page_.row(t_("Was checked in"), tty::printable(name_of(at.from)));
        page_.row(t_("Has come"), tty::printable(name_of(at.to)), Style::strong);
        page_.blank();
        page_.paragraph(t_(
            "Two members of the board do this together, and are named in the record. Choose both with Enter, "
            "then F5."));
        page_.blank();
        const auto& present = desktop_.station->present;
        for (std::size_t i = 0; i < present.size(); ++i) {
            const bool member =
                std::find(at.members.begin(), at.members.end(), present[i]) != at.members.end();
            page_.item((member ? "[x] " : "[ ] ") + tty::printable(present[i]), i == at.chosen);
        }
    }

    void operator()(const ConfirmPaper& at) {
        page_.title(at.withdrawn ? t_("Withdraw the vote on paper?") : t_("Does this person vote on paper?"));
        page_.row(t_("Name"), tty::printable(name_of(at.voter)));
        page_.row(t_("Number"), at.voter.number);
        page_.blank();
        if (at.withdrawn)
            return page_.paragraph(
                t_("Only if it was entered by mistake: the person has put no paper ballot into the urn."));
        if (obstacle(at.voter) == Obstacle::none)
            return page_.paragraph(
                t_("They get a paper ballot, or were ticked in the printed roll, and can't be checked in any "
                   "more."));
        page_.paragraph(
            t_("This is a conflict: they voted otherwise, too, or shouldn't have voted. It is kept for "
               "the record. Only if they were ticked in the printed roll."),
            Style::alarm);
    }

    void operator()(const ConfirmTakeBack& at) {
        page_.title(t_("Take the pass back?"));
        page_.row(t_("Number"), at.given.made.voter);
        page_.blank();
        page_.paragraph(
            t_("The check-in is undone and the pass is void. Do it only if the slip is here, or was never "
               "printed."));
    }

    void operator()(const ConfirmEnd&) {
        page_.title(t_("End the ballot that waits in the booth?"));
        page_.paragraph(t_("It isn't counted. The pass can be used again."));
    }

    void operator()(const ConfirmHelp&) {
        page_.title(t_("Does a person of trust go into the booth with the voter?"));
        page_.paragraph(
            t_("The voter chooses whom. It is noted that it was so, and how often; no name is noted."));
    }

    void operator()(const Booths& at) {
        page_.title(t_("Unlock a booth"));
        page_.paragraph(t_("Ten wrong passes lock a booth. Look why: a torn slip, or somebody who guesses?"));
        page_.blank();
        for (std::size_t i = 0; i < desktop_.station->booths.size(); ++i)
            page_.item(desktop_.station->booths[i].str(), i == at.chosen);
    }

    void operator()(const Closing& at) {
        page_.title(t_("Closing of the polling station"));
        for (const Figure& figure : figures(t_, at.figures)) page_.figure(figure.count, figure.what);
        page_.blank();
        const auto found = differences(t_, at.figures.view);
        if (found.empty()) {
            page_.paragraph(t_("All counts fit together."), Style::done);
            page_.paragraph(
                t_("Has the last voter left? F5 signs, and nobody can be checked in here any more."));
            return;
        }
        for (const std::string& difference : found) page_.paragraph(difference, Style::alarm);
        page_.paragraph(
            t_("Find out why. What can't be found out must be explained in words; then F5 signs."));
        page_.field(t_("Explanation:"), at.explanation);
    }

    void operator()(const Closed& at) {
        if (at.done.missing == 0) {
            page_.title(t_("The station is closed"));
        } else {
            page_.title(t_("Signed by this desk"));
            page_.paragraph(t_("{0} more desks of this station must sign.", fmt::to_string(at.done.missing)),
                            Style::alarm);
        }
        if (at.done.missing != 0) page_.blank();
        if (at.done.unprinted) {
            page_.paragraph(t_("The closing sheet was not printed: write the figures down."), Style::alarm);
            page_.explanation(explain_unprinted(t_, *at.done.unprinted), Style::plain);
        } else {
            page_.paragraph(t_("The closing sheet is printed. The board signs it."));
        }
    }

    void operator()(const Telling& at) { tell(at.message); }

    void operator()(const Leaving&) {
        page_.title(t_("Leave the program?"));
        page_.paragraph(t_("Nothing is lost: when it is started again, it goes on here."));
    }

    void operator()(const Waiting& at) {
        if (std::holds_alternative<Connect>(at.ask)) {
            page_.title(t_("The desk starts"));
            return page_.paragraph(t_("Asking the server ..."));
        }
        if (at.trouble) return unanswered(at);
        page_.title(what_waits(at.ask));
        page_.paragraph(t_("Asking the server ..."));
        if (desktop_.connected || !kept(at.ask)) return;
        page_.blank();
        page_.paragraph(
            t_("There is no answer yet. The request is kept on this computer and is repeated by itself: "
               "nobody is checked in twice or lost."),
            Style::alarm);
    }

  private:
    static bool kept(const Ask& ask) {
        return std::holds_alternative<CheckIn>(ask) || std::holds_alternative<TakeBack>(ask) ||
               std::holds_alternative<MoveCheckIn>(ask) || std::holds_alternative<MarkPaper>(ask) ||
               std::holds_alternative<Repeat>(ask);
    }

    std::string what_waits(const Ask& ask) const {
        if (std::holds_alternative<CheckIn>(ask)) return t_("The voter is being checked in");
        if (std::holds_alternative<TakeBack>(ask)) return t_("The pass is being taken back");
        if (std::holds_alternative<MoveCheckIn>(ask)) return t_("The check-in is being moved");
        if (std::holds_alternative<MarkPaper>(ask)) return t_("The vote on paper is being entered");
        if (std::holds_alternative<Repeat>(ask)) return t_("What wasn't answered before is repeated");
        if (std::holds_alternative<PrintAgain>(ask)) return t_("The pass is being printed again");
        if (std::holds_alternative<FindVoters>(ask)) return t_("Searching");
        if (std::holds_alternative<ReadClosing>(ask)) return t_("The figures are being read");
        if (std::holds_alternative<SignClosing>(ask)) return t_("The close is being signed");
        return t_("One moment");
    }

    void unanswered(const Waiting& at) {
        page_.title(what_waits(at.ask));
        page_.paragraph(t_("There is NO answer yet: it isn't known whether it happened."), Style::alarm);
        page_.paragraph(
            t_("The request is kept on this computer and is repeated by itself: nobody is checked in twice "
               "or lost. Ask the voter to wait. Give out no paper ballot to this voter before the answer "
               "is there."));
        page_.blank();
        page_.explanation(explain(t_, *at.trouble), Style::strong);
    }

    void hit(const wire::VoterView& voter, bool chosen) {
        constexpr std::size_t name_columns = 24, year_columns = 4, word_columns = 17, gaps = 3;
        const std::size_t address_columns =
            page_.columns() - 2 - name_columns - year_columns - word_columns - gaps;
        page_.item(tty::padded(tty::printable(name_of(voter)), name_columns) + " " +
                       tty::padded(birth_year(voter), year_columns) + " " +
                       tty::padded(tty::printable(voter.address), address_columns) + " " +
                       in_a_word(t_, voter),
                   chosen);
    }

    std::string question(const Purpose& purpose) const {
        if (std::holds_alternative<Returning>(purpose)) return t_("Whose pass comes back?");
        if (std::holds_alternative<Receiving>(purpose)) return t_("Who has really come?");
        return t_("Who is it?");
    }

    // What can be done with somebody who can't be checked in.
    void after_obstacle(const wire::VoterView& voter) {
        if (voter.checked_in_at == desktop_.station->id)
            page_.paragraph(
                t_("It was another person who came, and the pass is used: F8 moves the check-in. Is the "
                   "slip still here? Then F2 takes the pass back."));
        page_.paragraph(voter.paper_at == desktop_.station->id
                            ? t_("Entered by mistake: F6.")
                            : t_("They were ticked in the printed roll all the same: F6."),
                        Style::faint);
    }

    void receiving(const wire::VoterView& from, const wire::VoterView& to) {
        page_.row(t_("Was checked in"), tty::printable(name_of(from)));
        if (obstacle(to) != Obstacle::none)
            return page_.explanation(explain(t_, to, *desktop_.station), Style::alarm);
        if (from.style != to.style)
            return page_.paragraph(t_("These two vote on different ballot papers: the check-in can't be "
                                      "moved. Note it in the record."),
                                   Style::alarm);
        page_.paragraph(t_("F8 moves the check-in to this person."), Style::strong);
    }

    void returning(const wire::VoterView& voter) {
        if (voter.checked_in_at == desktop_.station->id) {
            page_.paragraph(
                t_("Checked in here. F7 takes the pass back: the check-in is undone, the pass is void. Only "
                   "do this with the slip in your hand."),
                Style::strong);
            return;
        }
        page_.paragraph(t_("This person isn't checked in here, so the pass isn't theirs."), Style::alarm);
    }

    void tell(const Message& message) {
        switch (message.told) {
            case Told::nothing:
                return;
            case Told::nobody_found:
                return page_.paragraph(
                    t_("Nobody is found by that. Try only the beginning of the name, or the date of "
                       "birth. If it stays so, call the election office."),
                    Style::alarm);
            case Told::pass_handed_over:
                return page_.paragraph(t_("Done."), Style::done);
            case Told::taken_back:
                page_.title(t_("The pass is void and the check-in undone"));
                return page_.paragraph(t_("Destroy the slip. The person may come again later."));
            case Told::moved:
                page_.title(t_("The check-in is moved"));
                return page_.paragraph(
                    t_("Both names are kept for the record. The other person can still vote."));
            case Told::on_paper:
                return page_.paragraph(t_("Entered: votes on paper."), Style::done);
            case Told::paper_again:
                return page_.paragraph(t_("Was entered before."), Style::done);
            case Told::paper_withdrawn:
                return page_.paragraph(t_("Withdrawn: can vote again."), Style::done);
            case Told::paper_conflict:
                page_.title(t_("A conflict is noted"));
                return page_.paragraph(
                    t_("This person voted on paper and otherwise, too, or shouldn't have. It stands "
                       "on the closing sheet."),
                    Style::alarm);
            case Told::ballot_ended:
                page_.title(t_("The ballot in the booth is ended"));
                return page_.paragraph(t_("It isn't counted. The pass can be used again."));
            case Told::booth_unlocked:
                return page_.paragraph(t_("The booth is unlocked."), Style::done);
            case Told::help_noted:
                return page_.paragraph(t_("Noted."), Style::done);
            case Told::opened:
                return page_.paragraph(
                    t_("The station is open. The opening sheet is printed; the board signs it."),
                    Style::done);
            case Told::repeated:
                return page_.paragraph(t_("What wasn't answered before is done."), Style::done);
            case Told::not_printed:
                page_.title(t_("The sheet was not printed"));
                if (message.why) page_.explanation(explain_unprinted(t_, message.why->error), Style::alarm);
                return;
            case Told::failed:
                break;
        }
        if (message.why) page_.explanation(explain(t_, *message.why), Style::alarm);
    }

    const Desktop& desktop_;
    const Tongue t_;
    Page& page_;
};

std::string status_line(const Desktop& desktop, const Tongue& t, std::size_t width) {
    const std::string link = desktop.connected ? t("connected") : t("NO CONNECTION");
    const std::string count =
        t("checked in: {0}", fmt::to_string(desktop.counts.checked_in -
                                            std::min(desktop.counts.voided, desktop.counts.checked_in)));
    std::string clock, left = " Stimme";
    if (desktop.station) {
        left = " " + tty::printable(desktop.station->name) + " · " + desktop.station->desk.str();
        clock = time_of(*desktop.station, desktop.now);
    }
    const std::string right = link + "   " + clock + "   " + count + " ";
    const std::size_t room = width - std::min(width, tty::width_of(right));
    return tty::padded(left, room) + right;
}

std::string key_name(const Tongue& t, const tty::Key& key) {
    switch (key.name) {
        case tty::Key::Name::function:
            return fmt::format("F{}", key.function);
        case tty::Key::Name::enter:
            return t("Enter");
        case tty::Key::Name::escape:
            return "Esc";
        default:
            return "";
    }
}

// At most two lines: the keys that do something.
std::vector<tty::Line> keys(const State& state, const Tongue& t, std::size_t width) {
    std::vector<tty::Line> lines{{{" "}}};
    for (const Choice& choice : choices(state)) {
        const std::string name = key_name(t, choice.key);
        if (name.empty()) continue;
        const std::string text = " " + label(t, state.screen, choice.act) + "   ";
        if (tty::width_of(lines.back()) + tty::width_of(name) + 2 + tty::width_of(text) > width)
            lines.push_back({{" "}});
        lines.back().push_back({" " + name + " ", Style::bar});
        lines.back().push_back({text});
    }
    return lines;
}

void say_gone(Page& page, const Desktop& desktop, const Tongue& t) {
    if (desktop.connected || !desktop.gone_since) return;
    page.bar(" " + t("No connection to the server. Nobody can be checked in."), Style::alarm);
    page.bar(" " + t("If it lasts: vote on paper, own station's voters only, from the printed roll."),
             Style::alarm);
}

tty::Frame too_small(const Tongue& t, const tty::Size& size) {
    tty::Frame frame;
    const std::string text = t("The window is too small: 80 columns and 24 lines are needed.");
    for (std::string& line : tty::wrapped(text, std::max<std::size_t>(size.width, 1)))
        frame.lines.push_back({{std::move(line), Style::alarm}});
    return tty::fitted(std::move(frame), size, 0);
}

}  // namespace

tty::Frame view(const State& state, const tty::Size& size) {
    const Tongue t(state.desktop.language);
    if (!fits(size)) return too_small(t, size);
    Page page(size.width);
    page.bar(status_line(state.desktop, t, size.width), Style::bar);
    say_gone(page, state.desktop, t);
    page.blank();
    std::visit(Body(state, page), state.screen);
    tty::Frame frame = page.take();
    const auto foot = keys(state, t, size.width);
    frame.lines.insert(frame.lines.end(), foot.begin(), foot.end());
    return tty::fitted(std::move(frame), size, foot.size());
}

}  // namespace stimme::desk::console
