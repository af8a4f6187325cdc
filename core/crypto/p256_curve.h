// Whether many encoded points are points of P-256, several at once where the processor can: what
// Point::from_bytes64 finds out for one. For public data.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <span>

namespace stimme::crypto {

// Each of them x‖y in 64 bytes: both coordinates below p, and y^2 = x^3 - 3x + b (SEC 1, section 3.2.2.1).
bool all_on_curve(std::span<const std::uint8_t* const> points);

namespace p256 {

// Each way by itself. REQUIRES of the second: ifma_adder() isn't nullptr.
bool all_on_curve_portable(std::span<const std::uint8_t* const> points);
bool all_on_curve_ifma(std::span<const std::uint8_t* const> points);

}  // namespace p256

}  // namespace stimme::crypto
