#include "client/print/voting_notice.h"

#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "client/print/letter.h"
#include "client/print/qr_code.h"
#include "client/words/dates.h"
#include "client/words/words.h"

namespace stimme::print {
namespace {

using words::Language;
using words::say;

constexpr double info_left = 125;
constexpr double number_width = 29;
constexpr Box qr_place = {158, 42, 32, 32};
constexpr double facts_top = 120;
constexpr double fact_height = 8;
constexpr double value_left = 87;
constexpr double value_width = letter_right - value_left;
constexpr double label_width = value_left - letter_left - 2;
constexpr double body_top = 150;
constexpr double paragraph_gap = 1.2;
constexpr double largest_type = 10;
constexpr double smallest_type = 6.5;

struct Paragraph {
    std::string_view lead;
    std::string text;
};

std::string when_and_where(const ElectionOnPaper& election, Language language) {
    return fmt::format("{} {} {}",
                       say(language, "You are in the voter roll and may vote on {0} from {1} to {2}.",
                           words::date(language, election.day), election.polls_open, election.polls_close),
                       election.check_in == election::CheckInPlace::own_station
                           ? say(language, "You can vote only at the polling station named above.")
                           : say(language, "You can vote at any polling station of this election."),
                       say(language, "You may vote only once and only in person."));
}

std::string if_wrong(Day objections_until, Language language) {
    return fmt::format(
        "{} {}", say(language, "If your name or address is wrong, please tell the election office."),
        say(language,
            "If you think that the voter roll is wrong or incomplete, you can object to it until {0}, in "
            "writing or in person at the election office.",
            words::date(language, objections_until)));
}

// What is the same in every notice of every election.
constexpr words::Sentence what_is_elected =
    "The advisory board speaks for residents with a foreign nationality or an immigrant background. It "
    "advises the city council and the administration.";
constexpr words::Sentence how_to_vote =
    "The board of the polling station looks you up in the voter roll and gives you a voting pass. With it "
    "you make your ballot on a computer in the booth. Your vote is secret. At the end you get a receipt with "
    "which you can check that your vote is in the count.";
constexpr words::Sentence what_to_bring =
    "Bring this letter and your identity card, passport or residence permit. You can vote without this "
    "letter if you can prove who you are.";
constexpr words::Sentence what_the_code_does =
    "The QR code is for your check-in at the polling station. After the election you can use the code below "
    "it to check your own entry in the published list of participation, which names nobody. Keep this letter "
    "and show the code to nobody outside the polling station.";

std::vector<Paragraph> explanation(const NoticeText& text, Language language) {
    std::vector<Paragraph> result;
    const auto add = [&](words::Sentence lead, std::string_view told) {
        result.push_back({say(language, lead), std::string(told)});
    };
    result.push_back({"", when_and_where(text.election, language)});
    add("What is elected:", say(language, what_is_elected));
    add("How you vote:", say(language, how_to_vote));
    add("Bring with you:", say(language, what_to_bring));
    if (text.postal_until)
        add("Postal voting:",
            say(language, "You can apply for a postal vote at the election office until {0}.",
                words::date(language, *text.postal_until)));
    add("If something is wrong:", if_wrong(text.objections_until, language));
    add("Your code:", say(language, what_the_code_does));
    return result;
}

struct Placed {
    Text text;
    double x;
    double y;
};

// What all letters with the same second language have in common: set once, drawn on each.
struct Common {
    std::vector<Placed> number_label;
    std::vector<Placed> heading;  // with day and hours
    std::vector<Placed> body;
};

class NoticePrinter {
  public:
    NoticePrinter(Canvas& canvas, const NoticeText& text) : canvas_(canvas), text_(text) {}

    Status print(const Notice& notice) {
        STIMME_TRY(const Common* found, common_for(notice.language.value_or(Language::english())));
        const Common& common = *found;
        draw_letterhead(canvas_, text_.sender);
        draw_receiver(canvas_, notice.name, notice.address);
        draw(common.number_label);
        STIMME_CHECK(draw_code(notice));
        draw(common.heading);
        draw_rules();
        draw_station(notice.station);
        draw(common.body);
        canvas_.end_page();
        return {};
    }

  private:
    Result<const Common*> common_for(Language second) {
        auto found = common_.find(second.row());
        if (found == common_.end()) {
            STIMME_TRY(Common made, make_common(second));
            found = common_.emplace(second.row(), std::move(made)).first;
        }
        return &found->second;
    }

    Result<Common> make_common(Language second) {
        STIMME_TRY(const std::vector<Text> texts, body(second));
        Common made;
        made.number_label = {{label("Number in the voter roll", second, number_width), info_left, 42}};
        stack(heading(second), letter_text_top, 0.6, made.heading);
        place_facts(second, made.heading);
        stack(texts, body_top, paragraph_gap, made.body);
        return made;
    }

    std::vector<Text> heading(Language second) {
        const Language german = Language::german();
        std::vector<Text> result;
        result.push_back(
            canvas_.fit(say(german, "Voting notice"), letter_width, 7, {.size = 14, .face = Face::bold}));
        result.push_back(canvas_.fit(one_line(title_in(text_.election.titles, german)), letter_width, 5.5,
                                     {.size = 11, .face = Face::bold}));
        if (second == german) return result;
        const std::string translated = fmt::format("{} – {}", say(second, "Voting notice"),
                                                   one_line(title_in(text_.election.titles, second)));
        result.push_back(
            canvas_.fit(translated, letter_width, 5, {.size = 9, .grey = 0.25, .language = second}));
        return result;
    }

    Text label(words::Sentence sentence, Language second, double width) {
        std::string both(say(Language::german(), sentence));
        if (second != Language::german()) both += fmt::format("\n{}", say(second, sentence));
        return canvas_.fit(both, width, 8, {.size = 7.5, .grey = 0.25});
    }

    // In the largest type in which both languages have room.
    Result<std::vector<Text>> body(Language second) {
        for (double size = largest_type; size >= smallest_type; size -= 0.25) {
            std::vector<Text> made = body(second, size);
            double height = 0;
            for (const Text& text : made) height += text.height() + paragraph_gap;
            if (height <= letter_bottom - body_top) return made;
        }
        return internal("notice-too-long",
                        fmt::format("the words in German and {} don't fit on one page", second.tag()));
    }

    std::vector<Text> body(Language second, double size) {
        std::vector<Text> result;
        add(explanation(text_, Language::german()), {.size = size}, result);
        if (second == Language::german()) return result;
        const Style style = {.size = size, .language = second};
        result.push_back(canvas_.lay_out("", letter_width, style, second.name_in_itself()));
        add(explanation(text_, second), style, result);
        result.push_back(canvas_.lay_out(standing_of(second), letter_width,
                                         {.size = size * 0.85, .grey = 0.25, .language = second}));
        return result;
    }

    void add(const std::vector<Paragraph>& paragraphs, const Style& style, std::vector<Text>& to) {
        for (const Paragraph& paragraph : paragraphs)
            to.push_back(canvas_.lay_out(paragraph.text, letter_width, style, paragraph.lead));
    }

    static void stack(const std::vector<Text>& texts, double y, double gap, std::vector<Placed>& to) {
        for (const Text& text : texts) {
            to.push_back({text, letter_left, y});
            y += text.height() + gap;
        }
    }

    void draw(const std::vector<Placed>& texts) {
        for (const Placed& placed : texts) canvas_.draw(placed.text, placed.x, placed.y);
    }

    Status draw_code(const Notice& notice) {
        STIMME_TRY(const std::vector<Box> squares, qr_code(notice.code, qr_place));
        canvas_.write(one_line(notice.number), {info_left, 51, number_width, 6},
                      {.size = 11, .face = Face::bold});
        canvas_.write(words::date(Language::german(), text_.dated), {info_left, 68, number_width, 5},
                      {.size = 8});
        canvas_.fill(squares);
        canvas_.write(one_line(notice.code), {info_left - 3, 79, letter_right - info_left + 3, 7},
                      {.size = 6.5, .face = Face::fixed_width, .align = Align::end});
        return {};
    }

    void place_facts(Language second, std::vector<Placed>& to) {
        const Language german = Language::german();
        const ElectionOnPaper& election = text_.election;
        const std::string values[] = {words::date_with_weekday(german, election.day),
                                      say(german, "{0} to {1}", election.polls_open, election.polls_close)};
        const Text labels[] = {label("Election day", second, label_width),
                               label("Polling hours", second, label_width),
                               label("Polling station", second, label_width)};
        for (std::size_t row = 0; row < std::size(labels); ++row) {
            const double y = facts_top + static_cast<double>(row) * fact_height;
            to.push_back({labels[row], letter_left, y});
            if (row == std::size(values)) break;
            to.push_back({canvas_.fit(values[row], value_width, 5, {.size = 10, .face = Face::bold}),
                          value_left, y + 0.8});
        }
    }

    void draw_rules() {
        for (const double y :
             {facts_top, facts_top + fact_height, facts_top + 2 * fact_height, body_top - 0.8})
            canvas_.line(letter_left, y - 0.6, letter_right, y - 0.6, 0.1);
    }

    void draw_station(const PollingPlace& station) {
        canvas_.write(told(station), {value_left, facts_top + 2 * fact_height + 0.3, value_width, 11.5},
                      {.size = 9, .face = Face::bold});
    }

    static std::string told(const PollingPlace& station) {
        std::string result = one_line(station.number);
        if (!station.number.empty()) result += " – ";
        result += one_line(station.name) + "\n" + one_line(station.address);
        if (!station.step_free) return result;
        result += '\n';
        result += *station.step_free ? say(Language::german(), "This polling station is step-free.")
                                     : say(Language::german(), "This polling station is not step-free.");
        return result;
    }

    Canvas& canvas_;
    const NoticeText& text_;
    std::map<std::size_t, Common> common_;  // by the language's row
};

}  // namespace

Result<Printed> print_notices(const std::filesystem::path& path, const NoticeText& text,
                              std::span<const Notice> notices) {
    const Language german = Language::german();
    STIMME_TRY(Canvas canvas, Canvas::create(Orientation::portrait,
                                             {fmt::format("{}: {}", say(german, "Voting notice"),
                                                          one_line(title_in(text.election.titles, german))),
                                              one_line(text.sender.authority), text.dated}));
    NoticePrinter printer(canvas, text);
    for (std::size_t i = 0; i < notices.size(); ++i) {
        if (auto printed = printer.print(notices[i]); !printed)
            return std::move(printed).error().at(fmt::format("notices/{}", i));
    }
    return std::move(canvas).save(path);
}

}  // namespace stimme::print
