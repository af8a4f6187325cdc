#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/crypto/field.h"
#include "core/crypto/p256_curve.h"
#include "core/crypto/p256_lanes.h"

namespace stimme::crypto::p256 {

#ifdef __x86_64__

namespace {

// Products are a·b/R here: with x·R beside x, x^3 - 3x comes out over R, and so do y^2 and the constant b.
constexpr Limbs r_squared = modular::power_of_two(520, modular::p);

Limbs b_over_r() {
    const Field sixteenth = Field::from_plain({16, 0, 0, 0}).inverse();
    return ModP::montgomery(curve_equation(Field{}).plain(), sixteenth.plain());  // (b/2^4)/2^256
}

// Of eight numbers of four words.
STIMME_IFMA_INLINE __mmask8 below_p(const Lanes& a) {
    return _mm512_movepi64_mask(carry(add_p(a, -1)).digit[4]);
}

STIMME_IFMA_INLINE __mmask8 is_zero(const Lanes& a) {
    const __m512i any = _mm512_or_si512(_mm512_or_si512(a.digit[0], a.digit[1]),
                                        _mm512_or_si512(a.digit[2], _mm512_or_si512(a.digit[3], a.digit[4])));
    return _mm512_testn_epi64_mask(any, any);
}

struct Constants {
    Limbs b = b_over_r();
};

// REQUIRES: rows of x‖y, four words each.
STIMME_IFMA bool eight_on_curve(const std::array<std::uint64_t, 8>* rows, const Constants& constants) {
    __m512i words[8];
    for (int i = 0; i < 8; ++i) words[i] = _mm512_loadu_si512(&rows[i]);
    transpose(words);
    const Lanes x = to_lanes(words), y = to_lanes(words + 4);
    if ((below_p(x) & below_p(y)) != 0xff) return false;
    const Lanes xx = multiply(x, multiply(x, every(r_squared)));                          // x^2
    const Lanes right = multiply(x, carry(add_p(sub(xx, every(Limbs{3, 0, 0, 0})), 1)));  // (x^3 - 3x)/R
    const Lanes difference = sub(add(right, every(constants.b)), multiply(y, y));
    return is_zero(canonical(add_p(difference, 2))) == 0xff;
}

}  // namespace

bool all_on_curve_ifma(std::span<const std::uint8_t* const> points) {
    static const Constants constants;
    for (std::size_t i = 0; i < points.size(); i += 8) {
        std::array<std::array<std::uint64_t, 8>, 8> rows;
        for (std::size_t k = 0; k < 8; ++k) {
            const std::uint8_t* point = points[std::min(i + k, points.size() - 1)];
            const Limbs x = modular::load(ByteView(point, 32)), y = modular::load(ByteView(point + 32, 32));
            std::copy(x.begin(), x.end(), rows[k].begin());
            std::copy(y.begin(), y.end(), rows[k].begin() + 4);
        }
        if (!eight_on_curve(rows.data(), constants)) return false;
    }
    return true;
}

#else

bool all_on_curve_ifma(std::span<const std::uint8_t* const>) {
    std::abort();
}

#endif

}  // namespace stimme::crypto::p256
