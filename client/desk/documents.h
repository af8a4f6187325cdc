// What a desk puts on paper, as values: pass slips, and the sheets of opening and closing. How they look is
// the printer's matter; text_of() is their plainest form.
//
// A slip says nothing about its voter: whoever finds it on the floor learns only that it opens one ballot.
//
// Thread rule: values and pure functions.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "client/words/language.h"

namespace stimme::desk {

struct PassSlip {
    words::Language language = words::Language::german();
    std::string election;  // title
    std::string station;   // name
    std::string pass;      // 25 characters in groups (pass::write_pass); also the content of the QR code
    bool duplicate = false;
};

// A page for the station's written record: lines, then a line for each signature.
struct Sheet {
    words::Language language = words::Language::german();
    std::string title;
    std::vector<std::string> lines;
    std::vector<std::string> signatures;  // names
};

using Document = std::variant<PassSlip, Sheet>;

// Lines of at most 48 columns, which a receipt printer takes; UTF-8.
std::string text_of(const Document& document);

}  // namespace stimme::desk
