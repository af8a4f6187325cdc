// Sums of products by each kernel that this processor runs, against OpenSSL's: 34 bytes are one term, which
// point (a few small multiples of G, their opposites, infinity) and which scalar; the first byte chooses the
// widths of the windows. The same bytes as points: whether all are on the curve, one by one and eight at a
// time.
#include <algorithm>

#include "core/crypto/p256_buckets.h"
#include "core/crypto/p256_curve.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

using namespace crypto;

const std::vector<Point>& points() {
    static const std::vector<Point> made = [] {
        std::vector<Point> list{Point()};
        for (std::uint64_t k = 1; k <= 20; ++k) list.push_back(multiply_generator(SecretScalar(k)));
        for (std::size_t k = 1; k <= 20; ++k) list.push_back(-list[k]);
        return list;
    }();
    return made;
}

std::vector<Term> read_terms(ByteView data) {
    std::vector<Term> terms;
    for (; data.size() >= 34; data = data.subspan(34)) {
        ByteArray<48> wide{};  // half of the scalars are short
        const std::size_t length = data[1] % 2 == 0 ? 32 : 16;
        std::copy_n(data.begin() + 2, length, wide.end() - static_cast<std::ptrdiff_t>(length));
        terms.push_back({Scalar::from_wide(wide), points()[data[0] % points().size()]});
    }
    return terms;
}

void compare_sums(std::uint8_t choice, std::span<const Term> terms) {
    const Point expected = multi_scalar_var(terms, Kernel::openssl);
    const p256::Widths widths{p256::min_width + choice % 7u, p256::min_width + choice / 16 % 7u};
    for (const p256::Adder* adder : {&p256::portable_adder, p256::mulx_adder(), p256::ifma_adder()}) {
        if (adder == nullptr) continue;
        require(to_point(p256::sum_of_products(*adder, terms, widths)) == expected, "the kernels agree");
    }
}

void compare_points(ByteView data) {
    std::vector<const std::uint8_t*> encoded;
    for (const Point& point : points()) {
        if (!point.is_infinity()) encoded.push_back(point.raw().data());
    }
    bool valid = true;
    for (; data.size() >= 64; data = data.subspan(64)) {
        encoded.push_back(data.data());
        valid = valid && Point::from_bytes64(data.first(64)).ok();
    }
    require(all_on_curve(encoded) == valid, "many points are on the curve when each is");
}

}  // namespace

FUZZ_TARGET(p256) {
    if (data.empty() || data.size() > 34 * 100) return;
    compare_sums(data[0], read_terms(data.subspan(1)));
    compare_points(data.subspan(1));
}

}  // namespace stimme::fuzz
