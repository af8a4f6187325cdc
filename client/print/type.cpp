#include "client/print/type.h"

#include <string>

#include <fmt/format.h>

namespace stimme::print {
namespace {

// Noto's own line height leaves room for scripts that don't occur here.
constexpr float line_spacing = 0.88F;

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

Owned<PangoContext> text_context(cairo_t* cairo, PangoDirection direction) {
    Owned<PangoContext> made(pango_cairo_create_context(cairo));
    pango_cairo_context_set_resolution(made.get(), 72);
    pango_context_set_round_glyph_positions(made.get(), FALSE);
    pango_context_set_base_dir(made.get(), direction);
    return made;
}

Status check_fonts(PangoContext* context) {
    for (const NeededFont& needed : needed_fonts) STIMME_CHECK(check_font(context, needed));
    return {};
}

Owned<PangoLayout> lay_out_text(PangoContext* context, std::string_view text, int width, const Style& style,
                                std::size_t lead_bytes) {
    Owned<PangoLayout> made(pango_layout_new(context));
    const auto font = description(style.face == Face::fixed_width ? fixed_width_font : text_fonts, style);
    pango_layout_set_font_description(made.get(), font.get());
    pango_layout_set_attributes(made.get(), attributes(style, lead_bytes).get());
    pango_layout_set_auto_dir(made.get(), FALSE);
    pango_layout_set_alignment(made.get(), alignment(style));
    pango_layout_set_width(made.get(), width);
    pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(made.get(), line_spacing);
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    return made;
}

}  // namespace stimme::print
