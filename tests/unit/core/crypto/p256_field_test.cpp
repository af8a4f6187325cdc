// Both multiplications mod p against OpenSSL's numbers: core/crypto/p256_field.
#include "core/crypto/p256_field.h"

#include <gtest/gtest.h>

#include "core/crypto/openssl_group.h"
#include "core/crypto/p256_adder.h"
#include "tests/unit/core/crypto/p256_edges.h"

namespace stimme::crypto::p256 {
namespace {

using edges::edge_element;
using edges::rounds;

class OpensslField {
  public:
    OpensslField() : p_(number(modular::p)), r_inverse_(BN_new()) {
        BN_one(r_inverse_.get());
        BN_lshift(r_inverse_.get(), r_inverse_.get(), 256);
        BN_mod_inverse(r_inverse_.get(), r_inverse_.get(), p_.get(), context_.get());
    }
    // a·b/2^256
    Limbs multiply(const Limbs& a, const Limbs& b) {
        const openssl::BigNum x = number(a), y = number(b);
        BN_mod_mul(x.get(), x.get(), y.get(), p_.get(), context_.get());
        BN_mod_mul(x.get(), x.get(), r_inverse_.get(), p_.get(), context_.get());
        ByteArray<32> bytes;
        BN_bn2binpad(x.get(), bytes.data(), 32);
        return modular::load(bytes);
    }

  private:
    static openssl::BigNum number(const Limbs& limbs) {
        ByteArray<32> bytes;
        modular::store(limbs, bytes.data());
        return openssl::BigNum(BN_bin2bn(bytes.data(), 32, nullptr));
    }
    openssl::Context context_{BN_CTX_new()};
    openssl::BigNum p_, r_inverse_;
};

template <class Arithmetic>
void products_agree() {
    SeededRandom random(41);
    OpensslField field;
    for (std::size_t i = 0; i < rounds(30'000, 200); ++i) {
        const Limbs a = edge_element(random), b = edge_element(random);
        ASSERT_EQ(Arithmetic::multiply(a, b), field.multiply(a, b)) << i;
        ASSERT_EQ(Arithmetic::multiply(a, a), field.multiply(a, a)) << i;
    }
}

template <class Arithmetic>
void inverses_agree() {
    SeededRandom random(42);
    for (std::size_t i = 0; i < rounds(500, 100); ++i) {
        const Limbs a = edge_element(random), inverted = inverse<Arithmetic>(a);
        if (a == Limbs{}) continue;
        ASSERT_EQ(Arithmetic::multiply(a, inverted), ModP::r1) << i;
    }
    EXPECT_EQ(inverse<Arithmetic>(Limbs{}), Limbs{});
}

TEST(P256Field, ThePrimeHasTheFormThatTheReductionUses) {
    const auto power = [](int exponent) { return modular::power_of_two(exponent, modular::p); };
    // 2^256 = 2^224 - 2^192 - 2^96 + 1
    EXPECT_EQ(power(256), ModP::sub(ModP::sub(ModP::add(power(224), power(0)), power(192)), power(96)));
    EXPECT_EQ(ModP::n0, 1u);
}

TEST(P256Field, PortableProductsAgreeWithOpenssl) {
    products_agree<Portable>();
}
TEST(P256Field, PortableInversesInvert) {
    inverses_agree<Portable>();
}

#ifdef __x86_64__
TEST(P256Field, MulxProductsAgreeWithOpenssl) {
    if (mulx_adder() == nullptr) GTEST_SKIP() << "this processor has no ADX";
    products_agree<Mulx>();
}
TEST(P256Field, MulxInversesInvert) {
    if (mulx_adder() == nullptr) GTEST_SKIP() << "this processor has no ADX";
    inverses_agree<Mulx>();
}
#endif

}  // namespace
}  // namespace stimme::crypto::p256
