// Sums of products that are reduced once: core/crypto/product_sum.
#include "core/crypto/product_sum.h"

#include <gtest/gtest.h>

namespace stimme::crypto {
namespace {

ByteArray<16> ones() {
    ByteArray<16> bytes;
    bytes.fill(0xff);
    return bytes;
}

TEST(ProductSum, NothingIsZero) {
    EXPECT_TRUE(ProductSum().value().is_zero());
}

TEST(ProductSum, RandomProductsAddUp) {
    SeededRandom random(71);
    ProductSum sum;
    Scalar expected;
    for (int i = 0; i < 2000; ++i) {
        const Scalar weight = Scalar::from_bytes16(random.bytes<16>());
        const Scalar scalar = Scalar::from_wide(random.bytes<48>());
        sum.add(weight, scalar);
        expected += weight * scalar;
        ASSERT_EQ(sum.value(), expected) << i;
    }
}

TEST(ProductSum, LargestProductsAddUpThroughEveryCarry) {
    const Scalar weight = Scalar::from_bytes16(ones());
    for (const Scalar& scalar : {-Scalar(1), -Scalar(2), Scalar(1), Scalar(), Scalar(~std::uint64_t{0})}) {
        ProductSum sum;
        Scalar expected;
        for (int i = 0; i < 1000; ++i) {
            sum.add(weight, scalar);
            expected += weight * scalar;
            ASSERT_EQ(sum.value(), expected) << i;
        }
    }
}

}  // namespace
}  // namespace stimme::crypto
