#include "client/print/station_paper.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/print/letter.h"
#include "client/words/dates.h"
#include "client/words/words.h"

namespace stimme::print {
namespace {

using words::Language;
using words::say;

// On sheets for the board, as official forms are: German, English below.
struct Label {
    const char* german;
    const char* english;
};

constexpr std::string_view verdict_words[] = {"OK", "WARNUNG", "FEHLER"};

class SheetBuilder {
  public:
    SheetBuilder(std::string kind, std::string title, const StationOnPaper& where)
        : sheet_{std::move(kind), std::move(title), where.day, {}}, where_(where) {}

    SheetBuilder& add(Block block) {
        sheet_.blocks.push_back(std::move(block));
        return *this;
    }
    // The document's name, then where it belongs.
    SheetBuilder& head(const Label& name) {
        add(Heading{name.german}).add(Paragraph{name.english, Weight::small, Language::english()});
        return place(Language::english());
    }
    SheetBuilder& place(Language second) {
        const std::string german = title_in(where_.election, Language::german());
        const std::string other = title_in(where_.election, second);
        add(Rule{}).add(Paragraph{german, Weight::bold});
        if (other != german) add(Paragraph{other, Weight::small, second});
        if (!where_.station.empty()) add(Paragraph{where_.station});
        return *this;
    }
    SheetBuilder& when(const std::string& time) {
        const Language german = Language::german();
        add(Rule{});
        return add(Paragraph{fmt::format("{}, {} Uhr", words::date_with_weekday(german, where_.day), time),
                             Weight::bold});
    }
    SheetBuilder& figure(const Label& label, std::uint64_t value) {
        return add(Row{label.german, label.english, std::to_string(value)});
    }
    SheetBuilder& say_both(const Label& text, Weight weight = Weight::plain) {
        add(Paragraph{text.german, weight});
        return add(Paragraph{text.english, Weight::small, Language::english()});
    }
    SheetBuilder& signatures(const std::vector<std::string>& names) {
        add(Rule{}).say_both({"Unterschriften", "Signatures"}, Weight::bold);
        for (const std::string& name : names) add(SignatureLine{name});
        return *this;
    }
    Sheet build() { return std::move(sheet_); }

  private:
    Sheet sheet_;
    const StationOnPaper& where_;
};

// In both languages, or once when they are the same.
std::vector<Language> languages_of(const PassSlip& slip) {
    if (slip.second == Language::german()) return {Language::german()};
    return {Language::german(), slip.second};
}

void add_duplicate_alarm(const PassSlip& slip, SheetBuilder& sheet) {
    if (slip.copy != Copy::duplicate) return;
    std::string text;
    for (const Language language : languages_of(slip)) {
        const std::string_view word = say(language, "DUPLICATE");
        if (text == word) continue;
        text += (text.empty() ? "" : "\n") + std::string(word);
    }
    sheet.add(Alarm{text});
}

void add_instructions(const PassSlip& slip, Language language, SheetBuilder& sheet) {
    sheet.add(Rule{});
    if (slip.copy == Copy::duplicate)
        sheet.add(Paragraph{std::string(say(language,
                                            "This is a second print of the same pass. Both prints together "
                                            "count once. Destroy the first one if you find it.")),
                            Weight::bold, language});
    for (const words::Sentence sentence :
         {words::Sentence(
              "Go to a free booth. Let the machine there read the QR code, or type the 25 characters."),
          words::Sentence(
              "The pass counts once, for whoever holds it. Give it to nobody, and write nothing on it."),
          words::Sentence("If you do not want to vote now, give the pass back at the desk.")})
        sheet.add(Paragraph{std::string(say(language, sentence)), Weight::plain, language});
    if (!language.signed_off()) sheet.add(Paragraph{standing_of(language), Weight::small, language});
}

Sheet sheet(const PassSlip& slip) {
    const Language german = Language::german();
    SheetBuilder result("pass", std::string(say(german, "Voting pass")), slip.where);
    add_duplicate_alarm(slip, result);
    result.add(Heading{std::string(say(german, "Voting pass"))});
    if (slip.second != german)
        result.add(Paragraph{std::string(say(slip.second, "Voting pass")), Weight::bold, slip.second});
    result.place(slip.second).add(Code{code_of(slip.pass), pass::write_pass(slip.pass)});
    for (const Language language : languages_of(slip)) add_instructions(slip, language, result);
    add_duplicate_alarm(slip, result);
    return result.build();
}

Sheet sheet(const OpeningSheet& opening) {
    SheetBuilder result("opening", "Eröffnung des Wahlraums", opening.where);
    result.head({"Eröffnung des Wahlraums", "Opening of the polling station"}).when(opening.time);
    result.say_both({"Anwesend", "Present"}, Weight::bold);
    for (const std::string& name : opening.present) result.add(Paragraph{"- " + name});
    result.add(Rule{})
        .figure({"Eingecheckt", "checked in"}, opening.checked_in)
        .figure({"Ausgegebene Wahlpässe", "passes given"}, opening.passes)
        .figure({"Abgegebene Stimmzettel", "ballots cast"}, opening.cast);
    if (opening.checked_in == 0 && opening.passes == 0 && opening.cast == 0) {
        result.say_both({"Bestätigt: alle Zähler stehen auf null.", "Confirmed: all counts are zero."},
                        Weight::bold);
    } else {
        result.add(Alarm{"NICHT NULL\nNOT ZERO"});
    }
    return result.signatures(opening.present).build();
}

void add_explanation(const ClosingSheet& closing, SheetBuilder& sheet) {
    sheet.add(Rule{});
    if (closing.explanation.empty()) {
        sheet.say_both({"Es gibt keine Abweichung.", "There is no difference."}, Weight::bold);
        return;
    }
    sheet.say_both({"Erklärung der Abweichung", "Explanation of the difference"}, Weight::bold);
    sheet.add(Paragraph{closing.explanation});
}

// What mostly doesn't happen stands there only when it did.
void add_rare_figures(const ClosingSheet& closing, SheetBuilder& sheet) {
    const std::pair<Label, std::uint64_t> figures[] = {
        {{"Gescheiterte Prüfungen", "challenges that failed"}, closing.failed},
        {{"Verlassene Stimmzettel, nicht gezählt", "ballots left in a booth, not counted"}, closing.expired},
        {{"Mit einer Hilfsperson, an diesem Platz", "with a person of trust, at this desk"}, closing.helped}};
    for (const auto& [label, count] : figures) {
        if (count != 0) sheet.figure(label, count);
    }
}

void add_notes(const ClosingSheet& closing, SheetBuilder& sheet) {
    if (closing.notes.empty()) return;
    sheet.say_both({"Vermerke zu einzelnen Einträgen", "Notes on single entries"}, Weight::bold);
    for (const std::string& note : closing.notes) sheet.add(Paragraph{note, Weight::small});
}

Sheet sheet(const ClosingSheet& closing) {
    SheetBuilder result("closing", "Schließung des Wahlraums", closing.where);
    result.head({"Schließung des Wahlraums", "Closing of the polling station"})
        .when(closing.time)
        .figure({"Eingecheckt", "checked in"}, closing.checked_in)
        .figure({"Ausgegebene Wahlpässe", "passes given"}, closing.passes)
        .figure({"Zurückgegebene Wahlpässe", "passes given back"}, closing.given_back)
        .figure({"Umgebuchte Eincheckungen", "check-ins moved to another voter"}, closing.moved)
        .figure({"Abgegebene Stimmzettel", "ballots cast"}, closing.cast)
        .figure({"Geprüfte Stimmzettel, nicht gezählt", "ballots challenged, not counted"},
                closing.challenged)
        .figure({"Stimmabgaben auf Papier", "votes on paper"}, closing.paper);
    add_rare_figures(closing, result);
    add_notes(closing, result);
    add_explanation(closing, result);
    return result.signatures(closing.board).build();
}

Sheet sheet(const CheckReport& report) {
    SheetBuilder result("report", "Prüfung vor dem Wahltag", report.where);
    result.head({"Prüfung vor dem Wahltag", "Check before the day"}).when(report.time);
    for (const CheckLine& line : report.lines) {
        result.add(Row{line.what, {}, std::string(verdict_words[static_cast<std::size_t>(line.verdict)])});
        result.add(Paragraph{line.found, Weight::small, Language::english()});
        if (!line.advice.empty()) result.add(Paragraph{"-> " + line.advice, Weight::bold});
    }
    return result.signatures({"Geprüft von"}).build();
}

Sheet sheet(const TestPage& page) {
    SheetBuilder result("test", "Testseite", page.where);
    result.head({"Testseite", "Test page"}).add(Alarm{"DUPLIKAT\nDUPLICATE"});
    result.add(Paragraph{"ÄÖÜ äöü ß é ç ñ § 0123456789", Weight::bold}).add(Code{page.code, page.code});
    for (const Language language : Language::all())
        result.add(Paragraph{fmt::format("{}: {}", language.name_in_itself(), say(language, "Voting pass")),
                             Weight::plain, language});
    return result.build();
}

}  // namespace

Sheet sheet_of(const Document& document) {
    return std::visit([](const auto& value) { return sheet(value); }, document);
}

std::string code_of(const pass::Pass& pass) {
    std::string text = pass::write_pass(pass);
    std::erase(text, '-');
    return text;
}

}  // namespace stimme::print
