// The logarithm of a total: finds m with m·base = point among 0..bound, by baby steps and giant steps, in
// about sqrt(bound) additions for the table and at most as many for each search (10 million: some
// milliseconds). See docs/protocol.md, section 8.2.
//
// Thread rule: constant after construction.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "core/crypto/point.h"

namespace stimme::crypto {

class DiscreteLog {
  public:
    // REQUIRES: base is not infinity; bound < 2^48.
    DiscreteLog(const Point& base, std::uint64_t bound);

    std::uint64_t bound() const { return bound_; }
    // The number, or nothing when the point is none of 0·base .. bound·base.
    std::optional<std::uint64_t> find(const Point& point) const;

  private:
    struct ByCoordinates {
        std::size_t operator()(const Point& point) const;
    };

    std::uint64_t bound_;
    std::uint64_t steps_;                                           // baby steps
    Point stride_;                                                  // -(steps_·base)
    std::unordered_map<Point, std::uint32_t, ByCoordinates> baby_;  // j·base -> j, j < steps_
};

}  // namespace stimme::crypto
