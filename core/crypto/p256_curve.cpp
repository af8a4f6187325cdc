#include "core/crypto/p256_curve.h"

#include <algorithm>

#include "core/crypto/p256_adder.h"
#include "core/crypto/point.h"

namespace stimme::crypto {

bool all_on_curve(std::span<const std::uint8_t* const> points) {
    return p256::ifma_adder() != nullptr ? p256::all_on_curve_ifma(points)
                                         : p256::all_on_curve_portable(points);
}

bool p256::all_on_curve_portable(std::span<const std::uint8_t* const> points) {
    return std::all_of(points.begin(), points.end(), [](const std::uint8_t* point) {
        return static_cast<bool>(Point::from_bytes64(ByteView(point, 64)));
    });
}

}  // namespace stimme::crypto
