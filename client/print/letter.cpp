#include "client/print/letter.h"

#include <fmt/format.h>

#include "client/words/words.h"

namespace stimme::print {
namespace {

constexpr double window_width = 80;

std::string join(std::string_view first, std::string_view second, std::string_view between) {
    std::string result = one_line(first);
    if (!first.empty() && !second.empty()) result += between;
    return result + one_line(second);
}

void draw_marks(Canvas& canvas) {
    for (const double fold : {105.0, 210.0}) canvas.line(5, fold, 9, fold, 0.15);
    canvas.line(5, 148.5, 11, 148.5, 0.15);  // where it is punched
}

}  // namespace

std::string full_name(const PersonName& name) {
    return join(name.given, name.family, " ");
}

std::string street_line(const Address& address) {
    return join(address.street, address.house_number, " ");
}

std::string city_line(const Address& address) {
    return join(address.postcode, address.city, " ");
}

void draw_letterhead(Canvas& canvas, const Sender& sender) {
    draw_marks(canvas);
    canvas.write(sender.authority, {letter_left, 14, 90, 12}, {.size = 13, .face = Face::bold});
    canvas.write(sender.contact, {letter_left, 28, 90, 15}, {.size = 8, .grey = 0.3});
    canvas.write(one_line(sender.address), {letter_left, 58, window_width, 3.2}, {.size = 6.5});
    if (!sender.address.empty()) canvas.line(letter_left, 61.7, letter_left + window_width, 61.7, 0.1);
}

void draw_receiver(Canvas& canvas, const PersonName& name, const Address& address) {
    std::string lines = full_name(name);
    for (const std::string& line : {street_line(address), city_line(address)}) {
        if (!line.empty()) lines += "\n" + line;
    }
    canvas.write(lines, {letter_left, 64, window_width, 25}, {.size = 10.5});
}

std::string title_in(const election::Titles& titles, words::Language language) {
    for (const std::string_view tag : {language.tag(), std::string_view("de")}) {
        if (const auto found = titles.find(std::string(tag)); found != titles.end()) return found->second;
    }
    return titles.empty() ? std::string() : titles.begin()->second;
}

std::string standing_of(words::Language language) {
    std::string binding(words::say(language, "Only the German text is binding."));
    if (language.signed_off()) return binding;
    return fmt::format(
        "{} {}",
        words::say(language,
                   "This translation was made by a machine and no native speaker has checked it yet."),
        binding);
}

}  // namespace stimme::print
