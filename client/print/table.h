// Tables over many pages: a heading, the titles of the columns and the number of the page on each, rows of
// one height, and a closing block on the last page. Used by the documents of this folder only.
//
// Thread rule: belongs to one thread, as its Canvas.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "client/print/canvas.h"

namespace stimme::print {

struct Column {
    std::string title;
    double width;  // mm
    Align align = Align::start;
};

struct TableLook {
    std::string title;
    std::vector<std::string> lines;  // below the title
    std::vector<Column> columns;
    double row_height;      // mm
    double closing_height;  // mm; stands whole on one page
};

class Table {
  public:
    // Draws the cells of a row into their boxes.
    using DrawRow = std::function<void(std::size_t row, std::span<const Box> cells)>;
    // Draws the closing block below y.
    using DrawClosing = std::function<void(double y)>;

    Table(Canvas& canvas, TableLook look);

    void print(std::size_t rows, const DrawRow& draw_row, const DrawClosing& draw_closing);
    // Text in a cell, with a little room around it.
    void write(std::string_view text, const Box& cell, Style style);

  private:
    std::size_t rows_on_a_page() const;
    bool closing_fits_below(std::size_t rows) const;
    void draw_heading(std::size_t page, std::size_t pages);
    void draw_titles();
    std::vector<Box> cells_at(double y, double height) const;

    Canvas& canvas_;
    TableLook look_;
    double left_;
    double width_;
    double rows_top_;
    double bottom_;
};

}  // namespace stimme::print
