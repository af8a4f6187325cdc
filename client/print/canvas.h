// A PDF while it is drawn: text set in boxes, lines and filled squares on pages of A4. Used by the documents
// of this folder only.
//
// All places and lengths are millimetres from the top left corner of the page, sizes of type are points. Text
// is shaped by Pango: in a language that is written from right to left a paragraph begins at the right. Text
// can be selected in the PDF, in the order in which it was drawn.
//
// Thread rule: a Canvas and its Texts belong to one thread; several may draw at the same time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "client/print/paper.h"
#include "client/words/language.h"
#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::print {

struct Box {
    double x;
    double y;
    double width;
    double height;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
};

enum class Align { start, centre, end };
enum class Face { plain, bold, fixed_width };

struct Style {
    double size = 9;
    Face face = Face::plain;
    Align align = Align::start;
    double grey = 0;  // 0: black, 1: white
    words::Language language = words::Language::german();
};

// Text that was set, to be drawn as often as wanted.
class Text {
  public:
    double height() const;
    std::size_t lines() const;
    // Of so many lines, from `first` on. REQUIRES: first + count <= lines().
    double height(std::size_t first, std::size_t count) const;

  private:
    friend class Canvas;
    struct Layout;
    explicit Text(std::shared_ptr<const Layout> layout) : layout_(std::move(layout)) {}
    std::shared_ptr<const Layout> layout_;
};

enum class Orientation { portrait, landscape };

// What the PDF says of itself.
struct Metadata {
    std::string title;
    std::string author;
    Day created;
};

struct Pdf {
    Bytes bytes;
    Printed printed;
};

class Canvas {
  public:
    // Errors: font-missing (unavailable), naming the font and its package.
    static Result<Canvas> create(Orientation orientation, const Metadata& metadata);
    Canvas(Canvas&&) noexcept;
    ~Canvas();

    double page_width() const;
    double page_height() const;

    // Wraps at words, and inside a word that is wider than `width`. `lead` stands before the text in bold.
    Text lay_out(std::string_view text, double width, const Style& style, std::string_view lead = {});
    // As small as needed, at least six tenths of the style's size, to stay inside width and height; what then
    // still doesn't fit is hidden by an ellipsis; it can be searched and copied all the same.
    Text fit(std::string_view text, double width, double height, const Style& style);

    void draw(const Text& text, double x, double y);
    // So many lines from `first` on. REQUIRES: first + count <= text.lines().
    void draw_lines(const Text& text, std::size_t first, std::size_t count, double x, double y);
    // fit() and draw().
    void write(std::string_view text, const Box& box, const Style& style);

    void line(double x1, double y1, double x2, double y2, double thickness = 0.2);
    void frame(const Box& box, double thickness = 0.2);
    void fill(std::span<const Box> boxes, double grey = 0);

    // Ends a page; what is drawn next stands on another.
    void end_page();

    // The PDF. REQUIRES: the last page was ended. Errors: pdf-unwritten (internal).
    Result<Pdf> finish() &&;
    // The PDF as a file of mode 0600, whole or not at all. REQUIRES: the last page was ended. Errors:
    // pdf-unwritten (internal), those of write_file.
    Result<Printed> save(const std::filesystem::path& path) &&;

  private:
    struct Impl;
    explicit Canvas(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The text with blanks instead of line breaks and other control characters.
std::string one_line(std::string_view text);

}  // namespace stimme::print
