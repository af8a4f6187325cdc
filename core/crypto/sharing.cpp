#include "core/crypto/sharing.h"

#include <cassert>
#include <set>

#include "core/crypto/multi_scalar.h"

namespace stimme::crypto {

Polynomial Polynomial::random(std::size_t k, Random& random) {
    assert(k >= 1);
    std::vector<SecretScalar> coefficients;
    coefficients.reserve(k);
    for (std::size_t j = 0; j < k; ++j) coefficients.push_back(SecretScalar::random(random));
    return Polynomial(std::move(coefficients));
}

Commitments Polynomial::commitments() const {
    Commitments result;
    for (const SecretScalar& coefficient : coefficients_) result.push_back(multiply_generator(coefficient));
    return result;
}

// Horner's rule
SecretScalar Polynomial::share_for(std::uint32_t l) const {
    assert(l >= 1);
    SecretScalar value;
    for (std::size_t j = coefficients_.size(); j-- > 0;) value = value * SecretScalar(l) + coefficients_[j];
    return value;
}

Point committed_share(const Commitments& commitments, std::uint32_t l) {
    std::vector<Term> terms;
    Scalar power(1);
    for (const Point& commitment : commitments) {
        terms.push_back({power, commitment});
        power *= Scalar(l);
    }
    return multi_scalar_var(terms);
}

Status check_share(const SecretScalar& share, std::uint32_t l, const Commitments& commitments) {
    if (multiply_generator(share) == committed_share(commitments, l)) return {};
    return invalid("share-mismatch",
                   "the share for trustee " + std::to_string(l) + " isn't the one its sender committed to");
}

Point joint_key(std::span<const Commitments> trustees) {
    PointSum sum;
    for (const Commitments& commitments : trustees) sum.add(commitments.at(0));
    return sum.value();
}

Point public_share(std::span<const Commitments> trustees, std::uint32_t l) {
    PointSum sum;
    for (const Commitments& commitments : trustees) sum.add(committed_share(commitments, l));
    return sum.value();
}

// λ_l = Π_{i != l} i / (i - l)
Result<std::vector<Scalar>> lagrange_at_zero(std::span<const std::uint32_t> indices) {
    const std::set<std::uint32_t> distinct(indices.begin(), indices.end());
    if (distinct.empty() || distinct.size() != indices.size() || distinct.contains(0)) {
        return invalid("indices-invalid", "shares are combined from different trustees, counted from 1");
    }
    std::vector<Scalar> result;
    for (const std::uint32_t l : indices) {
        Scalar numerator(1), denominator(1);
        for (const std::uint32_t i : indices) {
            if (i == l) continue;
            numerator *= Scalar(i);
            denominator *= Scalar(i) - Scalar(l);
        }
        result.push_back(numerator * denominator.inverse());
    }
    return result;
}

Result<Point> interpolate_at_zero(std::span<const std::uint32_t> indices, std::span<const Point> points) {
    assert(indices.size() == points.size());
    STIMME_TRY(const std::vector<Scalar> weights, lagrange_at_zero(indices));
    std::vector<Term> terms;
    for (std::size_t i = 0; i < points.size(); ++i) terms.push_back({weights[i], points[i]});
    return multi_scalar_var(terms);
}

}  // namespace stimme::crypto
