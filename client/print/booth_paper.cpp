#include "client/print/booth_paper.h"

#include "client/print/letter.h"
#include "client/words/words.h"

namespace stimme::print {
namespace {

using words::Language;
using words::Sentence;

// Groups stay whole, also on narrow rolls.
std::vector<std::string> lines_of(std::string_view code) {
    constexpr std::size_t columns = 25;  // five groups of four with their hyphens
    std::vector<std::string> lines;
    for (; code.size() > columns; code.remove_prefix(columns)) lines.emplace_back(code.substr(0, columns));
    lines.emplace_back(code);
    return lines;
}

class Builder {
  public:
    Builder(std::string kind, std::string title, const BoothOnPaper& where)
        : where_(where), sheet_{std::move(kind), std::move(title), where.day, {}} {}

    Builder& add(Block block) {
        sheet_.blocks.push_back(std::move(block));
        return *this;
    }
    Builder& head(Sentence name) {
        const Language german = Language::german();
        if (where_.practice) practice();
        add(Heading{std::string(words::say(german, name))});
        if (where_.second != german)
            add(Paragraph{std::string(words::say(where_.second, name)), Weight::bold, where_.second});
        return place(where_.second);
    }
    Builder& place(Language second) {
        const std::string german = title_in(where_.election, Language::german());
        const std::string other = title_in(where_.election, second);
        add(Rule{}).add(Paragraph{german, Weight::bold});
        if (other != german) add(Paragraph{other, Weight::small, second});
        if (!where_.station.empty()) add(Paragraph{where_.station});
        return add(Rule{});
    }
    // In German and in the voter's language.
    Builder& say(Sentence sentence, Weight weight = Weight::plain) {
        const Language german = Language::german();
        add(Paragraph{std::string(words::say(german, sentence)), weight, german});
        if (where_.second != german)
            add(Paragraph{std::string(words::say(where_.second, sentence)), Weight::small, where_.second});
        return *this;
    }
    template <std::size_t Count, class... Values>
    Builder& say(words::Pattern<Count> pattern, const Values&... values) {
        const Language german = Language::german();
        add(Paragraph{words::say(german, pattern, values...), Weight::bold, german});
        if (where_.second != german)
            add(Paragraph{words::say(where_.second, pattern, values...), Weight::small, where_.second});
        return *this;
    }
    Builder& code(const std::string& tracking_code, std::uint64_t index) {
        tracking_code_alone(tracking_code);
        return say(words::Pattern<1>("Number in the public log: {0}"), std::to_string(index));
    }
    Builder& tracking_code_alone(std::string_view code) {
        say(Sentence("Tracking code"), Weight::small);
        for (const std::string& line : lines_of(code)) add(Paragraph{line, Weight::bold});
        return *this;
    }
    Builder& practice() { return add(Alarm{"ÜBUNG\nPRACTICE"}); }
    Sheet build() { return std::move(sheet_); }

  private:
    const BoothOnPaper& where_;
    Sheet sheet_;
};

}  // namespace

Sheet sheet(const SealedSlip& slip) {
    Builder result("sealed", "Versiegelter Stimmzettel", slip.where);
    result.head("Sealed ballot");
    result.say("This ballot was sealed. With this slip alone it is NOT yet cast.", Weight::bold);
    result.code(slip.tracking_code, slip.index);
    result.say(
        "By this code you find your ballot in the public log, and see whether it was cast. The code says "
        "nothing about your choice.");
    return result.build();
}

Sheet sheet(const OpenedBallotSheet& opened) {
    Builder result("opened", "Geprüfter Stimmzettel", opened.where);
    result.head("Tested ballot, NOT cast");
    for (const std::string& line : opened.choices) result.add(Paragraph{line, Weight::bold});
    result.add(Rule{}).tracking_code_alone(opened.tracking_code);
    result.add(Code{opened.document, "", true});
    result.say(
        "How to check: read the QR code on another machine, keep its text as a file, and run: stimme "
        "receipt open FILE");
    return result.build();
}

Sheet sheet(const ReceiptSheet& receipt) {
    Builder result("receipt", "Quittung", receipt.where);
    result.head("Receipt");
    result.say(
        "This ballot was cast. This receipt proves that it is in the public record. It says nothing about "
        "your choice.",
        Weight::bold);
    result.code(receipt.tracking_code, receipt.index);
    result.add(Code{receipt.receipt, "", true});
    result.say(
        "How to check: look for the tracking code on the page of the election; or read the QR code, keep "
        "its text as a file, and run: stimme receipt check FILE");
    return result.build();
}

Sheet sheet(const PaperBallot& ballot) {
    Builder result("ballot", "Stimmzettel", ballot.where);
    if (ballot.where.practice) result.practice();
    result.add(Heading{"Stimmzettel"}).place(Language::german());
    for (const std::string& line : ballot.choices) result.add(Paragraph{line, Weight::bold});
    return result.build();
}

}  // namespace stimme::print
