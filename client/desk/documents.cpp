#include "client/desk/documents.h"

#include "client/tty/frame.h"
#include "client/words/words.h"

namespace stimme::desk {
namespace {

constexpr std::size_t columns = 48;

void add(std::string& text, std::string_view paragraph) {
    for (const std::string& line : tty::wrapped(paragraph, columns)) text += line + "\n";
}

std::string rule(char mark) {
    return std::string(columns, mark) + "\n";
}

void add_duplicate(std::string& text, words::Language language) {
    text += rule('#');
    add(text, words::say(language,
                         "DUPLICATE: another slip of this pass was printed before. Only one of them "
                         "can be used; destroy the other one."));
    text += rule('#');
}

std::string write(const PassSlip& slip) {
    std::string text;
    if (slip.duplicate) add_duplicate(text, slip.language);
    add(text, slip.election);
    add(text, slip.station);
    text += "\n";
    add(text, words::say(slip.language, "Voting pass"));
    text += "\n" + slip.pass + "\n\n";
    add(text, words::say(slip.language,
                         "Scan or type this in the booth. It is good for one vote and says nothing "
                         "about you. Bring it back if you don't vote."));
    if (slip.duplicate) add_duplicate(text, slip.language);
    return text;
}

std::string write(const Sheet& sheet) {
    std::string text;
    add(text, sheet.title);
    text += rule('=');
    for (const std::string& line : sheet.lines) add(text, line);
    for (const std::string& name : sheet.signatures) {
        text += "\n\n" + rule('_');
        add(text, name);
    }
    return text;
}

}  // namespace

std::string text_of(const Document& document) {
    return std::visit([](const auto& which) { return write(which); }, document);
}

}  // namespace stimme::desk
