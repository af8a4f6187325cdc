#include "client/desk/console/sentences.h"

#include <algorithm>
#include <array>

#include "client/tty/frame.h"

namespace stimme::desk::console {
namespace {

struct Known {
    std::string_view code;
    words::Sentence cause;
    words::Sentence advice;
};

// Marks a sentence for whoever collects them, as a call of a Tongue does.
consteval words::Sentence t(words::Sentence sentence) {
    return sentence;
}

constexpr std::array known = {
    Known{
        "already-checked-in", t("This person was checked in already."),
        t("Nobody gets a second pass. If they say that they haven't voted: note it in the record and call the "
          "election office.")},
    Known{
        "already-on-paper", t("This person voted on paper already."),
        t("Nobody votes twice. If they say that they haven't voted: note it in the record and call the election "
          "office.")},
    Known{"polling-card-issued", t("This person has a polling card: they may have voted by post."),
          t("They vote here only when they hand the card in. Without it: call the election office.")},
    Known{"style-differs", t("These two vote on different ballot papers."),
          t("The check-in can't be moved. Note it in the record.")},
    Known{"members-missing", t("Two members of the board are needed for this."),
          t("Choose both of those who are present.")},
    Known{"move-refused", t("The check-in could not be moved."),
          t("Look the person up again, and note in the record what happened.")},
    Known{"paper-refused", t("The vote on paper could not be entered."),
          t("Look the person up again, and note in the record what happened.")},
    Known{"paper-vote-unknown", t("This desk has entered no vote on paper of this person."),
          t("Withdraw it at the desk that entered it.")},
    Known{"voter-not-eligible", t("This person may not vote in this election."),
          t("Only the election office can correct the roll. Call it, or send the person there.")},
    Known{"voter-other-station", t("This person votes at another polling station."),
          t("Send them there. They can vote there until the polls close.")},
    Known{"voter-without-station", t("This person's area belongs to no polling station."),
          t("Call the election office.")},
    Known{"voter-being-struck", t("The election office is just striking this person off the roll."),
          t("Call the election office.")},
    Known{"voter-not-found", t("Nobody in the roll has this number."),
          t("Search by name and date of birth. If nobody is found, call the election office.")},
    Known{"notice-code-wrong", t("This code isn't that of the person with this number."),
          t("It may be an old notice or a mistake of the scanner. Search by name and look at the identity "
            "document.")},
    Known{"polls-not-open", t("The polls aren't open, or closed already."),
          t("Nobody can be checked in now. The election office opens the polls.")},
    Known{"not-sealed", t("The election isn't sealed yet."), t("Call the election office.")},
    Known{"station-closed", t("This station is closed."), t("Nobody can be checked in here any more.")},
    Known{"roll-behind", t("The server stands still: it has lost check-ins that this desk counted."),
          t("Call the election office at once. Until it says so, people here vote on paper.")},
    Known{"log-behind", t("The server stands still: its log is older than what was seen before."),
          t("Call the election office at once. Until it says so, people here vote on paper.")},
    Known{"log-forked", t("The server's log shows two faces."),
          t("Stop using this computer, keep it as it is, and call the election office at once.")},
    Known{"evaluation-proof-wrong", t("The server's answer is wrong: it proves no pass."),
          t("Give out no pass. Call the election office at once.")},
    Known{"pass-tag-wrong", t("This pass wasn't given out at this station."),
          t("It may be of another station, or invented. Note it in the record.")},
    Known{"pass-typo", t("These characters aren't a pass: one of them is wrong."),
          t("Compare them with the slip, or scan it.")},
    Known{"pass-length", t("A pass has 25 characters."), t("Compare them with the slip, or scan it.")},
    Known{"pass-character", t("One of these characters can't be in a pass."),
          t("Compare them with the slip, or scan it.")},
    Known{"pass-submitted", t("A ballot was made with this pass already."),
          t("It can't come back. Look what became of it: F2, then scan the pass.")},
    Known{"pass-cast", t("A ballot was cast with this pass."), t("It can't come back: the vote is counted.")},
    Known{"void-refused", t("The pass could not be taken back."),
          t("Look what became of it: F2, then scan the pass.")},
    Known{"pass-voided", t("This pass was given back already."), t("Destroy the slip.")},
    Known{"void-pending", t("This voter's pass is being taken back already."),
          t("Wait a moment and try again.")},
    Known{"voter-not-checked-in", t("This person isn't checked in."),
          t("The pass is another voter's. Look whose it is; else note it in the record.")},
    Known{"no-open-submission", t("No ballot of this pass waits in a booth any more."),
          t("The voter has cast or tested it meanwhile. Look at the pass again: F2.")},
    Known{"booth-unknown", t("This station has no such booth."), t("Choose one of the list.")},
    Known{"requests-pending", t("Something that this desk asked has no answer yet."),
          t("Leave the program and start it again: it repeats what is left. Then close the station.")},
    Known{"desk-counts-changed", t("Another desk of this station has checked somebody in meanwhile."),
          t("See that nobody is checked in any more, and close again.")},
    Known{"desk-counts-wrong", t("The counts of the desks don't fit those of the log."),
          t("Close again. If it stays so, call the election office.")},
    Known{"submission-open", t("A ballot still waits in a booth for cast or test."),
          t("Ask the voter to end it, or end it here: F2, scan the pass, F8.")},
    Known{"role-folder-in-use", t("Another program works with this desk's folder."),
          t("Close the other window of the desk first.")},
    Known{"role-wrong", t("This computer has the keys of no desk."), t("Call the election office.")},
    Known{"network-unreachable", t("The server can't be reached."),
          t("Look whether the cable is in and the network runs. The desk tries again by itself.")},
    Known{"network-timeout", t("The server doesn't answer."),
          t("Look whether the cable is in and the network runs. The desk tries again by itself.")},
    Known{"tls-untrusted", t("What answers isn't the election's server."),
          t("Enter nothing. Call the election office.")},
    Known{"tls-refused", t("The server doesn't accept this computer."), t("Call the election office.")},
    Known{"certificate-expired", t("A certificate has expired, or a clock is wrong."),
          t("Look at this computer's date and time, then call the election office.")},
    Known{"certificate-not-yet-valid", t("A certificate isn't valid yet, or a clock is wrong."),
          t("Look at this computer's date and time, then call the election office.")},
};

std::string technical(const Error& error) {
    return tty::printable(error.message) + " (" + tty::printable(error.code) + ")";
}

std::string with_station(const Tongue& t, std::string cause, const Failed& failed) {
    if (failed.station) cause += " " + t("It is: {0}.", tty::printable(*failed.station));
    return cause;
}

// Why somebody isn't on the roll, as one says it to the volunteer: letters say it to the voter.
constexpr std::pair<std::string_view, words::Sentence> reasons[] = {
    {"application-missing", t("Votes only on application, and there is none.")},
    {"application-late", t("Applied after the deadline.")},
    {"nationality", t("People of this nationality don't vote in this election.")},
    {"age", t("Is below the minimum age on election day.")},
    {"no-main-residence", t("Has no main residence in this city.")},
    {"residence", t("Has not lived in this city for long enough.")},
    {"time-in-country", t("Has not lived in Germany for long enough.")},
    {"excluded", t("Is excluded from voting, for example by a court.")},
    {"residence-status", t("The statute excludes people with this residence status.")},
    {"moved-away-or-deceased", t("Has moved away or died, by the resident register.")},
    {"struck-off", t("Was struck off the voter roll.")},
    {"invalid-entry", t("The entry in the voter roll was made by mistake.")},
    {"not-in-register", t("Is no longer in the resident register.")},
    {"entry-undecided", t("The election office is still checking this entry.")},
    {"refused-by-ruling", t("The election office decided so on an objection.")},
};

std::string all_reasons(const Tongue& t, const wire::VoterView& voter) {
    std::string all;
    for (const std::string& code : voter.reasons) {
        if (!all.empty()) all += ' ';
        const auto* const reason = std::find_if(std::begin(reasons), std::end(reasons),
                                                [&](const auto& one) { return one.first == code; });
        all += reason != std::end(reasons) ? t(reason->second) : t("Reason \"{0}\".", tty::printable(code));
    }
    return all;
}

}  // namespace

Explanation explain(const Tongue& t, const Failed& failed) {
    for (const Known& one : known) {
        if (one.code == failed.error.code)
            return {with_station(t, t(one.cause), failed), t(one.advice), technical(failed.error)};
    }
    return {with_station(t, t("This was refused, or went wrong."), failed),
            t("Try once more. If it stays so, call the election office and read them the last line."),
            technical(failed.error)};
}

Explanation explain_unprinted(const Tongue& t, const Error& error) {
    if (error.code == "print-interrupted")
        return {t("The printer stopped amid the page."),
                t("Take what came out and destroy it. Then look at paper, cable and lamps of the printer."),
                technical(error)};
    return {t("The printer hasn't printed."), t("Look at paper, cable and lamps of the printer."),
            technical(error)};
}

Explanation explain(const Tongue& t, const wire::VoterView& voter, const StationInfo& here) {
    if (voter.checked_in_at) {
        const bool elsewhere = *voter.checked_in_at != here.id;
        return {
            elsewhere ? t("Was checked in already, at the station {0}.", name_of(here, *voter.checked_in_at))
                      : t("Was checked in already, here."),
            t("Nobody gets a second pass. If they say that they haven't voted: note it in the record and call "
              "the election office."),
            ""};
    }
    if (voter.paper_at)
        return {
            t("Voted on paper already, at the station {0}.", name_of(here, *voter.paper_at)),
            t("Nobody votes twice. If they say that they haven't voted: note it in the record and call the "
              "election office."),
            ""};
    return {t("May not vote.") + " " + all_reasons(t, voter),
            t("Only the election office can correct the roll. Call it, or send the person there."), ""};
}

std::string name_of(const StationInfo& here, const StationId& station) {
    const auto found = here.stations.find(station);
    return tty::printable(found != here.stations.end() ? found->second : station.str());
}

Explanation explain(const Tongue& t, const wire::PassStateAnswer& state) {
    switch (state.status) {
        case wire::PassStateAnswer::Status::unused:
            if (state.challenges != 0)
                return {t("Ballots were tested with this pass, none was cast."),
                        t("It is still good: the voter may go on in any booth."), ""};
            return {t("This pass is not used yet."),
                    t("It is good for one vote. If the voter doesn't want it any more, take it back: F7."),
                    ""};
        case wire::PassStateAnswer::Status::submitted:
            return {
                t("A ballot of this pass waits in a booth for \"cast\" or \"test\"."),
                t("The voter should go back and end it. If they have left: F8 ends it; it isn't counted, and the "
                  "pass can be used again."),
                ""};
        case wire::PassStateAnswer::Status::cast:
            return {t("A ballot was cast with this pass: the vote is counted."),
                    t("Nothing is left to do, also if the booth's screen died."), ""};
        case wire::PassStateAnswer::Status::voided:
            return {t("This pass was given back; it is void."), t("Destroy the slip."), ""};
    }
    return {};
}

std::string label(const Tongue& t, const Screen& screen, Act act) {
    switch (act) {
        case Act::add_name:
            return t("Add");
        case Act::open_station:
            return t("Confirm and open");
        case Act::search:
            return t("Search");
        case Act::choose:
            return t("Choose");
        case Act::move_up:
        case Act::move_down:
        case Act::page_up:
        case Act::page_down:
            return "";
        case Act::check_in:
            return t("Check in, print the pass");
        case Act::handed_over:
            return t("Handed over");
        case Act::print_again:
            return t("Print again (duplicate)");
        case Act::take_back:
            return t("Take the pass back");
        case Act::move_check_in:
            return t("Move the check-in");
        case Act::toggle:
            return t("Choose");
        case Act::paper:
            return t("Paper");
        case Act::withdraw_paper:
            return t("Withdraw paper");
        case Act::passes:
            return t("Pass");
        case Act::read_pass:
            return t("Look up");
        case Act::end_ballot:
            return t("End the ballot in the booth");
        case Act::booths:
            return t("Booths");
        case Act::unlock:
            return t("Unlock");
        case Act::person_of_trust:
            return t("Person of trust");
        case Act::close_station:
            return t("Close the station");
        case Act::sign:
            return t("Sign");
        case Act::confirm:
            return std::holds_alternative<AskingMembers>(screen) ? t("Move the check-in") : t("Yes");
        case Act::back: {
            const bool question =
                std::holds_alternative<ConfirmTakeBack>(screen) ||
                std::holds_alternative<ConfirmEnd>(screen) || std::holds_alternative<ConfirmHelp>(screen) ||
                std::holds_alternative<ConfirmPaper>(screen) || std::holds_alternative<Leaving>(screen);
            return question ? t("No") : t("Back");
        }
        case Act::go_on:
            return t("Go on");
        case Act::try_again:
            return t("Try again");
        case Act::help:
            return t("Help");
        case Act::language:
            return t.language() == words::Language::german() ? "English" : "Deutsch";
        case Act::leave:
            return t("Leave");
    }
    return "";
}

}  // namespace stimme::desk::console
