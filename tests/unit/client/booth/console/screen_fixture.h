// What the tests of the booth's screen share: a booth, a ballot, and a state of each kind.
//
// Thread rule: values and pure functions.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "client/booth/console/view.h"

namespace stimme::booth::console::sample {

// A ballot with 60 people on three lists, of whom up to 3 of 5 votes may go to one, and one with two people
// and one vote; both may be made invalid, the second left blank.
std::shared_ptr<const BoothInfo> booth();
StyleId style();
std::shared_ptr<const ballot::Layout> layout();

inline pass::Pass some_pass() {
    pass::Pass pass{};
    pass.t.fill(7);
    pass.tag.fill(8);
    return pass;
}
inline Code some_code() {
    return {"ABCD-EFGH-JKMN", 17};
}
inline Failed no_network() {
    return {unavailable("network-unreachable", "no connection to 127.0.0.1:8443")};
}

Desktop at_work(words::Language language = words::Language::english());
State at(Screen screen, Overlay overlay = Overlay::none);
Voting voting(Voting::Stage stage = Voting::Stage::choosing, std::size_t contest = 0);
Waiting waiting(What what);

// Each screen in each of its guises, by a name; made anew each time, for a selection can't be copied.
std::map<std::string, std::function<State()>> all_states();

// Every key there is, as far as the screen can tell them apart.
std::vector<tty::Key> all_keys();

inline std::string shown(const State& state, tty::Size size = {}) {
    return tty::text_of(view(state, size));
}

}  // namespace stimme::booth::console::sample
