// What the printed documents have in common: people, places, the election and its office, as plain values.
// All texts are UTF-8. Lengths aren't bounded: a text that is too long for its place is set smaller, and what
// then still doesn't fit ends in an ellipsis.
//
// Thread rule: values and pure functions.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/election/definition.h"

namespace stimme::print {

using Day = std::chrono::year_month_day;

struct PersonName {
    std::string family;
    std::string given;
};

// Any part may be empty.
struct Address {
    std::string street;
    std::string house_number;
    std::string postcode;
    std::string city;
};

// The office that sends a letter.
struct Sender {
    std::string authority;  // "Stadt Münster, Wahlamt"
    std::string address;    // one line: the return address above the receiver's in the window of the envelope
    std::string contact;    // telephone, mail, hours; may have several lines
};

struct ElectionOnPaper {
    election::Titles titles;  // language tag -> text
    Day day;
    std::string polls_open;  // "08:00", as the clock at the place shows it
    std::string polls_close;
    election::CheckInPlace check_in;
};
ElectionOnPaper on_paper(const election::Definition& definition);

struct PollingPlace {
    std::string number;  // "12"; may be empty
    std::string name;
    std::string address;
    std::optional<bool> step_free;  // whether one gets in without steps; empty: not told
};

// What was printed.
struct Printed {
    std::size_t pages;
    // Texts with letters that no installed font has, each once; they are printed with empty boxes.
    std::vector<std::string> unprintable;
};

}  // namespace stimme::print
