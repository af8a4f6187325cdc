// What a screen says, whether it is read or heard: title, sentences, what there is to choose, and notes.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "client/booth/console/screen.h"
#include "client/tty/frame.h"
#include "client/words/tongue.h"

namespace stimme::booth::console {

struct Paragraph {
    std::string text;
    tty::Style style = tty::Style::plain;
    std::string heard{};  // what is said in place of the text; may be empty
};

// A line of the list: an item, or a heading between items.
struct Entry {
    std::string text;
    std::optional<std::size_t> item{};  // its place among items(state); none: a heading
    std::string box{};                  // what is marked: "2"; empty where nothing can be
    std::string number{};               // of an option on the ballot
    bool official = false;              // a name, in the script and order of the ballot
    bool turned = false;                // written from right to left, whatever the rest is
    std::string heard{};                // what is said in place of the text; may be empty
};

struct Content {
    std::string title;
    std::vector<Paragraph> body;
    std::vector<Entry> list;
    std::vector<Paragraph> notes;  // below the list
    // What is typed, where something is.
    std::optional<std::string> typed{};
};

Content content_of(const State& state);

// The title in that language, or else the official one.
std::string title_in(const election::Titles& titles, words::Language language);

// What an item is called, but for what stands on the ballot: nothing.
std::string label(const words::Tongue& say, const State& state, const Item& item);
// What a key does, in a word or two.
std::string label(const words::Tongue& say, const State& state, const Choice& choice);

}  // namespace stimme::booth::console
