#include "client/print/qr_code.h"

#include <memory>

#include <fmt/format.h>
#include <qrencode.h>

namespace stimme::print {
namespace {

bool dark(const QRcode& code, int column, int row) {
    return (code.data[row * code.width + column] & 1) != 0;
}

// Neighbours in a row become one box, so that no hairline shows between them.
void add_row(const QRcode& code, int row, const Box& place, std::vector<Box>& boxes) {
    const double side = place.width / code.width;
    for (int column = 0; column < code.width; ++column) {
        if (!dark(code, column, row)) continue;
        const int begin = column;
        while (column < code.width && dark(code, column, row)) ++column;
        boxes.push_back({place.x + begin * side, place.y + row * side, (column - begin) * side, side});
    }
}

}  // namespace

Result<std::vector<Box>> qr_code(std::string_view content, const Box& place) {
    const auto* data = reinterpret_cast<const unsigned char*>(content.data());
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeData(static_cast<int>(content.size()), data, 0, QR_ECLEVEL_M), QRcode_free);
    if (!code)
        return invalid("qr-code-impossible",
                       fmt::format("{} bytes make no QR code: from 1 to some 2,300", content.size()));
    std::vector<Box> boxes;
    for (int row = 0; row < code->width; ++row) add_row(*code, row, place, boxes);
    return boxes;
}

}  // namespace stimme::print
