#include "client/print/office_page.h"

#include <optional>

#include <fmt/format.h>

#include "client/print/qr_code.h"

namespace stimme::print {
namespace {

constexpr double left = 25;
constexpr double width = 160;
constexpr double right = left + width;
constexpr double top = 20;
constexpr double bottom = 272;
constexpr double foot = 282;
constexpr double gap = 2;
constexpr double value_width = 40;
constexpr double code_side = 50;
constexpr double large_code_side = 100;
constexpr double alarm_height = 13;  // of each of its lines
constexpr double signature_height = 19;

// Sizes of text, tried one after the other until the sheet fits on one page. One that never does is set in
// the first.
constexpr double scales[] = {1, 0.9, 0.8};

Style style_of(const Paragraph& paragraph, double scale) {
    Style style = {.size = 11 * scale, .language = paragraph.language};
    if (paragraph.weight == Weight::bold) style.face = Face::bold;
    if (paragraph.weight == Weight::small) {
        style.size = 9 * scale;
        style.grey = 0.25;
    }
    return style;
}

class PageWriter {
  public:
    PageWriter(Canvas& canvas, double scale) : canvas_(canvas), scale_(scale) {}

    Status write(const Sheet& sheet) {
        for (const Block& block : sheet.blocks)
            STIMME_CHECK(std::visit([this](const auto& one) { return add(one); }, block));
        end_page();
        return {};
    }

    int pages() const { return page_; }

  private:
    Status add(const Heading& heading) {
        place(canvas_.lay_out(one_line(heading.text), width, {.size = 20, .face = Face::bold}));
        return {};
    }

    Status add(const Alarm& alarm) {
        std::vector<std::string> lines(1);
        for (const char c : alarm.text) c == '\n' ? (void)lines.emplace_back() : lines.back().push_back(c);
        const double height = alarm_height * static_cast<double>(lines.size());
        make_room(height);
        const Box box = {left, y_, width, height};
        canvas_.fill({&box, 1});
        for (const std::string& line : lines) {
            canvas_.write(line, {left, y_ + 1, width, alarm_height},
                          {.size = 26, .face = Face::bold, .align = Align::centre, .grey = 1});
            y_ += alarm_height;
        }
        y_ += gap;
        return {};
    }

    // Broken between lines where a page ends.
    Status add(const Paragraph& paragraph) {
        const Text text = canvas_.lay_out(one_line(paragraph.text), width, style_of(paragraph, scale_));
        for (std::size_t line = 0; line < text.lines(); ++line) {
            make_room(text.height(line, 1));
            canvas_.draw_lines(text, line, 1, left, y_);
            y_ += text.height(line, 1);
        }
        y_ += gap / 2;
        return {};
    }

    Status add(const Row& row) {
        const Text label = canvas_.lay_out(one_line(row.label), width - value_width, {.size = 11.5});
        const Text second =
            canvas_.lay_out(one_line(row.second), width - value_width,
                            {.size = 9, .grey = 0.25, .language = words::Language::english()});
        const double second_height = row.second.empty() ? 0 : second.height();
        make_room(label.height() + second_height);
        canvas_.draw(label, left, y_);
        canvas_.draw(second, left, y_ + label.height());
        canvas_.write(one_line(row.value), {right - value_width, y_, value_width, label.height()},
                      {.size = 13, .face = Face::bold, .align = Align::end});
        y_ += label.height() + second_height + gap;
        return {};
    }

    Status add(const Code& code) {
        const double side = code.large ? large_code_side : code_side;
        const double height = code.text.empty() ? side + 6 : side + 18;
        make_room(height);
        STIMME_TRY(const std::vector<Box> squares,
                   qr_code(code.content, {left + (width - side) / 2, y_ + 3, side, side}));
        canvas_.fill(squares);
        if (!code.text.empty())
            canvas_.write(one_line(code.text), {left, y_ + side + 6, width, 10},
                          {.size = 21, .face = Face::fixed_width, .align = Align::centre});
        y_ += height;
        return {};
    }

    Status add(const SignatureLine& line) {
        make_room(signature_height);
        canvas_.line(left, y_ + 13, left + 100, y_ + 13);
        canvas_.write(one_line(line.who), {left, y_ + 13.5, 100, 5}, {.size = 9});
        y_ += signature_height;
        return {};
    }

    Status add(const Rule&) {
        make_room(2 * gap);
        canvas_.line(left, y_ + gap, right, y_ + gap, 0.15);
        y_ += 2 * gap;
        return {};
    }

    void place(const Text& text) {
        make_room(text.height());
        canvas_.draw(text, left, y_);
        y_ += text.height() + gap / 2;
    }

    void make_room(double height) {
        if (y_ + height <= bottom || y_ == top) return;
        end_page();
        y_ = top;
    }

    void end_page() {
        canvas_.write(fmt::format("Seite {}", ++page_), {left, foot, width, 5},
                      {.size = 8, .align = Align::end});
        canvas_.end_page();
    }

    Canvas& canvas_;
    const double scale_;
    double y_ = top;
    int page_ = 0;
};

}  // namespace

Result<Pdf> office_page(const Sheet& sheet) {
    std::optional<Canvas> first;
    for (const double scale : scales) {
        STIMME_TRY(Canvas canvas, Canvas::create(Orientation::portrait, {sheet.title, "Stimme", sheet.day}));
        PageWriter writer(canvas, scale);
        STIMME_CHECK(writer.write(sheet));
        if (writer.pages() == 1) return std::move(canvas).finish();
        if (!first) first.emplace(std::move(canvas));
    }
    return std::move(*first).finish();
}

}  // namespace stimme::print
