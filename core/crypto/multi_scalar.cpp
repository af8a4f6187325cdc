#include "core/crypto/multi_scalar.h"

#include <vector>

#include "core/crypto/legacy_group.h"

namespace stimme::crypto {

Point multi_scalar_var(std::span<const Term> terms) {
    std::vector<Scalar> scalars;
    std::vector<Point> points;
    for (const Term& term : terms) {
        scalars.push_back(term.scalar);
        points.push_back(term.point);
    }
    return openssl::sum_of_products_var(scalars, points);
}

}  // namespace stimme::crypto
