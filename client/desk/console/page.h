// A screen under the pen: lines from the top down, wrapped to the terminal's width.
//
// Thread rule: belongs to one thread.
#pragma once

#include <string>
#include <vector>

#include "client/desk/console/sentences.h"
#include "client/tty/frame.h"

namespace stimme::desk::console {

class Page {
  public:
    explicit Page(std::size_t width) : width_(width) {}

    // Columns of a paragraph.
    std::size_t columns() const;

    void blank() { frame_.lines.emplace_back(); }
    void title(std::string_view text);
    void paragraph(std::string_view text, tty::Style style = tty::Style::plain);
    // A line over the whole width.
    void bar(std::string_view text, tty::Style style);
    // "Address   Otto-von-Guericke-Straße 37": all labels of a page are padded alike.
    void row(std::string_view label, std::string_view text, tty::Style style = tty::Style::plain);
    void figure(std::uint64_t count, std::string_view what);
    // A row of a list.
    void item(std::string_view text, bool chosen);
    // What somebody types, with the cursor behind it.
    void field(std::string_view label, const Field& field);
    void explanation(const Explanation& why, tty::Style style);

    std::size_t lines() const { return frame_.lines.size(); }
    tty::Frame take() { return std::move(frame_); }

  private:
    std::size_t width_;
    tty::Frame frame_;
};

}  // namespace stimme::desk::console
