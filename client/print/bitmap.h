// Text and QR codes as black and white dots, for printers of receipts, which know few letters.
//
// Thread rule: values and pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "client/print/canvas.h"
#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::print {

// Rows from top to bottom, each of width / 8 bytes; the leftmost dot is the highest bit, 1 is black.
struct Bitmap {
    std::size_t width = 0;  // dots, a multiple of 8
    std::size_t height = 0;
    Bytes rows = {};

    bool black(std::size_t x, std::size_t y) const {
        return (rows[y * (width / 8) + x / 8] >> (7 - x % 8) & 1) != 0;
    }
};

// Wrapped to the width; the style's size counts dots. REQUIRES: width is a multiple of 8. Errors:
// font-missing.
Result<Bitmap> text_bitmap(std::string_view text, std::size_t width, const Style& style);

// White on black over the whole width, each line as large as the longest allows. Lines are divided by line
// breaks. REQUIRES: as text_bitmap. Errors: font-missing.
Result<Bitmap> alarm_bitmap(std::string_view text, std::size_t width);

// The code in the middle of the width, as many dots a square as `side` has room for, with white around it.
// Errors: qr-code-impossible (also when not even one dot a square fits).
Result<Bitmap> qr_bitmap(std::string_view content, std::size_t side, std::size_t width);

}  // namespace stimme::print
