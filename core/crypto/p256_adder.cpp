#include "core/crypto/p256_adder.h"

#include <algorithm>
#include <array>

#include "core/crypto/p256_field.h"

namespace stimme::crypto::p256 {
namespace {

constexpr std::size_t batch = 1024;  // additions that share an inversion
constexpr std::size_t ahead = 8;     // points lie anywhere in the pool: fetched so many additions before use

void pack(std::span<const Point* const> points, Packed* pool) {
    for (const Point* point : points) {
        const Affine affine = to_affine(*point);
        *pool++ = {affine.x.m, affine.y.m};
    }
}

Affine unpack(const Packed& point) {
    return {{point.x}, {point.y}};
}

Packed load(const Packed* pool, Operand operand) {
    const Packed& point = pool[operand.place()];
    const std::uint64_t mask = ~std::uint64_t{operand.negative()} + 1;  // signs are random: no branch
    return {point.x, modular::select(opaque(mask), ModP::sub({}, point.y), point.y)};
}

template <class Arithmetic>
class Batch {
  public:
    Batch(Packed* pool, std::span<const Addition> additions) : pool_(pool), additions_(additions) {}

    // Each loop's products are independent of each other, so that the processor works on several.
    void add() {
        const std::size_t n = additions_.size();
        for (std::size_t i = 0; i < n; ++i) {
            prefetch(i + ahead);
            lines_[i] = line(load(pool_, additions_[i].a), load(pool_, additions_[i].b));
            tree_[n + i] = lines_[i].run;
        }
        invert_runs(n);
        for (std::size_t i = 0; i < n; ++i) lines_[i].rise = multiply(lines_[i].rise, tree_[n + i]);
        for (std::size_t i = 0; i < n; ++i) x_[i] = multiply(lines_[i].rise, lines_[i].rise);
        for (std::size_t i = 0; i < n; ++i) pool_[additions_[i].out] = sum(additions_[i], lines_[i], x_[i]);
    }

  private:
    enum class Kind { chord, first, second, nothing };  // nothing: infinity
    // The slope of the line through both points as a fraction; 0/1 where none is needed.
    struct Line {
        Kind kind;
        Limbs rise, run;
    };

    static Limbs multiply(const Limbs& a, const Limbs& b) { return Arithmetic::multiply(a, b); }
    static bool equal(const Limbs& a, const Limbs& b) {
        return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
    }

    static Line line(const Packed& a, const Packed& b) {
        if (a.is_infinity()) return {Kind::second, {}, ModP::r1};
        if (b.is_infinity()) return {Kind::first, {}, ModP::r1};
        if (!equal(a.x, b.x)) return {Kind::chord, ModP::sub(b.y, a.y), ModP::sub(b.x, a.x)};
        if (!equal(a.y, b.y)) return {Kind::nothing, {}, ModP::r1};
        const Limbs part = ModP::sub(multiply(a.x, a.x), ModP::r1);  // the tangent: (3x^2 - 3)/2y
        return {Kind::chord, ModP::add(ModP::add(part, part), part), ModP::add(a.y, a.y)};
    }

    void prefetch(std::size_t i) const {
        if (i >= additions_.size()) return;
        __builtin_prefetch(&pool_[additions_[i].a.place()]);
        __builtin_prefetch(&pool_[additions_[i].b.place()]);
    }

    // Node i of the tree is the product of nodes 2i and 2i+1, the leaves are the runs. With the inverse of
    // the root, each node's inverse is its parent's times its sibling.
    void invert_runs(std::size_t n) {
        for (std::size_t i = n - 1; i > 0; --i) tree_[i] = multiply(tree_[2 * i], tree_[2 * i + 1]);
        tree_[1] = inverse<Arithmetic>(tree_[1]);
        for (std::size_t i = 1; i < n; ++i) {
            const Limbs left = tree_[2 * i], right = tree_[2 * i + 1];
            tree_[2 * i] = multiply(tree_[i], right);
            tree_[2 * i + 1] = multiply(tree_[i], left);
        }
    }

    Packed sum(const Addition& addition, const Line& line, const Limbs& slope_squared) const {
        if (line.kind == Kind::nothing) return {};
        if (line.kind == Kind::second) return load(pool_, addition.b);
        const Packed a = load(pool_, addition.a);
        if (line.kind == Kind::first) return a;
        const Limbs& slope = line.rise;
        const Limbs x = ModP::sub(ModP::sub(slope_squared, a.x), pool_[addition.b.place()].x);
        return {x, ModP::sub(multiply(slope, ModP::sub(a.x, x)), a.y)};
    }

    Packed* pool_;
    std::span<const Addition> additions_;
    std::array<Line, batch> lines_;  // after the inversion, `rise` is the slope
    std::array<Limbs, 2 * batch> tree_;
    std::array<Limbs, batch> x_;
};

template <class Arithmetic>
void add(Packed* pool, std::span<const Addition> additions) {
    while (!additions.empty()) {
        const std::size_t taken = std::min(batch, additions.size());
        Batch<Arithmetic>(pool, additions.first(taken)).add();
        additions = additions.subspan(taken);
    }
}

}  // namespace

constinit const Adder portable_adder{pack, add<Portable>, unpack};

const Adder* mulx_adder() {
#ifdef __x86_64__
    static constexpr Adder adder{pack, add<Mulx>, unpack};
    return has_mulx ? &adder : nullptr;
#else
    return nullptr;
#endif
}

}  // namespace stimme::crypto::p256
