// QR codes (ISO/IEC 18004) of short texts, as squares to be filled. Used by the documents of this folder
// only.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "client/print/canvas.h"
#include "core/base/result.h"

namespace stimme::print {

// Without the white around it.
struct QrSquares {
    std::size_t width;         // as many rows as columns
    std::vector<bool> blacks;  // row by row

    bool dark(std::size_t column, std::size_t row) const { return blacks[row * width + column]; }
};

// A seventh of the code may be lost. Errors: qr-code-impossible (invalid: the text is empty or longer than a
// code holds, some 2,300 bytes).
Result<QrSquares> qr_squares(std::string_view content);

// The dark parts of the code that fills `place`, a square. Around it four of its squares must stay white:
// place is at least 21 of them wide. Errors: as qr_squares.
Result<std::vector<Box>> qr_code(std::string_view content, const Box& place);

}  // namespace stimme::print
