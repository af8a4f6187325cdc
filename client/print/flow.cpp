#include "client/print/flow.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::print {
namespace {

constexpr double later_top = 25;
constexpr double text_bottom = 278;
constexpr double page_number_top = 285;
// So many lines of a paragraph stay together at the end of a page.
constexpr std::size_t together = 2;

}  // namespace

void Flow::add(Text text, double gap, bool heading) {
    paragraphs_.push_back({std::move(text), gap, heading});
}

double Flow::needed_at_once(std::size_t paragraph) const {
    const Paragraph& one = paragraphs_[paragraph];
    if (!one.heading) return one.text.height(0, std::min(one.text.lines(), together));
    const bool last = paragraph + 1 == paragraphs_.size();
    return one.text.height() + (last ? 0 : paragraphs_[paragraph + 1].gap + needed_at_once(paragraph + 1));
}

std::vector<Flow::Piece> Flow::place() const {
    std::vector<Piece> pieces;
    std::size_t page = 0;
    double y = top_;
    for (std::size_t i = 0; i < paragraphs_.size(); ++i) {
        const Paragraph& one = paragraphs_[i];
        y += one.gap;
        if (y + needed_at_once(i) > text_bottom) {
            ++page;
            y = later_top;
        }
        for (std::size_t line = 0; line < one.text.lines();) {
            std::size_t count = one.text.lines() - line;
            while (count > 1 && y + one.text.height(line, count) > text_bottom) --count;
            pieces.push_back({page, i, line, count, y});
            y += one.text.height(line, count);
            line += count;
            if (line == one.text.lines()) break;
            ++page;
            y = later_top;
        }
    }
    return pieces;
}

void Flow::print(const std::function<void()>& first_page) {
    const std::vector<Piece> pieces = place();
    const std::size_t pages = pieces.empty() ? 1 : pieces.back().page + 1;
    auto piece = pieces.begin();
    for (std::size_t page = 0; page < pages; ++page) {
        if (page == 0) first_page();
        for (; piece != pieces.end() && piece->page == page; ++piece)
            canvas_.draw_lines(paragraphs_[piece->paragraph].text, piece->first, piece->count, left_,
                               piece->y);
        canvas_.write(fmt::format("Seite {} von {}", page + 1, pages),
                      {left_, page_number_top, canvas_.page_width() - 2 * left_ + 5, 5},
                      {.size = 8, .align = Align::end});
        canvas_.end_page();
    }
}

}  // namespace stimme::print
