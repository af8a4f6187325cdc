#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/crypto/legacy_group.h"

#include <vector>

namespace stimme::crypto::openssl {

Group group_with_table(const Point& base) {
    Scratch& s = scratch();
    Group result(EC_GROUP_dup(group()));
    load(s.in.get(), base, s);
    require(result != nullptr &&
            EC_GROUP_set_generator(result.get(), s.in.get(), EC_GROUP_get0_order(group()),
                                   EC_GROUP_get0_cofactor(group())) == 1 &&
            EC_GROUP_precompute_mult(result.get(), s.context.get()) == 1);
    return result;
}

Point sum_of_products_var(std::span<const Scalar> scalars, std::span<const Point> points) {
    Scratch& s = scratch();
    std::vector<CurvePoint> owned_points;
    std::vector<BigNum> owned_scalars;
    std::vector<const EC_POINT*> raw_points;
    std::vector<const BIGNUM*> raw_scalars;
    for (std::size_t i = 0; i < points.size(); ++i) {
        owned_points.emplace_back(EC_POINT_new(group()));
        load(owned_points.back().get(), points[i], s);
        owned_scalars.emplace_back(BN_bin2bn(scalars[i].bytes().data(), 32, nullptr));
        raw_points.push_back(owned_points.back().get());
        raw_scalars.push_back(owned_scalars.back().get());
    }
    require(EC_POINTs_mul(group(), s.out.get(), nullptr, points.size(), raw_points.data(), raw_scalars.data(),
                          s.context.get()) == 1);
    return store(s.out.get(), s);
}

}  // namespace stimme::crypto::openssl
