// Arithmetic modulo q against OpenSSL's, and the canonical encoding of scalars: core/crypto/scalar.
#include "core/crypto/scalar.h"

#include <memory>
#include <type_traits>

#include <gtest/gtest.h>
#include <openssl/bn.h>

namespace stimme::crypto {
namespace {

constexpr const char* order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

struct Free {
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};

// A number of OpenSSL, for comparison.
class Number {
  public:
    Number() : bn_(BN_new()) {}
    explicit Number(ByteView bytes) : bn_(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)) {}
    BIGNUM* get() const { return bn_.get(); }
    ByteArray<32> bytes() const {
        ByteArray<32> result;
        BN_bn2binpad(bn_.get(), result.data(), 32);
        return result;
    }

  private:
    std::unique_ptr<BIGNUM, Free> bn_;
};

template <class Operation>
ByteArray<32> by_openssl(Operation operation, const Scalar& a, const Scalar& b) {
    static const Number q(*from_hex(order));
    static const std::unique_ptr<BN_CTX, Free> context(BN_CTX_new());
    const Number result;
    operation(result.get(), Number(a.bytes()).get(), Number(b.bytes()).get(), q.get(), context.get());
    return result.bytes();
}

void expect_same_as_openssl(const Scalar& a, const Scalar& b) {
    ASSERT_EQ((a + b).bytes(), by_openssl(BN_mod_add, a, b));
    ASSERT_EQ((a - b).bytes(), by_openssl(BN_mod_sub, a, b));
    ASSERT_EQ((a * b).bytes(), by_openssl(BN_mod_mul, a, b));
    ASSERT_EQ(a + -a, Scalar());
}

std::vector<Scalar> edge_values() {
    std::vector<Scalar> values;
    for (std::uint64_t small : {0ull, 1ull, 2ull, ~0ull}) {
        values.push_back(Scalar(small));
        values.push_back(-Scalar(small));
    }
    Scalar power(1);
    for (int bit = 1; bit < 256; ++bit) {
        power += power;
        if (bit % 32 == 0 || bit % 32 == 31) values.push_back(power);
    }
    return values;
}

TEST(Scalar, EdgeValuesAgreeWithOpenSsl) {
    for (const Scalar& a : edge_values()) {
        for (const Scalar& b : edge_values()) expect_same_as_openssl(a, b);
    }
}

TEST(Scalar, RandomValuesAgreeWithOpenSsl) {
    SeededRandom random(1);
    for (int i = 0; i < 5000; ++i) {
        expect_same_as_openssl(Scalar::from_wide(random.bytes<48>()), Scalar::from_wide(random.bytes<48>()));
    }
}

TEST(Scalar, WideNumbersAreReducedAsOpenSslDoes) {
    SeededRandom random(2);
    ByteArray<48> wide;
    wide.fill(0xff);
    const Number q(*from_hex(order));
    const std::unique_ptr<BN_CTX, Free> context(BN_CTX_new());
    for (int i = 0; i < 1000; ++i) {
        const Number reduced;
        BN_mod(reduced.get(), Number(wide).get(), q.get(), context.get());
        ASSERT_EQ(Scalar::from_wide(wide).bytes(), reduced.bytes());
        wide = random.bytes<48>();
    }
}

TEST(Scalar, InverseTimesItselfIsOne) {
    SeededRandom random(3);
    for (const Scalar& a : edge_values()) {
        EXPECT_EQ(a * a.inverse(), a.is_zero() ? Scalar() : Scalar(1));
    }
    for (int i = 0; i < 100; ++i) {
        const Scalar a = Scalar::from_wide(random.bytes<48>());
        EXPECT_EQ(a * a.inverse(), Scalar(1));
    }
}

TEST(Scalar, TheOrderAndAboveIsRefused) {
    EXPECT_TRUE(Scalar::from_bytes((-Scalar(1)).bytes()).ok());
    EXPECT_EQ(Scalar::from_bytes(*from_hex(order)).error().code, "scalar-not-canonical");
    EXPECT_EQ(Scalar::from_bytes(Bytes(32, 0xff)).error().code, "scalar-not-canonical");
    EXPECT_EQ(SecretScalar::from_bytes(*from_hex(order)).error().code, "scalar-not-canonical");
}

TEST(Scalar, OtherLengthsAreRefused) {
    EXPECT_EQ(Scalar::from_bytes(Bytes(31)).error().code, "scalar-not-canonical");
    EXPECT_EQ(Scalar::from_bytes(Bytes(33)).error().code, "scalar-not-canonical");
    EXPECT_EQ(Scalar::from_bytes({}).error().code, "scalar-not-canonical");
}

TEST(Scalar, ACanonicalEncodingReadsBack) {
    SeededRandom random(4);
    for (int i = 0; i < 100; ++i) {
        const Scalar a = Scalar::from_wide(random.bytes<48>());
        EXPECT_EQ(*Scalar::from_bytes(a.bytes()), a);
    }
}

TEST(SecretScalar, ComputesAsTheScalarItHolds) {
    SeededRandom random(5);
    const Scalar a = Scalar::from_wide(random.bytes<48>()), b = Scalar::from_wide(random.bytes<48>());
    const SecretScalar secret(a);
    EXPECT_EQ((secret + b).reveal(), a + b);
    EXPECT_EQ((b - secret).reveal(), b - a);
    EXPECT_EQ((secret * secret).reveal(), a * a);
    EXPECT_EQ((-secret).reveal(), -a);
    EXPECT_EQ(secret.inverse().reveal(), a.inverse());
    EXPECT_TRUE(equal(secret, a));
    EXPECT_FALSE(equal(secret, b));
}

TEST(SecretScalar, SelectTakesByMask) {
    EXPECT_EQ(SecretScalar::select(mask_if_equal(7, 7), Scalar(1), Scalar(2)).reveal(), Scalar(1));
    EXPECT_EQ(SecretScalar::select(mask_if_equal(7, 8), Scalar(1), Scalar(2)).reveal(), Scalar(2));
}

TEST(SecretScalar, IsWipedWhenMovedFromAndNeverCopiedOrMadePublicSilently) {
    SecretScalar from(Scalar(42));
    const SecretScalar to = std::move(from);
    EXPECT_TRUE(from.is_zero());  // NOLINT(bugprone-use-after-move): the point of the test
    EXPECT_EQ(to.reveal(), Scalar(42));
    static_assert(!std::is_copy_constructible_v<SecretScalar> && !std::is_copy_assignable_v<SecretScalar>);
    static_assert(!std::is_convertible_v<SecretScalar, Scalar>);
}

TEST(Secret, MasksAreAllOrNothing) {
    for (std::uint64_t value : {1ull, 2ull, 0x8000000000000000ull, ~0ull}) EXPECT_EQ(mask_if_zero(value), 0u);
    EXPECT_EQ(mask_if_zero(0), ~std::uint64_t{0});
}

TEST(Secret, BytesAreWipedWhenMovedFrom) {
    SeededRandom random(6);
    SecretBytes<16> from = SecretBytes<16>::random(random);
    const SecretBytes<16> expected = from.copy();
    const SecretBytes<16> to = std::move(from);
    EXPECT_TRUE(constant_time_equal(to.reveal(), expected.reveal()));
    EXPECT_TRUE(constant_time_equal(from.reveal(), Bytes(16)));  // NOLINT(bugprone-use-after-move)
    EXPECT_FALSE(constant_time_equal(to.reveal(), Bytes(15)));
}

}  // namespace
}  // namespace stimme::crypto
