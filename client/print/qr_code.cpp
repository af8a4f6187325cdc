#include "client/print/qr_code.h"

#include <memory>

#include <fmt/format.h>
#include <qrencode.h>

namespace stimme::print {
namespace {

// Neighbours in a row become one box, so that no hairline shows between them.
void add_row(const QrSquares& code, std::size_t row, const Box& place, std::vector<Box>& boxes) {
    const double side = place.width / static_cast<double>(code.width);
    const double y = place.y + static_cast<double>(row) * side;
    for (std::size_t column = 0; column < code.width; ++column) {
        if (!code.dark(column, row)) continue;
        const std::size_t begin = column;
        while (column < code.width && code.dark(column, row)) ++column;
        boxes.push_back({place.x + static_cast<double>(begin) * side, y,
                         static_cast<double>(column - begin) * side, side});
    }
}

}  // namespace

Result<QrSquares> qr_squares(std::string_view content) {
    const auto* data = reinterpret_cast<const unsigned char*>(content.data());
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeData(static_cast<int>(content.size()), data, 0, QR_ECLEVEL_M), QRcode_free);
    if (!code)
        return invalid("qr-code-impossible",
                       fmt::format("{} bytes make no QR code: from 1 to some 2,300", content.size()));
    QrSquares squares{static_cast<std::size_t>(code->width), {}};
    for (std::size_t i = 0; i < squares.width * squares.width; ++i)
        squares.blacks.push_back((code->data[i] & 1) != 0);
    return squares;
}

Result<std::vector<Box>> qr_code(std::string_view content, const Box& place) {
    STIMME_TRY(const QrSquares code, qr_squares(content));
    std::vector<Box> boxes;
    for (std::size_t row = 0; row < code.width; ++row) add_row(code, row, place, boxes);
    return boxes;
}

}  // namespace stimme::print
