#include "client/print/canvas.h"

#include <algorithm>
#include <set>
#include <utility>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "client/print/type.h"
#include "core/base/clock.h"
#include "core/base/file.h"

namespace stimme::print {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;
constexpr double a4_short = 210;
constexpr double a4_long = 297;
constexpr double smallest = 0.6;

double points(double mm) {
    return mm * points_per_mm;
}

int pango_units(double mm) {
    return pango_units_from_double(points(mm));
}

double millimetres(int units) {
    return pango_units_to_double(units) / points_per_mm;
}

cairo_status_t append_to(void* bytes, const unsigned char* data, unsigned int length) {
    append(*static_cast<Bytes*>(bytes), {data, length});
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Text::Layout {
    Owned<PangoLayout> layout;
    double grey;

    PangoLayout* get() const { return layout.get(); }

    // Top and bottom of a line, in Pango's units.
    std::pair<int, int> range(std::size_t line) const {
        const std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> at(pango_layout_get_iter(get()),
                                                                              pango_layout_iter_free);
        for (std::size_t i = 0; i < line; ++i) pango_layout_iter_next_line(at.get());
        std::pair<int, int> result;
        pango_layout_iter_get_line_yrange(at.get(), &result.first, &result.second);
        return result;
    }
};

double Text::height() const {
    PangoRectangle extents;
    pango_layout_get_extents(layout_->get(), nullptr, &extents);
    return millimetres(extents.height);
}

std::size_t Text::lines() const {
    return static_cast<std::size_t>(pango_layout_get_line_count(layout_->get()));
}

double Text::height(std::size_t first, std::size_t count) const {
    if (count == 0) return 0;
    return millimetres(layout_->range(first + count - 1).second - layout_->range(first).first);
}

struct Canvas::Impl {
    Bytes pdf;
    Owned<cairo_surface_t> surface;
    Owned<cairo_t> cairo;
    Owned<PangoContext> left_to_right;
    Owned<PangoContext> right_to_left;
    double width;
    double height;
    std::size_t pages = 0;
    std::set<std::string> unprintable;

    Impl(Orientation orientation, const Metadata& metadata) {
        const bool portrait = orientation == Orientation::portrait;
        width = portrait ? a4_short : a4_long;
        height = portrait ? a4_long : a4_short;
        surface.reset(cairo_pdf_surface_create_for_stream(append_to, &pdf, points(width), points(height)));
        describe(metadata);
        cairo.reset(cairo_create(surface.get()));
        left_to_right = text_context(cairo.get(), PANGO_DIRECTION_LTR);
        right_to_left = text_context(cairo.get(), PANGO_DIRECTION_RTL);
    }

    // With a date of its own the file depends on nothing but what is printed.
    void describe(const Metadata& metadata) {
        const std::string created = format_date(metadata.created) + "T00:00:00Z";
        const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
            cairo_pdf_surface_set_metadata(surface.get(), key, value.c_str());
        };
        set(CAIRO_PDF_METADATA_TITLE, metadata.title);
        set(CAIRO_PDF_METADATA_AUTHOR, metadata.author);
        set(CAIRO_PDF_METADATA_CREATOR, "Stimme");
        set(CAIRO_PDF_METADATA_CREATE_DATE, created);
        set(CAIRO_PDF_METADATA_MOD_DATE, created);
    }

    Owned<PangoLayout> layout(std::string_view text, double text_width, const Style& style,
                              std::size_t lead_bytes) const {
        PangoContext* in = style.language.right_to_left() ? right_to_left.get() : left_to_right.get();
        return lay_out_text(in, text, pango_units(text_width), style, lead_bytes);
    }

    Text keep(Owned<PangoLayout> made, std::string_view text, const Style& style) {
        if (pango_layout_get_unknown_glyphs_count(made.get()) > 0) unprintable.emplace(text);
        return Text(std::make_shared<Text::Layout>(Text::Layout{std::move(made), style.grey}));
    }

    void set_grey(double grey) const { cairo_set_source_rgb(cairo.get(), grey, grey, grey); }
};

Canvas::Canvas(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

Result<Canvas> Canvas::create(Orientation orientation, const Metadata& metadata) {
    auto impl = std::make_unique<Impl>(orientation, metadata);
    STIMME_CHECK(check_fonts(impl->left_to_right.get()));
    return Canvas(std::move(impl));
}

double Canvas::page_width() const {
    return impl_->width;
}

double Canvas::page_height() const {
    return impl_->height;
}

Text Canvas::lay_out(std::string_view text, double width, const Style& style, std::string_view lead) {
    std::string whole(lead);
    if (!lead.empty() && !text.empty()) whole += ' ';
    whole += text;
    return impl_->keep(impl_->layout(whole, width, style, lead.size()), whole, style);
}

Text Canvas::fit(std::string_view text, double width, double height, const Style& style) {
    Style smaller = style;
    for (double factor = 1; factor > smallest; factor -= 0.1) {
        smaller.size = style.size * factor;
        auto made = impl_->layout(text, width, smaller, 0);
        PangoRectangle extents;
        pango_layout_get_extents(made.get(), nullptr, &extents);
        if (extents.height <= pango_units(height)) return impl_->keep(std::move(made), text, style);
    }
    smaller.size = style.size * smallest;
    auto made = impl_->layout(text, width, smaller, 0);
    pango_layout_set_height(made.get(), pango_units(height));
    pango_layout_set_ellipsize(made.get(), PANGO_ELLIPSIZE_END);
    return impl_->keep(std::move(made), text, style);
}

void Canvas::draw(const Text& text, double x, double y) {
    impl_->set_grey(text.layout_->grey);
    cairo_move_to(impl_->cairo.get(), points(x), points(y));
    pango_cairo_show_layout(impl_->cairo.get(), text.layout_->get());
}

void Canvas::draw_lines(const Text& text, std::size_t first, std::size_t count, double x, double y) {
    impl_->set_grey(text.layout_->grey);
    const int top = text.layout_->range(first).first;
    const std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> at(
        pango_layout_get_iter(text.layout_->get()), pango_layout_iter_free);
    for (std::size_t i = 0; i < first; ++i) pango_layout_iter_next_line(at.get());
    for (std::size_t i = 0; i < count; ++i) {
        PangoRectangle extents;
        pango_layout_iter_get_line_extents(at.get(), nullptr, &extents);
        const int baseline = pango_layout_iter_get_baseline(at.get());
        cairo_move_to(impl_->cairo.get(), points(x + millimetres(extents.x)),
                      points(y + millimetres(baseline - top)));
        pango_cairo_show_layout_line(impl_->cairo.get(), pango_layout_iter_get_line_readonly(at.get()));
        pango_layout_iter_next_line(at.get());
    }
}

void Canvas::write(std::string_view text, const Box& box, const Style& style) {
    if (!text.empty()) draw(fit(text, box.width, box.height, style), box.x, box.y);
}

void Canvas::line(double x1, double y1, double x2, double y2, double thickness) {
    cairo_t* cairo = impl_->cairo.get();
    impl_->set_grey(0);
    cairo_set_line_width(cairo, points(thickness));
    cairo_move_to(cairo, points(x1), points(y1));
    cairo_line_to(cairo, points(x2), points(y2));
    cairo_stroke(cairo);
}

void Canvas::frame(const Box& box, double thickness) {
    cairo_t* cairo = impl_->cairo.get();
    impl_->set_grey(0);
    cairo_set_line_width(cairo, points(thickness));
    cairo_rectangle(cairo, points(box.x), points(box.y), points(box.width), points(box.height));
    cairo_stroke(cairo);
}

void Canvas::fill(std::span<const Box> boxes, double grey) {
    cairo_t* cairo = impl_->cairo.get();
    impl_->set_grey(grey);
    for (const Box& box : boxes)
        cairo_rectangle(cairo, points(box.x), points(box.y), points(box.width), points(box.height));
    cairo_fill(cairo);
}

void Canvas::end_page() {
    cairo_show_page(impl_->cairo.get());
    ++impl_->pages;
}

Result<Pdf> Canvas::finish() && {
    cairo_surface_finish(impl_->surface.get());
    for (const cairo_status_t status :
         {cairo_status(impl_->cairo.get()), cairo_surface_status(impl_->surface.get())}) {
        if (status != CAIRO_STATUS_SUCCESS)
            return internal("pdf-unwritten",
                            fmt::format("a PDF couldn't be drawn: {}", cairo_status_to_string(status)));
    }
    return Pdf{std::move(impl_->pdf), {impl_->pages, {impl_->unprintable.begin(), impl_->unprintable.end()}}};
}

Result<Printed> Canvas::save(const std::filesystem::path& path) && {
    auto pdf = std::move(*this).finish();
    if (!pdf) return std::move(pdf).error().at(path.string());
    STIMME_CHECK(write_file(path, pdf->bytes, FileMode::private_file));
    return std::move(pdf->printed);
}

std::string one_line(std::string_view text) {
    std::string result(text);
    std::replace_if(
        result.begin(), result.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return result;
}

}  // namespace stimme::print
