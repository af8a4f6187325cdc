#include "client/print/decision_letter.h"

#include <fmt/format.h>

#include "client/print/flow.h"
#include "client/print/letter.h"
#include "client/words/dates.h"
#include "client/words/words.h"

namespace stimme::print {
namespace {

using words::Language;
using words::say;

constexpr double info_left = 125;
constexpr double type = 10;

std::string_view subject(Matter matter, Language language) {
    return matter == Matter::application
               ? say(language, "Decision on your application for entry in the voter roll")
               : say(language, "Decision on your objection to the voter roll");
}

std::string receipt(const Decision& decision, Language language) {
    const std::string day = words::date(language, decision.received);
    return decision.matter == Matter::application ? say(language, "We received your application on {0}.", day)
                                                  : say(language, "We received your objection on {0}.", day);
}

std::string_view ruling(const Decision& decision, Language language) {
    const bool granted = decision.outcome == Outcome::granted;
    if (decision.matter == Matter::application)
        return granted ? say(language,
                             "Your application is granted: you are entered in the voter roll and may vote.")
                       : say(language, "Your application is refused: you are not entered in the voter roll.");
    return granted ? say(language, "Your objection is granted: the voter roll is corrected.")
                   : say(language, "Your objection is refused: the voter roll stays as it is.");
}

Status check_reasons(const Decision& decision) {
    for (const std::string& code : decision.reasons) {
        if (!words::sentence(Language::german(), code))
            return invalid("reason-unknown", fmt::format("there is no sentence for the reason \"{}\"", code));
    }
    return {};
}

class DecisionPrinter {
  public:
    DecisionPrinter(Canvas& canvas, const Decision& decision)
        : canvas_(canvas), decision_(decision), flow_(canvas, letter_left, letter_text_top) {}

    void print() {
        const Language german = Language::german();
        const Language second = decision_.language.value_or(Language::english());
        add_text(german);
        if (second != german) {
            add(second.name_in_itself(), second, 8, Face::bold, true);
            add_text(second);
            add_standing(second);
        }
        flow_.print([&] { draw_first_page(); });
    }

  private:
    void draw_first_page() {
        draw_letterhead(canvas_, decision_.sender);
        draw_receiver(canvas_, decision_.name, decision_.address);
        std::string info = words::date(Language::german(), decision_.dated);
        if (!decision_.reference.empty())
            info = fmt::format("Unser Zeichen: {}\n{}", one_line(decision_.reference), info);
        canvas_.write(info, {info_left, 64, letter_right - info_left, 20}, {.size = 9});
    }

    void add_text(Language language) {
        add(subject(decision_.matter, language), language, 0, Face::bold, true);
        add(one_line(title_in(decision_.election.titles, language)), language, 0.5, Face::bold, true);
        add(say(language, "Dear {0},", full_name(decision_.name)), language, 4, Face::plain, true);
        add(receipt(decision_, language), language, 3);
        add(ruling(decision_, language), language, 1.5, Face::bold);
        add_reasons(language);
        if (decision_.appeal) add_appeal(language);
        add(say(language, "Yours sincerely"), language, 5, Face::plain, true);
        add(decision_.signed_by, language, language == Language::german() ? 12 : 1);
    }

    void add_reasons(Language language) {
        if (decision_.reasons.empty() && decision_.statement.empty()) return;
        add(say(language, "Reasons"), language, 4, Face::bold, true);
        for (const std::string& code : decision_.reasons)
            add(fmt::format("• {}", words::sentence(language, code).value_or(code)), language, 1);
        if (decision_.statement.empty()) return;
        if (language == Language::german()) {
            add(decision_.statement, language, 1.5);
        } else {
            add(say(language, "The German text gives further reasons."), language, 1.5);
        }
    }

    void add_appeal(Language language) {
        add(say(language, "Your right to appeal"), language, 4, Face::bold, true);
        add(say(language,
                "You can appeal against this decision (in German: Beschwerde) until {0}, in writing or in "
                "person. Send the appeal to: {1}",
                words::date(language, decision_.appeal->until), one_line(decision_.appeal->to)),
            language, 1);
    }

    void add_standing(Language language) {
        flow_.add(canvas_.lay_out(standing_of(language), letter_width,
                                  {.size = 8, .grey = 0.25, .language = language}),
                  3);
    }

    void add(std::string_view text, Language language, double gap, Face face = Face::plain,
             bool heading = false) {
        const Style style = {.size = type, .face = face, .language = language};
        flow_.add(canvas_.lay_out(text, letter_width, style), gap, heading);
    }

    Canvas& canvas_;
    const Decision& decision_;
    Flow flow_;
};

}  // namespace

Result<Printed> print_decision(const std::filesystem::path& path, const Decision& decision) {
    STIMME_CHECK(check_reasons(decision));
    STIMME_TRY(Canvas canvas, Canvas::create(Orientation::portrait,
                                             {std::string(subject(decision.matter, Language::german())),
                                              one_line(decision.sender.authority), decision.dated}));
    DecisionPrinter(canvas, decision).print();
    return std::move(canvas).save(path);
}

}  // namespace stimme::print
