// What the tests of the desk's screen share: a station, people, and a state of each kind.
//
// Thread rule: values and pure functions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "client/desk/console/screen.h"
#include "client/desk/console/view.h"

namespace stimme::desk::console::sample {

constexpr TimePoint eight_o_clock{std::chrono::seconds(850'633'200)};  // 1996-12-15 07:00 UTC

inline StationInfo station() {
    return {{{"de", "Wahl des Beirats"}, {"en", "Election of the board"}},
            "Altstadt",
            StationId("altstadt"),
            SignerId("desk-altstadt"),
            "Europe/Berlin",
            {SignerId("booth-1"), SignerId("booth-2")},
            {{StationId("altstadt"), "Altstadt"}, {StationId("buckau"), "Volksbad Buckau"}},
            {"A. Arendt", "B. Brecht", "C. Curie"}};
}

inline wire::VoterView voter(const std::string& number = "10000008") {
    return {number,
            "Hadžić",
            "Mohammad",
            "1975-12-12",
            "Alter Markt 6, 39104 Magdeburg",
            StationId("altstadt"),
            StyleId("standard"),
            true,
            {},
            {}};
}
inline wire::VoterView checked_in(const std::string& where = "altstadt") {
    wire::VoterView view = voter("10000009");
    view.checked_in_at = StationId(where);
    return view;
}
inline wire::VoterView on_paper(const std::string& where = "altstadt") {
    wire::VoterView view = voter("10000012");
    view.paper_at = StationId(where);
    return view;
}
inline wire::VoterView with_card() {
    wire::VoterView view = voter("10000013");
    view.polling_card = true;
    return view;
}
inline wire::VoterView of_other_style() {
    wire::VoterView view = voter("10000014");
    view.style = StyleId("special");
    return view;
}
inline wire::VoterView not_eligible() {
    wire::VoterView view = voter("10000010");
    view.eligible = false;
    view.reasons = {"age", "residence"};
    return view;
}
inline wire::VoterView blocked() {
    wire::VoterView view = voter("10000011");
    view.address.clear();
    view.register_block = true;
    return view;
}

inline pass::Pass some_pass(std::uint8_t kind = 7) {
    pass::Pass pass{};
    pass.t.fill(kind);
    pass.tag.fill(static_cast<std::uint8_t>(kind + 1));
    return pass;
}

inline Failed no_network(bool stored = false) {
    return {unavailable("network-unreachable", "no connection to 127.0.0.1:8443"), stored, {}};
}

inline wire::PassStateAnswer pass_state(wire::PassStateAnswer::Status status, unsigned tests = 0) {
    return {status, tests};
}

inline ClosingFigures closing(bool differs) {
    ClosingView view;
    view.draft = {StationId("altstadt"), {{SignerId("desk-altstadt"), 12, 1, 0}}};
    view.log.cast = 10;
    view.log.submitted = 11;
    view.log.voided = 1;
    view.own = {12, 1};
    view.record.moves.push_back(
        {SignerId("desk-altstadt"), {"10000008", "10000009", {"A. Arendt", "B. Brecht"}}});
    view.record.conflicts.push_back({"10000009", "already-checked-in", StationId("buckau")});
    if (differs) view.differences.push_back(conflict("counts-differ", "the server counts 12, the desk 11"));
    return {view, 3};
}

inline Desktop at_work() {
    Desktop desktop;
    desktop.language = words::Language::english();
    desktop.station = station();
    desktop.opened = true;
    desktop.connected = true;
    desktop.now = eight_o_clock;
    desktop.counts = {12, 1};
    return desktop;
}

inline Waiting waiting(Ask ask, std::optional<Failed> trouble = {}) {
    Waiting waiting;
    waiting.ask = std::move(ask);
    waiting.asked = !trouble;
    waiting.trouble = std::move(trouble);
    return waiting;
}

// Each screen in each of its guises, by a name: with a network and without.
std::map<std::string, State> all_states();

// Every key there is, as far as the screen can tell them apart.
std::vector<tty::Key> all_keys();

inline std::string shown(const State& state, tty::Size size = {}) {
    return tty::text_of(view(state, size));
}

}  // namespace stimme::desk::console::sample
