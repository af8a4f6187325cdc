#include "core/crypto/discrete_log.h"

#include <cassert>
#include <vector>

#include "core/crypto/field.h"

namespace stimme::crypto {
namespace {

constexpr std::size_t chunk = 64;  // giant steps that share one inversion

std::uint64_t root_above(std::uint64_t value) {
    std::uint64_t low = 1, high = std::uint64_t{1} << 25;
    while (low < high) {
        const std::uint64_t middle = (low + high) / 2;
        if (middle * middle >= value) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

// start, start + step, start + 2·step, ...
std::vector<Point> progression(const Point& start, const Point& step, std::size_t count) {
    const Affine addend = to_affine(step);
    std::vector<Jacobian> steps{to_jacobian(start)};
    while (steps.size() < count) steps.push_back(add_var(steps.back(), addend));
    return to_points(steps);
}

}  // namespace

std::size_t DiscreteLog::ByCoordinates::operator()(const Point& point) const {
    std::size_t result;
    std::memcpy(&result, point.raw().data(), sizeof result);
    return result;
}

DiscreteLog::DiscreteLog(const Point& base, std::uint64_t bound)
    : bound_(bound), steps_(root_above(bound + 1)), stride_(-multiply_var(base, Scalar(steps_))) {
    assert(!base.is_infinity() && bound < (std::uint64_t{1} << 48));
    baby_.reserve(steps_);
    for (const Point& point : progression(Point(), base, steps_)) {
        baby_.emplace(point, static_cast<std::uint32_t>(baby_.size()));
    }
}

// point - i·steps·base = j·base
std::optional<std::uint64_t> DiscreteLog::find(const Point& point) const {
    Point start = point;
    for (std::uint64_t i = 0; i * steps_ <= bound_; i += chunk) {
        const std::vector<Point> giants = progression(start, stride_, chunk + 1);
        for (std::size_t k = 0; k < chunk; ++k) {
            const auto j = baby_.find(giants[k]);
            if (j == baby_.end()) continue;
            const std::uint64_t found = (i + k) * steps_ + j->second;
            return found <= bound_ ? std::optional(found) : std::nullopt;
        }
        start = giants.back();
    }
    return std::nullopt;
}

}  // namespace stimme::crypto
