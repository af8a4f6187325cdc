// Threshold keys: every k of every n, and shares that don't fit: core/crypto/sharing.
#include "core/crypto/sharing.h"

#include <gtest/gtest.h>

#include "core/crypto/discrete_log.h"
#include "core/crypto/elgamal.h"

namespace stimme::crypto {
namespace {

// A ceremony of n trustees, done honestly; everything is known.
struct Trustees {
    Trustees(std::uint32_t of_n, std::size_t k) : n(of_n), random(of_n * 10 + k) {
        for (std::uint32_t i = 0; i < n; ++i) {
            polynomials.push_back(Polynomial::random(k, random));
            commitments.push_back(polynomials.back().commitments());
        }
    }
    SecretScalar share(std::uint32_t l) const {
        SecretScalar sum;
        for (const Polynomial& polynomial : polynomials) sum += polynomial.share_for(l);
        return sum;
    }

    std::uint32_t n;
    SeededRandom random;
    std::vector<Polynomial> polynomials;
    std::vector<Commitments> commitments;
};

std::vector<std::vector<std::uint32_t>> subsets(std::uint32_t n, std::size_t k) {
    std::vector<std::vector<std::uint32_t>> result;
    for (std::uint32_t bits = 0; bits < (1u << n); ++bits) {
        std::vector<std::uint32_t> subset;
        for (std::uint32_t l = 1; l <= n; ++l) {
            if ((bits >> (l - 1)) & 1) subset.push_back(l);
        }
        if (subset.size() == k) result.push_back(subset);
    }
    return result;
}

// A·secret from the shares of those trustees.
Point decrypted_by(const Trustees& trustees, const std::vector<std::uint32_t>& subset, const Point& a) {
    std::vector<Point> shares;
    for (const std::uint32_t l : subset) shares.push_back(multiply_secret(a, trustees.share(l)));
    return *interpolate_at_zero(subset, shares);
}

TEST(Sharing, EveryKOfEveryNUpToFiveOpenATotalAndFewerDoNot) {
    for (std::uint32_t n = 1; n <= 5; ++n) {
        for (std::size_t k = 1; k <= n; ++k) {
            Trustees trustees(n, k);
            const Point key = joint_key(trustees.commitments);
            const SecretScalar r = SecretScalar::random(trustees.random);
            const Point a = multiply_generator(r), rk = multiply_secret(key, r);
            for (const auto& subset : subsets(n, k)) EXPECT_EQ(decrypted_by(trustees, subset, a), rk);
            if (k == 1) continue;
            for (const auto& subset : subsets(n, k - 1)) EXPECT_NE(decrypted_by(trustees, subset, a), rk);
        }
    }
}

TEST(Sharing, PublicSharesFollowFromTheCommitments) {
    const Trustees trustees(4, 3);
    for (std::uint32_t l = 1; l <= 4; ++l) {
        EXPECT_EQ(public_share(trustees.commitments, l), multiply_generator(trustees.share(l)));
    }
}

TEST(Sharing, AShareFitsItsSenderAndReceiverAlone) {
    const Trustees trustees(3, 2);
    const SecretScalar share = trustees.polynomials[0].share_for(2);
    EXPECT_TRUE(check_share(share, 2, trustees.commitments[0]).ok());
    EXPECT_EQ(check_share(share, 1, trustees.commitments[0]).error().code, "share-mismatch");
    EXPECT_EQ(check_share(share, 2, trustees.commitments[1]).error().code, "share-mismatch");
    EXPECT_EQ(check_share(share + Scalar(1), 2, trustees.commitments[0]).error().code, "share-mismatch");
}

TEST(Sharing, IndicesTwiceZeroOrNoneAreRefused) {
    for (const auto& indices : std::vector<std::vector<std::uint32_t>>{{}, {0, 1}, {2, 3, 2}}) {
        EXPECT_EQ(lagrange_at_zero(indices).error().code, "indices-invalid");
    }
}

TEST(DiscreteLog, FindsEveryNumberUpToTheBoundAndNoneBeyond) {
    const Point base = multiply_generator(SecretScalar(77));
    for (std::uint64_t bound = 0; bound <= 40; ++bound) {
        const DiscreteLog log(base, bound);
        Point multiple;
        for (std::uint64_t m = 0; m <= bound + 12; ++m) {
            EXPECT_EQ(log.find(multiple), m <= bound ? std::optional(m) : std::nullopt) << bound;
            multiple = multiple + base;
        }
        EXPECT_EQ(log.find(-base), std::nullopt);
    }
}

TEST(DiscreteLog, FindsTotalsOfMillions) {
    const Point base = multiply_generator(SecretScalar(78));
    const DiscreteLog log(base, 10'000'000);
    for (std::uint64_t m : {9'999'999u, 10'000'000u, 3'162u, 3'163u, 202'432u}) {
        EXPECT_EQ(log.find(multiply_var(base, Scalar(m))), m);
    }
    EXPECT_EQ(log.find(multiply_var(base, Scalar(10'000'001))), std::nullopt);
}

TEST(Sharing, AnEncryptedTotalIsOpenedByTwoOfThree) {
    Trustees trustees(3, 2);
    const ElectionKey key(joint_key(trustees.commitments));
    const Ciphertext total = encrypt(key, 1234, SecretScalar::random(trustees.random));
    const Point opened = total.b - decrypted_by(trustees, {1, 3}, total.a);
    EXPECT_EQ(DiscreteLog(key.point(), 5000).find(opened), 1234u);
}

}  // namespace
}  // namespace stimme::crypto
