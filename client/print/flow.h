// Running text over as many pages as it takes: paragraphs one below the other, broken between lines where a
// page ends, with the number of the page on each. Used by the documents of this folder only.
//
// Thread rule: belongs to one thread, as its Canvas.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "client/print/canvas.h"

namespace stimme::print {

class Flow {
  public:
    // Text between left and the page's foot, which begins at first_top on the first page.
    Flow(Canvas& canvas, double left, double first_top) : canvas_(canvas), left_(left), top_(first_top) {}

    // `gap` is the room above it, in millimetres. A heading stays on one page with what follows.
    void add(Text text, double gap, bool heading = false);
    // Draws everything; first_page draws what else the first page has.
    void print(const std::function<void()>& first_page);

  private:
    struct Paragraph {
        Text text;
        double gap;
        bool heading;
    };
    struct Piece {
        std::size_t page;
        std::size_t paragraph;
        std::size_t first;
        std::size_t count;
        double y;
    };
    std::vector<Piece> place() const;
    double needed_at_once(std::size_t paragraph) const;

    Canvas& canvas_;
    double left_;
    double top_;
    std::vector<Paragraph> paragraphs_;
};

}  // namespace stimme::print
