// Setting type with Pango, for PDF (canvas.cpp) and for dots (bitmap.cpp): fonts, contexts, layouts. Used by
// these two only, for it is the one header with Pango in it.
//
// Sizes of type are in units of the context: points of a PDF, dots of a bitmap.
//
// Thread rule: objects belong to one thread; several threads may set type at the same time.
#pragma once

#include <memory>
#include <string_view>

#include <pango/pangocairo.h>

#include "client/print/canvas.h"
#include "core/base/result.h"

namespace stimme::print {

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

Owned<PangoContext> text_context(cairo_t* cairo, PangoDirection direction);

// Whether every font that documents need is there. Errors: font-missing (unavailable), naming the font and
// its package.
Status check_fonts(PangoContext* context);

// Wrapped at words, and inside a word that is wider than `width` (in Pango's units). The first lead_bytes of
// the text are bold.
Owned<PangoLayout> lay_out_text(PangoContext* context, std::string_view text, int width, const Style& style,
                                std::size_t lead_bytes = 0);

}  // namespace stimme::print
