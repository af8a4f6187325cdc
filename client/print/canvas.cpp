#include "client/print/canvas.h"

#include <algorithm>
#include <set>
#include <utility>

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "core/base/clock.h"
#include "core/base/file.h"

namespace stimme::print {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;
constexpr double a4_short = 210;
constexpr double a4_long = 297;
// Noto's own line height leaves room for scripts that don't occur here.
constexpr float line_spacing = 0.88F;
constexpr double smallest = 0.6;

constexpr char text_fonts[] = "Noto Sans, Noto Sans Arabic";
constexpr char fixed_width_font[] = "DejaVu Sans Mono";

struct NeededFont {
    const char* family;
    const char* package;
};
constexpr NeededFont needed_fonts[] = {
    {"Noto Sans", "fonts-noto-core"},
    {"Noto Sans Arabic", "fonts-noto-core"},
    {fixed_width_font, "fonts-dejavu-core"},
};

struct Release {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
    // Context, layout, font.
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

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

Owned<PangoFontDescription> description(const char* family, const Style& style) {
    Owned<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), family);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.face == Face::bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    return font;
}

// Fontconfig answers with some font for any name, so what it found is asked for its own.
Status check_font(PangoContext* context, const NeededFont& needed) {
    const auto wanted = description(needed.family, {});
    const Owned<PangoFont> found(pango_context_load_font(context, wanted.get()));
    if (found) {
        const Owned<PangoFontDescription> described(pango_font_describe(found.get()));
        if (std::string_view(pango_font_description_get_family(described.get())) == needed.family) return {};
    }
    return unavailable("font-missing", fmt::format("the font {} isn't installed (package {})", needed.family,
                                                   needed.package));
}

PangoAlignment alignment(const Style& style) {
    if (style.align == Align::centre) return PANGO_ALIGN_CENTER;
    const bool left = (style.align == Align::start) != style.language.right_to_left();
    return left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

// Of the whole text, and its lead in bold.
Owned<PangoAttrList> attributes(const Style& style, std::size_t lead_bytes) {
    Owned<PangoAttrList> list(pango_attr_list_new());
    const std::string tag(style.language.tag());
    pango_attr_list_insert(list.get(), pango_attr_language_new(pango_language_from_string(tag.c_str())));
    // A long name that is broken keeps its letters.
    pango_attr_list_insert(list.get(), pango_attr_insert_hyphens_new(FALSE));
    if (lead_bytes > 0) {
        PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        bold->end_index = static_cast<guint>(lead_bytes);
        pango_attr_list_insert(list.get(), bold);
    }
    return list;
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
        left_to_right = context(PANGO_DIRECTION_LTR);
        right_to_left = context(PANGO_DIRECTION_RTL);
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

    Owned<PangoContext> context(PangoDirection direction) const {
        Owned<PangoContext> made(pango_cairo_create_context(cairo.get()));
        pango_cairo_context_set_resolution(made.get(), 72);
        pango_context_set_round_glyph_positions(made.get(), FALSE);
        pango_context_set_base_dir(made.get(), direction);
        return made;
    }

    Owned<PangoLayout> layout(std::string_view text, double text_width, const Style& style,
                              std::size_t lead_bytes) const {
        PangoContext* in = style.language.right_to_left() ? right_to_left.get() : left_to_right.get();
        Owned<PangoLayout> made(pango_layout_new(in));
        const auto font = description(style.face == Face::fixed_width ? fixed_width_font : text_fonts, style);
        pango_layout_set_font_description(made.get(), font.get());
        pango_layout_set_attributes(made.get(), attributes(style, lead_bytes).get());
        pango_layout_set_auto_dir(made.get(), FALSE);
        pango_layout_set_alignment(made.get(), alignment(style));
        pango_layout_set_width(made.get(), pango_units(text_width));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(made.get(), line_spacing);
        pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
        return made;
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
    for (const NeededFont& needed : needed_fonts) STIMME_CHECK(check_font(impl->left_to_right.get(), needed));
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

Result<Printed> Canvas::save(const std::filesystem::path& path) && {
    cairo_surface_finish(impl_->surface.get());
    for (const cairo_status_t status :
         {cairo_status(impl_->cairo.get()), cairo_surface_status(impl_->surface.get())}) {
        if (status != CAIRO_STATUS_SUCCESS)
            return internal("pdf-unwritten", fmt::format("{} couldn't be drawn: {}", path.string(),
                                                         cairo_status_to_string(status)));
    }
    STIMME_CHECK(write_file(path, impl_->pdf, FileMode::private_file));
    return Printed{impl_->pages, {impl_->unprintable.begin(), impl_->unprintable.end()}};
}

std::string one_line(std::string_view text) {
    std::string result(text);
    std::replace_if(
        result.begin(), result.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return result;
}

}  // namespace stimme::print
