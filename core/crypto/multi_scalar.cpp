#include "core/crypto/multi_scalar.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "core/crypto/legacy_group.h"
#include "core/crypto/p256_buckets.h"

namespace stimme::crypto {
namespace {

constexpr std::size_t few = 16;           // below this, OpenSSL is as fast
constexpr std::size_t at_most = 1 << 16;  // terms in one sum; more are several sums

std::atomic<bool> kernel_fixed = false;
std::atomic<Kernel> fixed_kernel;

Kernel kernel_for(std::size_t terms) {
    if (kernel_fixed) return fixed_kernel;
    return terms < few ? Kernel::openssl : kernels().back();
}

Point by_openssl(std::span<const Term> terms) {
    std::vector<Scalar> scalars;
    std::vector<Point> points;
    for (const Term& term : terms) {
        scalars.push_back(term.scalar);
        points.push_back(term.point);
    }
    return openssl::sum_of_products_var(scalars, points);
}

// nullptr where the processor can't, and for OpenSSL.
const p256::Adder* adder(Kernel kernel) {
    switch (kernel) {
        case Kernel::openssl:
            return nullptr;
        case Kernel::portable:
            return &p256::portable_adder;
        case Kernel::mulx:
            return p256::mulx_adder();
        case Kernel::ifma:
            return p256::ifma_adder();
    }
    std::abort();
}

Point by_buckets(const p256::Adder& adder, std::span<const Term> terms) {
    Jacobian sum;
    for (; !terms.empty(); terms = terms.subspan(std::min(at_most, terms.size()))) {
        const auto part = terms.first(std::min(at_most, terms.size()));
        sum = add_var(sum, p256::sum_of_products(adder, part, p256::best_widths(part)));
    }
    return to_point(sum);
}

// Counts the terms down to the next second computation; the first comes at once.
std::atomic<std::int64_t> terms_left = 0;

void recheck_share(std::span<const Term> terms, const p256::Adder& adder, const Point& sum) {
    const auto count = static_cast<std::int64_t>(terms.size());
    const std::int64_t left = terms_left.fetch_sub(count);
    if (left > 0) return;
    const std::size_t taken = std::min(recheck::slice, terms.size());
    terms_left = static_cast<std::int64_t>(taken * recheck::one_of);
    if (taken == terms.size()) return recheck::require_agreement(terms, sum);
    // Anywhere in the sum: where the count happened to end.
    const std::size_t start = static_cast<std::size_t>(-left) % (terms.size() - taken);
    const auto slice = terms.subspan(start, taken);
    const auto windows = p256::best_widths(terms.first(std::min(at_most, terms.size())));
    recheck::require_agreement(slice, to_point(p256::sum_of_products(adder, slice, windows)));
}

}  // namespace

std::string_view name(Kernel kernel) {
    switch (kernel) {
        case Kernel::openssl:
            return "openssl";
        case Kernel::portable:
            return "portable";
        case Kernel::mulx:
            return "mulx";
        case Kernel::ifma:
            return "ifma";
    }
    std::abort();
}

const std::vector<Kernel>& kernels() {
    static const std::vector<Kernel> usable = [] {
        std::vector<Kernel> list{Kernel::openssl, Kernel::portable};
        for (const Kernel kernel : {Kernel::mulx, Kernel::ifma}) {
            if (adder(kernel) != nullptr) list.push_back(kernel);
        }
        return list;
    }();
    return usable;
}

Point multi_scalar_var(std::span<const Term> terms, Kernel kernel) {
    const p256::Adder* own = adder(kernel);
    return own == nullptr ? by_openssl(terms) : by_buckets(*own, terms);
}

Point multi_scalar_var(std::span<const Term> terms) {
    const Kernel kernel = kernel_for(terms.size());
    const p256::Adder* own = adder(kernel);
    if (own == nullptr) return by_openssl(terms);
    const Point sum = by_buckets(*own, terms);
    recheck_share(terms, *own, sum);
    return sum;
}

void use_kernel(Kernel kernel) {
    fixed_kernel = kernel;
    kernel_fixed = true;
}

void recheck::require_agreement(std::span<const Term> terms, const Point& own) {
    if (!(by_openssl(terms) == own)) disagree();
}

void recheck::disagree() {
    std::fputs(
        "Two ways of checking the same proofs disagree: the arithmetic of this machine, or of this "
        "program, is faulty. There is no verdict. Try another machine, and report this.\n",
        stderr);
    std::abort();
}

}  // namespace stimme::crypto
