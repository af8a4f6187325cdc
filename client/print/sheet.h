// A short document, from top to bottom, before it is known whether it comes out of a receipt printer or of an
// office printer: what stands on it, not where.
//
// All texts are UTF-8; line breaks and other control characters in them count as blanks, but for Alarm.
//
// Thread rule: values.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "client/print/paper.h"
#include "client/words/language.h"

namespace stimme::print {

struct Heading {
    std::string text;
};
// White on black, as large as there is room. Line breaks divide its lines.
struct Alarm {
    std::string text;
};
enum class Weight { plain, bold, small };
struct Paragraph {
    std::string text;
    Weight weight = Weight::plain;
    words::Language language = words::Language::german();
};
// What is counted or known at the left, with its name in the second language below, the value at the right.
struct Row {
    std::string label;
    std::string second;  // may be empty
    std::string value;
};
// A QR code and below it the same for people, where it is short enough for them.
struct Code {
    std::string content;
    std::string text;    // may be empty
    bool large = false;  // for some thousand characters: as large as the paper allows
};
struct SignatureLine {
    std::string who;
};
struct Rule {};

using Block = std::variant<Heading, Alarm, Paragraph, Row, Code, SignatureLine, Rule>;

struct Sheet {
    std::string kind;   // "pass": lower case, fit for a file's name, says nothing of what stands on it
    std::string title;  // of the PDF
    Day day;
    std::vector<Block> blocks;
};

}  // namespace stimme::print
