#include "client/booth/console/sentences.h"

#include <array>

#include <fmt/format.h>

#include "client/tty/frame.h"

namespace stimme::booth::console {
namespace {

using words::Sentence;
using words::Tongue;

// Marks a sentence for whoever collects them, as a call of a Tongue does.
consteval Sentence t(Sentence sentence) {
    return sentence;
}

struct Known {
    std::string_view code;
    Sentence sentence;
};
constexpr std::array known = {
    Known{"pass-tag-wrong", t("This pass was not given out at this polling station.")},
    Known{"pass-cast", t("A vote was already cast with this pass.")},
    Known{"pass-voided", t("This pass was given back. It is void.")},
    Known{"submission-open", t("A ballot that was made with this pass before is still waiting.")},
    Known{"pass-of-other-station", t("This pass was not given out at this polling station.")},
    Known{"ballot-expired", t("The desk has ended this ballot.")},
    Known{"no-open-submission", t("According to the server this ballot does not wait any more.")},
    Known{"polls-not-open", t("The polls are not open.")},
    Known{"station-closed", t("This polling station is closed.")},
    Known{"booth-locked", t("This booth is locked, because too many passes were wrong.")},
    Known{"booth-closed", t("This booth is closed.")},
    Known{"network-unreachable", t("The server cannot be reached.")},
    Known{"network-timeout", t("The server does not answer.")},
    Known{"pass-length", t("This is not a voting pass.")},
    Known{"pass-character", t("This is not a voting pass.")},
    Known{"pass-typo", t("One of these characters is wrong. Compare them with your pass.")},
};

}  // namespace

std::string cause(const Tongue& say, const Error& error) {
    for (const Known& one : known) {
        if (one.code == error.code) return say(one.sentence);
    }
    return say("Something went wrong.") + " (" + tty::printable(error.code) + ")";
}

std::string votes_in_words(const Tongue& say, const election::Contest& contest) {
    if (contest.votes_per_voter == 1) return say("You have one vote.");
    std::string text = say("You have {0} votes.", std::to_string(contest.votes_per_voter));
    text += ' ';
    if (contest.votes_per_option == 1)
        text += say("You can give one person one vote.");
    else
        text += say("You can give one person up to {0} votes.", std::to_string(contest.votes_per_option));
    return text;
}

Sentence refusal_in_words(Marks::Refusal refusal) {
    switch (refusal) {
        case Marks::Refusal::no_votes_left:
            return "All your votes are given. To give one to somebody else, first take one back: go to a "
                   "name with a vote and press the left arrow key.";
        case Marks::Refusal::most_for_option:
            return "This person already has as many votes as you can give to one person.";
        case Marks::Refusal::set_aside:
            return "You made this vote invalid, or left it blank. Take that back first.";
        default:
            return "Nobody on this list can get another vote.";
    }
}

Sentence what_waits(What what) {
    switch (what) {
        case What::connect:
            return "This booth is not ready yet";
        case What::take_pass:
        case What::forget:
            return "Your pass is being looked at";
        case What::seal:
            return "Your ballot is being sealed";
        case What::cast:
            return "Your ballot is being cast";
        case What::test:
            return "The ballot is being opened";
        case What::print_code:
        case What::print_opened:
        case What::print_receipt:
            break;
    }
    return "It is being printed";
}

}  // namespace stimme::booth::console
