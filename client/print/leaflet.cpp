#include "client/print/leaflet.h"

#include <initializer_list>

#include "client/print/letter.h"
#include "client/words/words.h"

namespace stimme::print {
namespace {

using words::Sentence;

struct Part {
    Sentence heading;
    std::initializer_list<Sentence> sentences;
};

}  // namespace

Sheet leaflet(words::Language language, Day day) {
    const Part parts[] = {
        {"Your voting pass, please",
         {"Hold the QR code of your pass under the scanner, or type its 25 characters.",
          "The arrow keys move, Enter chooses, Escape opens the menu.",
          "Take all the time you need. Nothing counts before you have cast your ballot."}},
        {"Your ballot is sealed. It is NOT yet cast.",
         {"You choose, and then see everything once more. Then your ballot is sealed, and you decide: cast it, or "
          "test this machine.",
          "Take the slip that was printed: it shows code and number, and says nothing about your choice."}},
        {"CAST the ballot: it counts",
         {"The server has confirmed it. Your vote is counted.",
          "Do you want a receipt on paper? It proves that your ballot is in the public record, and says nothing "
          "about your choice."}},
        {"TEST this machine: the ballot is opened, and you vote again",
         {"This ballot is opened: everyone will be able to read it. It is not counted.",
          "If you only want to test the machine, choose anything: everyone will be able to read it.",
          "Everything that is in it is printed. With that, anybody can check whether the machine has sealed what "
          "you chose. Afterwards you vote again.",
          "How to check: read the QR code on another machine, keep its text as a file, and run: stimme receipt "
          "open FILE"}},
        {"Receipt",
         {"This ballot was cast. This receipt proves that it is in the public record. It says nothing about your "
          "choice.",
          "How to check: look for the tracking code on the page of the election; or read the QR code, keep its "
          "text as a file, and run: stimme receipt check FILE"}},
    };
    const auto paragraph = [&](Sentence sentence, Weight weight) {
        return Paragraph{std::string(words::say(language, sentence)), weight, language};
    };
    const std::string title(words::say(language, "How to vote"));
    Sheet sheet{"leaflet-" + std::string(language.tag()), title, day, {Heading{title}}};
    for (const Part& part : parts) {
        sheet.blocks.push_back(Rule{});
        sheet.blocks.push_back(paragraph(part.heading, Weight::bold));
        for (const Sentence sentence : part.sentences)
            sheet.blocks.push_back(paragraph(sentence, Weight::plain));
    }
    if (!language.signed_off()) {
        sheet.blocks.push_back(Rule{});
        sheet.blocks.push_back(Paragraph{standing_of(language), Weight::small, language});
    }
    return sheet;
}

}  // namespace stimme::print
