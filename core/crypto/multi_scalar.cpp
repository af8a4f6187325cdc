#include "core/crypto/multi_scalar.h"

#include <cstdlib>
#include <vector>

#include "core/crypto/field.h"
#include "core/crypto/legacy_group.h"

namespace stimme::crypto {
namespace {

constexpr std::size_t few = 600;  // below this, OpenSSL's interleaved windows are faster

// A point that belongs into a bucket.
struct Entry {
    std::uint32_t bucket;
    Affine point;
};

// The slope of the line through two points of one bucket, as a fraction; what comes of them afterwards.
struct Pair {
    const Entry* first;
    const Entry* second;
    Field numerator, denominator;
};

// False when they cancel.
bool make_pair(const Entry& a, const Entry& b, Pair& pair) {
    const Field dx = b.point.x - a.point.x, dy = b.point.y - a.point.y;
    if (!dx.is_zero()) {
        pair = {&a, &b, dy, dx};
        return true;
    }
    if (!dy.is_zero()) return false;
    const Field xx = a.point.x * a.point.x - Field::one();
    pair = {&a, &b, xx + xx + xx, a.point.y + a.point.y};
    return true;
}

Entry sum(const Pair& pair, const Field& inverse) {
    const Affine& a = pair.first->point;
    const Field slope = pair.numerator * inverse;
    const Field x = slope * slope - a.x - pair.second->point.x;
    return {pair.first->bucket, {x, slope * (a.x - x) - a.y}};
}

// Adds neighbours of the same bucket, all divisions through one inversion. Entries are sorted by bucket, and
// stay so. Returns whether every bucket has at most one entry.
bool halve(std::vector<Entry>& entries, std::vector<Pair>& pairs, std::vector<Field>& products) {
    pairs.clear();
    products.clear();
    std::vector<Entry> result;
    std::vector<std::size_t> places;
    result.reserve(entries.size());
    Field product = Field::one();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i + 1 == entries.size() || entries[i].bucket != entries[i + 1].bucket) {
            result.push_back(entries[i]);
            continue;
        }
        Pair pair;
        if (make_pair(entries[i], entries[i + 1], pair)) {
            places.push_back(result.size());
            result.push_back(entries[i]);
            products.push_back(product);
            product = product * pair.denominator;
            pairs.push_back(pair);
        }
        ++i;
    }
    Field inverse = pairs.empty() ? product : product.inverse();
    for (std::size_t k = pairs.size(); k-- > 0;) {
        result[places[k]] = sum(pairs[k], inverse * products[k]);
        inverse = inverse * pairs[k].denominator;
    }
    const bool done = result.size() == entries.size();
    entries.swap(result);
    return done;
}

// Pippenger's method: for each window of the scalars, every point goes into the bucket of its digit; the
// buckets are summed with their digits as weights. Digits are signed, since -P costs nothing.
class Buckets {
  public:
    explicit Buckets(std::span<const Term> terms) {
        for (const Term& term : terms) {
            if (term.point.is_infinity() || term.scalar.is_zero()) continue;
            points_.push_back(to_affine(term.point));
            scalars_.push_back(modular::load(term.scalar.bytes()));
        }
        bits_ = best_width(points_.size());
        carries_.resize(points_.size());
        windows_.resize(256 / bits_ + 1);
        for (auto& window : windows_) window = next_digits();
    }

    Jacobian value() const {
        Jacobian total;
        for (std::size_t w = windows_.size(); w-- > 0;) {
            for (std::size_t i = 0; i < bits_; ++i) total = double_var(total);
            total = add_var(total, weighted(windows_[w]));
        }
        return total;
    }

  private:
    // In multiplications: 6 for each point and window, about 27 for each bucket and window.
    static std::size_t best_width(std::size_t points) {
        std::size_t best = 4;
        const auto cost = [&](std::size_t bits) {
            return (256 / bits + 1) * (6 * points + (27u << (bits - 1)));
        };
        for (std::size_t bits = 5; bits <= 16; ++bits) {
            if (cost(bits) < cost(best)) best = bits;
        }
        return best;
    }

    std::vector<std::int32_t> next_digits() {
        std::vector<std::int32_t> digits(points_.size());
        const std::size_t shift = bits_ * window_++;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            std::int32_t digit = static_cast<std::int32_t>(piece(scalars_[i], shift)) + carries_[i];
            carries_[i] = digit > (1 << (bits_ - 1));
            if (carries_[i]) digit -= 1 << bits_;
            digits[i] = digit;
        }
        return digits;
    }

    std::uint64_t piece(const Limbs& scalar, std::size_t shift) const {
        const std::size_t limb = shift / 64, offset = shift % 64;
        if (limb >= 4) return 0;
        std::uint64_t value = scalar[limb] >> offset;
        if (offset + bits_ > 64 && limb < 3) value |= scalar[limb + 1] << (64 - offset);
        return value & ((std::uint64_t{1} << bits_) - 1);
    }

    // The points with digits other than 0, sorted by |digit| (counting sort), signs applied.
    std::vector<Entry> sorted(const std::vector<std::int32_t>& digits) const {
        std::vector<std::size_t> starts((std::size_t{1} << (bits_ - 1)) + 2);
        for (const std::int32_t digit : digits) ++starts[static_cast<std::size_t>(std::abs(digit)) + 1];
        for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
        const std::size_t zeros = starts[1];
        std::vector<Entry> entries(digits.size() - zeros);
        for (std::size_t i = 0; i < digits.size(); ++i) {
            if (digits[i] == 0) continue;
            const auto bucket = static_cast<std::uint32_t>(std::abs(digits[i]));
            const Affine& point = points_[i];
            entries[starts[bucket]++ - zeros] = {bucket, {point.x, digits[i] < 0 ? -point.y : point.y}};
        }
        return entries;
    }

    // Σ digit·point: with running = the sum of the buckets from the top down, Σ bucket·sum = Σ running.
    Jacobian weighted(const std::vector<std::int32_t>& digits) const {
        std::vector<Entry> entries = sorted(digits);
        std::vector<Pair> pairs;
        std::vector<Field> products;
        while (!halve(entries, pairs, products)) {
        }
        Jacobian running, total;
        if (entries.empty()) return total;
        for (std::uint32_t bucket = entries.back().bucket; bucket > 0; --bucket) {
            if (!entries.empty() && entries.back().bucket == bucket) {
                running = add_var(running, entries.back().point);
                entries.pop_back();
            }
            total = add_var(total, running);
        }
        return total;
    }

    std::vector<Affine> points_;
    std::vector<Limbs> scalars_;
    std::vector<std::int32_t> carries_;
    std::vector<std::vector<std::int32_t>> windows_;
    std::size_t bits_ = 0;
    std::size_t window_ = 0;
};

Point by_openssl(std::span<const Term> terms) {
    std::vector<Scalar> scalars;
    std::vector<Point> points;
    for (const Term& term : terms) {
        scalars.push_back(term.scalar);
        points.push_back(term.point);
    }
    return openssl::sum_of_products_var(scalars, points);
}

}  // namespace

Point multi_scalar_var(std::span<const Term> terms) {
    return terms.size() < few ? by_openssl(terms) : to_point(Buckets(terms).value());
}

}  // namespace stimme::crypto
