#include "client/print/table.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::print {
namespace {

constexpr double top = 10;
constexpr double title_height = 6.5;
constexpr double line_height = 4.6;
constexpr double titles_height = 8;
constexpr double margin_below = 12;
constexpr double padding = 0.8;
constexpr double page_number_width = 32;

}  // namespace

Table::Table(Canvas& canvas, TableLook look) : canvas_(canvas), look_(std::move(look)), width_(0) {
    for (const Column& column : look_.columns) width_ += column.width;
    left_ = (canvas_.page_width() - width_) / 2;
    rows_top_ =
        top + title_height + line_height * static_cast<double>(look_.lines.size()) + 2 + titles_height;
    bottom_ = canvas_.page_height() - margin_below;
}

std::size_t Table::rows_on_a_page() const {
    return static_cast<std::size_t>((bottom_ - rows_top_) / look_.row_height);
}

bool Table::closing_fits_below(std::size_t rows) const {
    return rows_top_ + static_cast<double>(rows) * look_.row_height + look_.closing_height <= bottom_;
}

void Table::print(std::size_t rows, const DrawRow& draw_row, const DrawClosing& draw_closing) {
    const std::size_t room = rows_on_a_page();
    const std::size_t row_pages = std::max<std::size_t>((rows + room - 1) / room, 1);
    const std::size_t on_last = rows - (row_pages - 1) * room;
    const bool own_page = !closing_fits_below(on_last);
    const std::size_t pages = row_pages + (own_page ? 1 : 0);
    for (std::size_t page = 0; page < pages; ++page) {
        draw_heading(page + 1, pages);
        double y = rows_top_;
        if (page < row_pages) draw_titles();
        for (std::size_t row = page * room; row < std::min(rows, (page + 1) * room); ++row) {
            const std::vector<Box> cells = cells_at(y, look_.row_height);
            draw_row(row, cells);
            y += look_.row_height;
            canvas_.line(left_, y, left_ + width_, y, 0.1);
        }
        if (page + 1 == pages) draw_closing(y);
        canvas_.end_page();
    }
}

void Table::draw_heading(std::size_t page, std::size_t pages) {
    const double text_width = width_ - page_number_width;
    canvas_.write(look_.title, {left_, top, text_width, title_height}, {.size = 13, .face = Face::bold});
    canvas_.write(fmt::format("Seite {} von {}", page, pages),
                  {left_ + text_width, top + 1, page_number_width, 5}, {.size = 9, .align = Align::end});
    double y = top + title_height;
    for (const std::string& line : look_.lines) {
        canvas_.write(line, {left_, y, width_, line_height}, {.size = 9});
        y += line_height;
    }
}

void Table::draw_titles() {
    const double y = rows_top_ - titles_height;
    const Box band = {left_, y, width_, titles_height};
    canvas_.fill(std::span(&band, 1), 0.9);
    const std::vector<Box> cells = cells_at(y, titles_height);
    for (std::size_t i = 0; i < cells.size(); ++i)
        write(look_.columns[i].title, cells[i],
              {.size = 8, .face = Face::bold, .align = look_.columns[i].align});
    canvas_.line(left_, rows_top_, left_ + width_, rows_top_, 0.3);
}

std::vector<Box> Table::cells_at(double y, double height) const {
    std::vector<Box> cells;
    double x = left_;
    for (const Column& column : look_.columns) {
        cells.push_back({x, y, column.width, height});
        x += column.width;
    }
    return cells;
}

void Table::write(std::string_view text, const Box& cell, Style style) {
    const double width = cell.width - 2 * padding;
    if (text.empty()) return;
    const Text set = canvas_.fit(text, width, cell.height - padding, style);
    canvas_.draw(set, cell.x + padding, cell.y + std::max((cell.height - set.height()) / 2, 0.0));
}

}  // namespace stimme::print
