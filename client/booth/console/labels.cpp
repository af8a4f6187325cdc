// What items and keys are called.
#include "client/booth/console/content.h"

namespace stimme::booth::console {

using words::Tongue;

std::string label(const Tongue& say, const State& state, const Item& item) {
    const Manner& manner = state.desktop.manner;
    const bool leaving = state.overlay == Overlay::leaving;
    switch (item.act) {
        case Act::try_again:
            return say("Try once more");
        case Act::go_on:
            return say("Continue");
        case Act::keep_unused:
            return say("Go on without them");
        case Act::use_them:
            return say("Go back and choose");
        case Act::ask_invalid:
            return say("Make my vote invalid");
        case Act::ask_blank:
            return say("Leave my vote blank");
        case Act::make_invalid:
            return say("Yes, make it invalid");
        case Act::make_blank:
            return say("Yes, leave it blank");
        case Act::cast:
            return say("CAST the ballot: it counts");
        case Act::ask_test:
            return say("TEST this machine: the ballot is opened, and you vote again");
        case Act::test:
            return say("Yes, open this ballot");
        case Act::print_again:
            return say("Print again");
        case Act::copied:
            return say("I have copied code and number");
        case Act::print_receipt:
            return say("Print the receipt");
        case Act::vote_again:
            return say("Vote again");
        case Act::forget:
            return leaving ? say("Yes, leave") : say("Finish");
        case Act::back:
            return state.overlay == Overlay::menu ? say("Back to the ballot") : say("No, go back");
        case Act::languages:
            return say("Language");
        case Act::official:
            return manner.official ? std::string(manner.language.name_in_itself())
                                   : say("Official text in German");
        case Act::contrast:
            return manner.contrast ? say("Normal contrast") : say("High contrast");
        case Act::letters:
            return manner.large ? say("Normal letters") : say("Larger letters");
        case Act::voice:
            return manner.silent ? say("Voice on") : say("Voice off");
        case Act::darkness:
            return manner.dark ? say("Show the screen") : say("Dark screen");
        case Act::ask_leave:
            return say("Leave without voting");
        default:
            return {};
    }
}

std::string label(const Tongue& say, const State& state, const Choice& choice) {
    switch (choice.act) {
        case Act::choose: {
            const auto item = chosen(state);
            const bool votes = item && (item->act == Act::give || item->act == Act::give_list);
            return votes ? say("Give a vote") : say("Select");
        }
        case Act::take_pass:
            return say("Continue");
        case Act::more:
            return say("One vote more");
        case Act::less:
            return say("One vote less");
        case Act::menu:
            return say("Menu");
        case Act::back:
            return say("Go back");
        case Act::official:
            return state.desktop.manner.official ? std::string(state.desktop.manner.language.name_in_itself())
                                                 : "Deutsch";
        case Act::languages:
            return say("Language");
        default:
            return "";
    }
}

}  // namespace stimme::booth::console
