#include <algorithm>
#include <array>
#include <memory>

#include "core/crypto/p256_adder.h"
#include "core/crypto/p256_field.h"
#include "core/crypto/p256_lanes.h"

namespace stimme::crypto::p256 {

#ifdef __x86_64__

namespace {

// Values stand as v·2^260 here, and as v·2^256 in Mulx and Field.
constexpr Limbs one = modular::power_of_two(260, modular::p);
constexpr Limbs into_form = modular::power_of_two(520, modular::p);
constexpr Limbs out_of_form = modular::power_of_two(252, modular::p);
constexpr Limbs of_inverse = modular::power_of_two(264, modular::p);

constexpr std::size_t most_blocks = 512;  // of eight additions, that share an inversion

// Eight additions side by side, signs applied.
struct Block {
    Lanes ax, ay, bx, by;  // x below p, y up to p and not carried
    __mmask8 a_infinite, b_infinite, same_x;
};

// The slopes as fractions.
struct Lines {
    Lanes rise, run;
};

STIMME_IFMA_INLINE __mmask8 is_zero(const __m512i* words) {
    const __m512i any =
        _mm512_or_si512(_mm512_or_si512(words[0], words[1]), _mm512_or_si512(words[2], words[3]));
    return _mm512_testn_epi64_mask(any, any);
}

// Eight points as rows x‖y: x in words 0 to 3, y in words 4 to 7.
STIMME_IFMA_INLINE void load(const Packed* pool, const Addition* additions, Operand Addition::*operand,
                             __m512i* words, __mmask8& negative) {
    unsigned signs = 0;
    for (int i = 0; i < 8; ++i) {
        const Operand from = additions[i].*operand;
        words[i] = _mm512_load_si512(&pool[from.place()]);
        signs |= (from.code & 1) << i;
    }
    negative = static_cast<__mmask8>(signs);
    transpose(words);
}

STIMME_IFMA_INLINE Lanes with_sign(const Lanes& y, __mmask8 negative) {
    Lanes zero;
    for (auto& digit : zero.digit) digit = _mm512_setzero_si512();
    return blend(negative, y, add_p(sub(zero, y), 1));
}

STIMME_IFMA_INLINE Block load(const Packed* pool, const Addition* additions) {
    Block block;
    __m512i a[8], b[8];
    __mmask8 a_negative, b_negative;
    load(pool, additions, &Addition::a, a, a_negative);
    load(pool, additions, &Addition::b, b, b_negative);
    block.a_infinite = is_zero(a + 4);
    block.b_infinite = is_zero(b + 4);
    __m512i differences[4];
    for (int i = 0; i < 4; ++i) differences[i] = _mm512_xor_si512(a[i], b[i]);
    block.same_x = is_zero(differences);
    block.ax = to_lanes(a);
    block.bx = to_lanes(b);
    block.ay = with_sign(to_lanes(a + 4), a_negative);
    block.by = with_sign(to_lanes(b + 4), b_negative);
    return block;
}

STIMME_IFMA_INLINE __mmask8 special(const Block& block) {
    return static_cast<__mmask8>(block.a_infinite | block.b_infinite | block.same_x);
}

// Of the lanes with two equal points.
STIMME_IFMA __mmask8 doubled(const Block& block) {
    const Lanes a = carry(block.ay), b = carry(block.by);
    __mmask8 equal = block.same_x;
    for (int i = 0; i < 5; ++i) equal = _mm512_mask_cmpeq_epi64_mask(equal, a.digit[i], b.digit[i]);
    return static_cast<__mmask8>(equal & ~block.a_infinite & ~block.b_infinite);
}

// Tangents, (3x^2 - 3)/2y, for equal points; 0/1 where no line is needed.
STIMME_IFMA __attribute__((noinline)) void correct(const Block& block, Lines& lines) {
    const __mmask8 tangents = doubled(block);
    const Lanes r = every(one);
    const Lanes part = canonical(add_p(sub(multiply(block.ax, block.ax), r), 1));
    lines.rise = blend(tangents, lines.rise, carry(add(add(part, part), part)));
    lines.run = blend(special(block), lines.run, r);
    lines.run = blend(tangents, lines.run, carry(add(block.ay, block.ay)));
}

STIMME_IFMA_INLINE Lines lines_of(const Block& block) {
    Lines lines{carry(add_p(sub(block.by, block.ay), 1)), carry(add_p(sub(block.bx, block.ax), 1))};
    if (special(block) != 0) correct(block, lines);
    return lines;
}

// b where a is infinity, a where b is, infinity where they cancel.
STIMME_IFMA __attribute__((noinline)) void correct(const Block& block, Lanes& x, Lanes& y) {
    const auto cancelled = static_cast<__mmask8>(block.same_x & ~doubled(block));
    Lanes zero;
    for (auto& digit : zero.digit) digit = _mm512_setzero_si512();
    y = blend(cancelled, y, zero);
    x = blend(block.b_infinite, x, block.ax);
    y = blend(block.b_infinite, y, block.ay);
    x = blend(block.a_infinite, x, block.bx);
    y = blend(block.a_infinite, y, block.by);
}

STIMME_IFMA_INLINE void store(const Lanes& x, const Lanes& y, const Addition* additions, Packed* pool) {
    __m512i words[8];
    to_words(x, words);
    to_words(y, words + 4);
    transpose(words);
    for (int i = 0; i < 8; ++i) _mm512_store_si512(&pool[additions[i].out], words[i]);
}

STIMME_IFMA_INLINE void add_block(Packed* pool, const Addition* additions, const Lanes& inverse_run) {
    const Block block = load(pool, additions);
    const Lanes slope = multiply(lines_of(block).rise, inverse_run);
    Lanes x = canonical(add_p(sub(sub(multiply(slope, slope), block.ax), block.bx), 2));
    Lanes y = add_p(sub(multiply(slope, carry(add_p(sub(block.ax, x), 1))), block.ay), 1);
    if (special(block) != 0) correct(block, x, y);
    store(x, canonical(y), additions, pool);
}

// Lane i of the results is lane i^1, i^2, i^4 of the number.
STIMME_IFMA_INLINE Lanes swap1(Lanes a) {
    for (auto& digit : a.digit) digit = _mm512_permutex_epi64(digit, 0xb1);
    return a;
}
STIMME_IFMA_INLINE Lanes swap2(Lanes a) {
    for (auto& digit : a.digit) digit = _mm512_permutex_epi64(digit, 0x4e);
    return a;
}
STIMME_IFMA_INLINE Lanes swap4(Lanes a) {
    for (auto& digit : a.digit) digit = _mm512_shuffle_i64x2(digit, digit, 0x4e);
    return a;
}

STIMME_IFMA Limbs first_lane(const Lanes& a) {
    __m512i words[4];
    to_words(canonical(a), words);
    Limbs result;
    for (std::size_t i = 0; i < 4; ++i) {
        result[i] = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm512_castsi512_si128(words[i])));
    }
    return result;
}

// All eight, through one inversion of their product.
STIMME_IFMA Lanes inverted(const Lanes& a) {
    const Lanes twos = multiply(a, swap1(a)), fours = multiply(twos, swap2(twos));
    const Limbs product = first_lane(multiply(fours, swap4(fours)));
    const Lanes inverse_of_all = every(ModP::montgomery(inverse<Mulx>(product), of_inverse));
    const Lanes of_fours = multiply(inverse_of_all, swap4(fours)), of_twos = multiply(of_fours, swap2(twos));
    return multiply(of_twos, swap1(a));
}

// Node i of the tree is the product of nodes 2i and 2i+1. With the inverse of the root, each node's inverse
// is its parent's times its sibling.
STIMME_IFMA void invert_leaves(Lanes* tree, std::size_t leaves) {
    for (std::size_t i = leaves - 1; i > 0; --i) tree[i] = multiply(tree[2 * i], tree[2 * i + 1]);
    tree[1] = inverted(tree[1]);
    for (std::size_t i = 1; i < leaves; ++i) {
        const Lanes left = tree[2 * i], right = tree[2 * i + 1];
        tree[2 * i] = multiply(tree[i], right);
        tree[2 * i + 1] = multiply(tree[i], left);
    }
}

// REQUIRES: a multiple of eight additions, at most 8·most_blocks.
STIMME_IFMA void add_blocks(Packed* pool, std::span<const Addition> additions) {
    static thread_local const auto tree = std::make_unique_for_overwrite<Lanes[]>(2 * most_blocks);
    const std::size_t blocks = additions.size() / 8;
    for (std::size_t i = 0; i < blocks; ++i) {
        tree[blocks + i] = lines_of(load(pool, &additions[8 * i])).run;
    }
    invert_leaves(tree.get(), blocks);
    for (std::size_t i = 0; i < blocks; ++i) add_block(pool, &additions[8 * i], tree[blocks + i]);
}

void add(Packed* pool, std::span<const Addition> additions) {
    while (additions.size() >= 8) {
        const std::size_t taken = std::min(8 * most_blocks, additions.size() / 8 * 8);
        add_blocks(pool, additions.first(taken));
        additions = additions.subspan(taken);
    }
    if (additions.empty()) return;
    std::array<Addition, 8> last;  // the rest, filled up with the last one again
    for (std::size_t i = 0; i < 8; ++i) last[i] = additions[std::min(i, additions.size() - 1)];
    add_blocks(pool, last);
}

STIMME_IFMA void pack_eight(Packed* rows) {
    __m512i words[8];
    for (int i = 0; i < 8; ++i) words[i] = _mm512_load_si512(&rows[i]);
    transpose(words);
    const Lanes factor = every(into_form);
    const Lanes x = canonical(multiply(to_lanes(words), factor));
    const Lanes y = canonical(multiply(to_lanes(words + 4), factor));
    to_words(x, words);
    to_words(y, words + 4);
    transpose(words);
    for (int i = 0; i < 8; ++i) _mm512_store_si512(&rows[i], words[i]);
}

void pack_lanes(std::span<const Point* const> points, Packed* pool) {
    for (std::size_t i = 0; i < points.size(); i += 8) {
        std::array<Packed, 8> rows;
        const std::size_t taken = std::min<std::size_t>(8, points.size() - i);
        for (std::size_t k = 0; k < taken; ++k) {
            const ByteView raw = points[i + k]->raw();
            rows[k] = {modular::load(raw.first(32)), modular::load(raw.last(32))};
        }
        pack_eight(rows.data());
        std::copy_n(rows.begin(), taken, pool + i);
    }
}

Affine unpack_lanes(const Packed& point) {
    return {{ModP::montgomery(point.x, out_of_form)}, {ModP::montgomery(point.y, out_of_form)}};
}

}  // namespace

const Adder* ifma_adder() {
    static constexpr Adder adder{pack_lanes, add, unpack_lanes};
    static const bool usable = mulx_adder() != nullptr && __builtin_cpu_supports("avx512f") &&
                               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                               __builtin_cpu_supports("avx512ifma");
    return usable ? &adder : nullptr;
}

#else

const Adder* ifma_adder() {
    return nullptr;
}

#endif

}  // namespace stimme::crypto::p256
