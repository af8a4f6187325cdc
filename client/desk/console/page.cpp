#include "client/desk/console/page.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::desk::console {
namespace {

constexpr std::string_view margin = "  ";
constexpr std::size_t widest = 96;
constexpr std::size_t label_columns = 16;

}  // namespace

std::size_t Page::columns() const {
    return std::min(width_, widest) - 2 * margin.size();
}

void Page::title(std::string_view text) {
    paragraph(text, tty::Style::strong);
    blank();
}

void Page::paragraph(std::string_view text, tty::Style style) {
    for (std::string& line : tty::wrapped(tty::printable(text), columns()))
        frame_.lines.push_back({{std::string(margin)}, {std::move(line), style}});
}

void Page::bar(std::string_view text, tty::Style style) {
    frame_.lines.push_back({{tty::padded(tty::printable(text), width_), style}});
}

void Page::row(std::string_view label, std::string_view text, tty::Style style) {
    std::string head = tty::padded(label, label_columns);
    for (std::string& line : tty::wrapped(tty::printable(text), columns() - label_columns)) {
        frame_.lines.push_back({{std::string(margin)},
                                {std::exchange(head, std::string(label_columns, ' ')), tty::Style::faint},
                                {std::move(line), style}});
    }
}

void Page::figure(std::uint64_t count, std::string_view what) {
    frame_.lines.push_back(
        {{std::string(margin)}, {fmt::format("{:>7}  ", count), tty::Style::strong}, {std::string(what)}});
}

void Page::item(std::string_view text, bool chosen) {
    const std::string row = tty::padded((chosen ? "> " : "  ") + tty::printable(text), columns());
    frame_.lines.push_back({{std::string(margin)}, {row, chosen ? tty::Style::chosen : tty::Style::plain}});
}

void Page::field(std::string_view label, const Field& field) {
    const std::string head = std::string(margin) + std::string(label) + " ";
    const std::string text = tty::printable(field.text);
    // The end of a long text is what one is typing.
    const std::size_t room = width_ - std::min(width_, tty::width_of(head) + 2);
    std::string_view seen = text;
    while (tty::width_of(seen) > room) {
        do {
            seen.remove_prefix(1);
        } while (!seen.empty() && (static_cast<unsigned char>(seen.front()) & 0xC0) == 0x80);
    }
    frame_.cursor = tty::Place{frame_.lines.size(), tty::width_of(head) + tty::width_of(seen)};
    frame_.lines.push_back({{head}, {tty::padded(seen, room), tty::Style::entered}});
}

void Page::explanation(const Explanation& why, tty::Style style) {
    paragraph(why.cause, style);
    paragraph(why.advice);
    if (why.for_the_office.empty()) return;
    blank();
    paragraph(why.for_the_office, tty::Style::faint);
}

}  // namespace stimme::desk::console
