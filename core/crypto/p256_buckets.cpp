#include "core/crypto/p256_buckets.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace stimme::crypto::p256 {
namespace {

constexpr std::size_t half_bits = 128;
constexpr std::size_t entries_at_once = 1 << 17;  // so many points are sorted into buckets at a time

using Half = std::array<std::uint64_t, 2>;

struct Bucketed {
    std::uint32_t place;  // of the point, in the pool
    Half scalar;
    std::uint32_t carry = 0;  // out of the windows so far
};

std::size_t windows_of(unsigned width) {
    return half_bits / width + 1;
}

// `width` bits of the number from `shift` on.
std::uint32_t piece(const Half& scalar, std::size_t shift, unsigned width) {
    const std::size_t limb = shift / 64, offset = shift % 64;
    if (limb >= 2) return 0;
    std::uint64_t value = scalar[limb] >> offset;
    if (offset + width > 64 && limb == 0) value |= scalar[1] << (64 - offset);
    return static_cast<std::uint32_t>(value) & ((1u << width) - 1);
}

// The next digit of the scalar, from -2^(width-1) to 2^(width-1).
std::int32_t next_digit(Bucketed& term, std::size_t shift, unsigned width) {
    std::int32_t digit = static_cast<std::int32_t>(piece(term.scalar, shift, width) + term.carry);
    term.carry = digit > (1 << (width - 1)) ? 1 : 0;
    return term.carry == 1 ? digit - (1 << width) : digit;
}

// One window: 2^(width-1) buckets for the digits 1, 2, …, side by side in the pool.
struct Window {
    std::size_t position;  // of its lowest bit in the scalars
    unsigned width;
    std::uint32_t buckets;  // place of the first

    std::uint32_t size() const { return 1u << (width - 1); }
};

// Kept from sum to sum, since fresh memory costs as much as a tenth of the arithmetic: some 10 MB for the
// largest sums.
std::vector<Packed>& pool_of_thread() {
    static thread_local std::vector<Packed> pool;
    return pool;
}

class Sum {
  public:
    Sum(const Adder& adder, std::span<const Term> terms, Widths widths)
        : adder_(adder), pool_(pool_of_thread()) {
        std::vector<const Point*> points;
        points.reserve(terms.size());
        lowers_.reserve(terms.size());
        for (const Term& term : terms) {
            if (term.point.is_infinity() || term.scalar.is_zero()) continue;
            const Limbs& scalar = term.scalar.limbs();
            const auto place = static_cast<std::uint32_t>(points.size());
            lowers_.push_back({place, {scalar[0], scalar[1]}});
            if ((scalar[2] | scalar[3]) != 0) uppers_.push_back({place, {scalar[2], scalar[3]}});
            points.push_back(&term.point);
        }
        bucket_end_ = points.size();
        lay_out(lowers_, 0, widths.lower);
        lay_out(uppers_, half_bits, widths.upper);
        const std::size_t most = std::max(entries_at_once, points.size());  // entries in buckets at a time
        const std::size_t size = bucket_end_ + std::min(most, points.size() * windows_.size()) / 2;
        if (pool_.size() < size) pool_.resize(size);
        if (!points.empty()) adder_.pack(points, pool_.data());
        std::fill(pool_.begin() + static_cast<std::ptrdiff_t>(points.size()),
                  pool_.begin() + static_cast<std::ptrdiff_t>(bucket_end_), Packed{});
    }

    Jacobian value() {
        std::size_t window = 0;
        fill(lowers_, window);
        fill(uppers_, window);
        reduce();
        for (unsigned level = 0; level + 1 < max_width; ++level) merge(level);
        return weighted();
    }

  private:
    void lay_out(const std::vector<Bucketed>& terms, std::size_t position, unsigned width) {
        if (terms.empty()) return;
        for (std::size_t i = 0; i < windows_of(width); ++i) {
            windows_.push_back({position + i * width, width, static_cast<std::uint32_t>(bucket_end_)});
            bucket_end_ += windows_.back().size();
        }
    }

    // All windows of these terms, from `window` on; buckets are added up when entries_at_once are waiting.
    void fill(std::vector<Bucketed>& terms, std::size_t& window) {
        if (terms.empty()) return;
        const std::size_t base = windows_[window].position, end = window + windows_of(windows_[window].width);
        for (; window < end; ++window) {
            if (waiting_ + terms.size() > entries_at_once) reduce();
            sort(terms, windows_[window], base);
            waiting_ += terms.size();
        }
    }

    // Puts the points of one window into their buckets (a counting sort), adds neighbours in pairs: bucket i
    // has places for what is left, the first at its own place, the others behind all buckets.
    void sort(std::vector<Bucketed>& terms, const Window& window, std::size_t base) {
        digits_.resize(terms.size());
        starts_.assign(window.size() + 2, 0);
        for (std::size_t i = 0; i < terms.size(); ++i) {
            digits_[i] = next_digit(terms[i], window.position - base, window.width);
            ++starts_[static_cast<std::size_t>(std::abs(digits_[i])) + 1];
        }
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
        sorted_.resize(terms.size());
        for (std::size_t i = 0; i < terms.size(); ++i) {
            const auto digit = static_cast<std::size_t>(std::abs(digits_[i]));
            sorted_[starts_[digit]++] = Operand(terms[i].place, digits_[i] < 0);
        }
        // Now starts_[d] is where the entries of digit d end.
        for (std::uint32_t i = 0; i < window.size(); ++i) {
            const std::span<const Operand> all(sorted_);
            pair_up(all.subspan(starts_[i], starts_[i + 1] - starts_[i]), window.buckets + i);
        }
    }

    struct Chain {
        std::uint32_t bucket, others, size;  // `size` places: the bucket, then those from `others` on

        std::uint32_t place(std::uint32_t i) const { return i == 0 ? bucket : others + i - 1; }
    };

    void pair_up(std::span<const Operand> entries, std::uint32_t bucket) {
        if (entries.empty()) return;
        const auto size = static_cast<std::uint32_t>((entries.size() + 1) / 2);
        const Chain chain{bucket, static_cast<std::uint32_t>(bucket_end_ + others_), size};
        others_ += size - 1;
        if (size > 1) chains_.push_back(chain);
        for (std::uint32_t i = 0; i < entries.size() / 2; ++i) {
            round_.push_back({entries[2 * i], entries[2 * i + 1], chain.place(i)});
        }
        if (entries.size() % 2 == 1) copies_.push_back({entries.back(), {}, chain.place(size - 1)});
    }

    // Until each bucket holds the sum of its entries: place i takes place i + stride, stride = 1, 2, 4 …
    void reduce() {
        for (const Addition& copy : copies_) {
            const Packed& point = pool_[copy.a.place()];
            pool_[copy.out] = copy.a.negative() ? point.negated() : point;
        }
        add_round();
        for (std::uint32_t stride = 1; !chains_.empty(); stride *= 2) {
            for (const Chain& chain : chains_) {
                for (std::uint32_t i = 0; i + stride < chain.size; i += 2 * stride) {
                    round_.push_back({chain.place(i), chain.place(i + stride), chain.place(i)});
                }
            }
            add_round();
            std::erase_if(chains_, [&](const Chain& chain) { return chain.size <= 2 * stride; });
        }
        copies_.clear();
        others_ = 0;
        waiting_ = 0;
    }

    void add_round() {
        adder_.add(pool_.data(), round_);
        round_.clear();
    }

    // Towards Σ (i+1)·bucket_i. A node of level l stands for 2^l neighbours, in their places: at its place 0
    // their sum, at place 2^b, b < l, the sum of those whose number i has bit b. Two nodes make one of the
    // next level: the right one's sum stays where it is, at place 2^l, the others are added.
    void merge(unsigned level) {
        const std::uint32_t step = 1u << level;
        for (const Window& window : windows_) {
            for (std::uint32_t node = 0; node + step < window.size(); node += 2 * step) {
                const std::uint32_t left = window.buckets + node, right = left + step;
                round_.push_back({left, right, left});
                for (std::uint32_t bit = 1; bit < step; bit *= 2) {
                    round_.push_back({left + bit, right + bit, left + bit});
                }
            }
        }
        add_round();
    }

    // Now the value of a window is its place 0 (every weight i+1 has a 1) and 2^b times its place 2^b:
    // doubled and added from the highest bit down.
    Jacobian weighted() const {
        std::vector<std::vector<std::uint32_t>> at(2 * half_bits + max_width);
        for (const Window& window : windows_) {
            at[window.position].push_back(window.buckets);
            for (unsigned bit = 0; bit + 1 < window.width; ++bit) {
                at[window.position + bit].push_back(window.buckets + (1u << bit));
            }
        }
        Jacobian total;
        for (std::size_t position = at.size(); position-- > 0;) {
            total = double_var(total);
            for (const std::uint32_t place : at[position]) {
                if (!pool_[place].is_infinity()) total = add_var(total, adder_.unpack(pool_[place]));
            }
        }
        return total;
    }

    const Adder& adder_;
    std::vector<Bucketed> lowers_, uppers_;
    std::vector<Packed>& pool_;  // the points, then all buckets, then what doesn't fit into the buckets yet
    std::vector<Window> windows_;
    std::size_t bucket_end_ = 0;
    std::size_t waiting_ = 0;  // entries in buckets that aren't added up
    std::size_t others_ = 0;   // places they use behind the buckets
    std::vector<std::int32_t> digits_;
    std::vector<std::uint32_t> starts_;
    std::vector<Operand> sorted_;
    std::vector<Chain> chains_;
    std::vector<Addition> round_, copies_;
};

unsigned best_width(std::size_t points) {
    const auto additions = [&](unsigned width) {
        return windows_of(width) * (points + (std::size_t{1} << width));
    };
    unsigned best = min_width;
    for (unsigned width = min_width + 1; width <= max_width; ++width) {
        if (additions(width) < additions(best)) best = width;
    }
    return best;
}

}  // namespace

Widths best_widths(std::span<const Term> terms) {
    const auto uppers =
        std::count_if(terms.begin(), terms.end(), [](const Term& term) { return !term.scalar.is_short(); });
    return {best_width(terms.size()), best_width(static_cast<std::size_t>(uppers))};
}

Jacobian sum_of_products(const Adder& adder, std::span<const Term> terms, Widths widths) {
    return Sum(adder, terms, widths).value();
}

}  // namespace stimme::crypto::p256
