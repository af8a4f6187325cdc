#include "client/print/bitmap.h"

#include <algorithm>

#include "client/print/qr_code.h"
#include "client/print/type.h"

namespace stimme::print {
namespace {

constexpr std::size_t quiet_squares = 4;
constexpr std::size_t alarm_margin = 12;  // dots

int width_in_units(std::size_t dots) {
    return static_cast<int>(dots) * PANGO_SCALE;
}

Bitmap white(std::size_t width, std::size_t height) {
    return {width, height, Bytes(width / 8 * height)};
}

void blacken(Bitmap& bitmap, std::size_t x, std::size_t y) {
    bitmap.rows[y * (bitmap.width / 8) + x / 8] |= static_cast<std::uint8_t>(0x80 >> (x % 8));
}

// A surface on which type is set, one byte a dot.
class Plate {
  public:
    Plate(std::size_t width, std::size_t height)
        : surface_(
              cairo_image_surface_create(CAIRO_FORMAT_A8, static_cast<int>(width), static_cast<int>(height))),
          cairo_(cairo_create(surface_.get())),
          width_(width),
          height_(height) {}

    cairo_t* cairo() const { return cairo_.get(); }

    Bitmap read() const {
        cairo_surface_flush(surface_.get());
        const unsigned char* data = cairo_image_surface_get_data(surface_.get());
        const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_.get()));
        Bitmap result = white(width_, height_);
        for (std::size_t y = 0; y < height_; ++y) {
            for (std::size_t x = 0; x < width_; ++x) {
                if (data[y * stride + x] >= 0x70) blacken(result, x, y);
            }
        }
        return result;
    }

  private:
    Owned<cairo_surface_t> surface_;
    Owned<cairo_t> cairo_;
    std::size_t width_;
    std::size_t height_;
};

Owned<PangoContext> context_on(const Plate& plate, const Style& style) {
    return text_context(plate.cairo(),
                        style.language.right_to_left() ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
}

// The largest type in which no line of the text is wrapped.
Style largest(PangoContext* context, std::string_view text, std::size_t width) {
    Style style = {.size = static_cast<double>(width) / 3, .face = Face::bold, .align = Align::centre};
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    for (; style.size > 12; style.size -= 2) {
        const auto layout = lay_out_text(context, text, width_in_units(width), style);
        if (pango_layout_get_line_count(layout.get()) == lines) break;
    }
    return style;
}

}  // namespace

Result<Bitmap> text_bitmap(std::string_view text, std::size_t width, const Style& style) {
    const Plate measure(1, 1);
    const auto context = context_on(measure, style);
    STIMME_CHECK(check_fonts(context.get()));
    const auto layout = lay_out_text(context.get(), text, width_in_units(width), style);
    PangoRectangle extents;
    pango_layout_get_pixel_extents(layout.get(), nullptr, &extents);
    const Plate plate(width, static_cast<std::size_t>(std::max(extents.height, 1)));
    pango_cairo_show_layout(plate.cairo(), layout.get());
    return plate.read();
}

Result<Bitmap> alarm_bitmap(std::string_view text, std::size_t width) {
    const Plate measure(1, 1);
    const auto context = context_on(measure, {});
    STIMME_TRY(const Bitmap letters,
               text_bitmap(text, width, largest(context.get(), text, width - 2 * alarm_margin)));
    Bitmap result = white(width, letters.height + 2 * alarm_margin);
    std::fill(result.rows.begin(), result.rows.end(), std::uint8_t{0xff});
    for (std::size_t i = 0; i < letters.rows.size(); ++i)
        result.rows[alarm_margin * (width / 8) + i] = static_cast<std::uint8_t>(~letters.rows[i]);
    return result;
}

Result<Bitmap> qr_bitmap(std::string_view content, std::size_t side, std::size_t width) {
    STIMME_TRY(const QrSquares code, qr_squares(content));
    const std::size_t dots = std::min(side, width) / (code.width + 2 * quiet_squares);
    if (dots == 0) return invalid("qr-code-impossible", "the QR code has more squares than there are dots");
    const std::size_t quiet = quiet_squares * dots;
    const std::size_t left = (width - code.width * dots) / 2;
    Bitmap result = white(width, code.width * dots + 2 * quiet);
    for (std::size_t y = 0; y < code.width * dots; ++y) {
        for (std::size_t x = 0; x < code.width * dots; ++x) {
            if (code.dark(x / dots, y / dots)) blacken(result, left + x, quiet + y);
        }
    }
    return result;
}

}  // namespace stimme::print
