#include "core/log/merkle.h"

#include <bit>
#include <cassert>
#include <string>

#include "core/crypto/sha256.h"

namespace stimme::log {
namespace {

// RFC 6962 section 2.1: the largest power of two below n, for n > 1.
std::uint64_t split(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

Status wrong_length(const char* code, std::size_t expected, std::size_t found) {
    return invalid(code, "the proof has " + std::to_string(found) + " hashes; here " +
                             std::to_string(expected) + " are right");
}

Error beyond_the_log(std::uint64_t asked, std::uint64_t there) {
    return invalid("log-range", "a tree of " + std::to_string(asked) + " leaves: the log has " +
                                    std::to_string(there) + " entries");
}

// The root over leaves [begin, end), where begin is a multiple of the largest subtree in it.
Result<Hash> range_root(const NodeHash& node, std::uint64_t begin, std::uint64_t end) {
    std::uint64_t left = end - begin;
    auto height = static_cast<unsigned>(std::countr_zero(left));
    STIMME_TRY(Hash hash, node(height, (end >> height) - 1));
    for (left &= left - 1; left != 0; left &= left - 1) {
        height = static_cast<unsigned>(std::countr_zero(left));
        STIMME_TRY(const Hash before, node(height, ((begin + left) >> height) - 1));
        hash = hash_node(before, hash);
    }
    return hash;
}

// How a path climbs from the subtree that ends with leaf `last` to the root of a tree of `size` leaves:
// `inner` steps below the point where its way parts from that of the tree's last leaf, with siblings on
// either side, then `border` steps along the right edge, with siblings on the left only.
struct Climb {
    std::size_t inner;
    std::size_t border;
};

Climb climb(std::uint64_t last, std::uint64_t size) {
    const auto inner = static_cast<std::size_t>(std::bit_width(last ^ (size - 1)));
    const std::uint64_t rest = inner < 64 ? last >> inner : 0;
    return {inner, static_cast<std::size_t>(std::popcount(rest))};
}

Hash join_inner(Hash hash, std::span<const Hash> siblings, std::uint64_t index) {
    for (const Hash& sibling : siblings) {
        hash = index & 1 ? hash_node(sibling, hash) : hash_node(hash, sibling);
        index >>= 1;
    }
    return hash;
}

// As join_inner, but only with the siblings on the left: those that the older tree already had.
Hash join_inner_left(Hash hash, std::span<const Hash> siblings, std::uint64_t index) {
    for (const Hash& sibling : siblings) {
        if (index & 1) hash = hash_node(sibling, hash);
        index >>= 1;
    }
    return hash;
}

Hash join_border(Hash hash, std::span<const Hash> siblings) {
    for (const Hash& sibling : siblings) hash = hash_node(sibling, hash);
    return hash;
}

Status verify_same_size(std::uint64_t size, const Hash& one, const Hash& other, const Proof& proof) {
    if (!proof.empty()) return wrong_length("consistency-length", 0, proof.size());
    if (one == other) return {};
    return corrupt("log-forked", "two different roots for " + std::to_string(size) + " leaves");
}

}  // namespace

Hash hash_leaf(ByteView entry) {
    const ByteArray<1> prefix{0x00};
    return crypto::Sha256().update(prefix).update(entry).finish();
}

Hash hash_node(const Hash& left, const Hash& right) {
    ByteArray<65> input;
    input[0] = 0x01;
    std::memcpy(input.data() + 1, left.data(), 32);
    std::memcpy(input.data() + 33, right.data(), 32);
    return crypto::sha256(input);
}

Hash empty_root() {
    return crypto::sha256(ByteView{});
}

// From the root down; the proof lists the siblings from the leaf up.
Result<Proof> inclusion_proof(const NodeHash& node, std::uint64_t index, std::uint64_t size) {
    if (index >= size) {
        return invalid("log-range", "leaf " + std::to_string(index) + " lies outside a tree of " +
                                        std::to_string(size) + " leaves");
    }
    Proof proof;
    for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
        const std::uint64_t middle = begin + split(end - begin);
        const bool left = index < middle;
        STIMME_TRY(const Hash sibling,
                   left ? range_root(node, middle, end) : range_root(node, begin, middle));
        proof.push_back(sibling);
        (left ? end : begin) = middle;
    }
    return Proof(proof.rbegin(), proof.rend());
}

// From the root down to the subtree with which the older tree ends.
Result<Proof> consistency_proof(const NodeHash& node, std::uint64_t older, std::uint64_t newer) {
    if (older == 0 || older > newer) {
        return invalid("log-range", "no proof leads from a tree of " + std::to_string(older) +
                                        " leaves to one of " + std::to_string(newer));
    }
    Proof proof;
    std::uint64_t begin = 0;
    std::uint64_t end = newer;
    while (end != older) {
        const std::uint64_t middle = begin + split(end - begin);
        const bool left = older <= middle;
        STIMME_TRY(const Hash sibling,
                   left ? range_root(node, middle, end) : range_root(node, begin, middle));
        proof.push_back(sibling);
        (left ? end : begin) = middle;
    }
    if (begin != 0) {
        STIMME_TRY(const Hash last, range_root(node, begin, end));
        proof.push_back(last);
    }
    return Proof(proof.rbegin(), proof.rend());
}

std::uint64_t Tree::append(const Hash& leaf) {
    const std::uint64_t index = size();
    Hash hash = leaf;
    for (unsigned height = 0;; ++height) {
        if (height == levels_.size()) levels_.emplace_back();
        levels_[height].push_back(hash);
        const std::size_t count = levels_[height].size();
        if (count % 2 == 1) return index;
        hash = hash_node(levels_[height][count - 2], levels_[height][count - 1]);
    }
}

Hash Tree::root(std::uint64_t size) const {
    assert(size <= this->size());
    return size == 0 ? empty_root() : *range_root(nodes(), 0, size);
}

Result<Proof> Tree::inclusion_proof(std::uint64_t index, std::uint64_t size) const {
    if (size > this->size()) return beyond_the_log(size, this->size());
    return log::inclusion_proof(nodes(), index, size);
}

Result<Proof> Tree::consistency_proof(std::uint64_t older, std::uint64_t newer) const {
    if (newer > size()) return beyond_the_log(newer, size());
    return log::consistency_proof(nodes(), older, newer);
}

void RootBuilder::append(const Hash& leaf) {
    Hash hash = leaf;
    for (std::uint64_t bits = size_; bits & 1; bits >>= 1) {
        hash = hash_node(peaks_.back(), hash);
        peaks_.pop_back();
    }
    peaks_.push_back(hash);
    ++size_;
}

Hash RootBuilder::root() const {
    if (peaks_.empty()) return empty_root();
    Hash hash = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) hash = hash_node(peaks_[i], hash);
    return hash;
}

Hash merkle_root(std::span<const Hash> leaves) {
    RootBuilder builder;
    for (const Hash& leaf : leaves) builder.append(leaf);
    return builder.root();
}

Status verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                        const Hash& root) {
    if (index >= size) {
        return invalid("inclusion-index", "leaf " + std::to_string(index) + " lies outside a tree of " +
                                              std::to_string(size) + " leaves");
    }
    const auto [inner, border] = climb(index, size);
    if (proof.size() != inner + border) return wrong_length("inclusion-length", inner + border, proof.size());
    const std::span<const Hash> siblings(proof);
    const Hash found = join_border(join_inner(leaf, siblings.first(inner), index), siblings.subspan(inner));
    if (found != root) return invalid("inclusion-root", "the proof leads to another root");
    return {};
}

Status verify_consistency(std::uint64_t older, std::uint64_t newer, const Hash& older_root,
                          const Hash& newer_root, const Proof& proof) {
    if (older == 0 || older > newer) {
        return invalid("consistency-sizes", "no proof leads from a tree of " + std::to_string(older) +
                                                " leaves to one of " + std::to_string(newer));
    }
    if (older == newer) return verify_same_size(older, older_root, newer_root, proof);
    // The proof starts from the last complete subtree of the older tree, which is the tree itself when its
    // size is a power of two and is named by the proof otherwise.
    const auto height = static_cast<std::size_t>(std::countr_zero(older));
    const bool whole = std::has_single_bit(older);
    const auto [levels, border] = climb(older - 1, newer);
    const std::size_t inner = levels - height;
    const std::size_t expected = (whole ? 0 : 1) + inner + border;
    if (proof.size() != expected) return wrong_length("consistency-length", expected, proof.size());
    const Hash& start = whole ? older_root : proof.front();
    const std::span<const Hash> siblings = std::span(proof).subspan(whole ? 0 : 1);
    const std::uint64_t index = (older - 1) >> height;
    const auto sides = siblings.first(inner);
    const auto edge = siblings.subspan(inner);
    if (join_border(join_inner_left(start, sides, index), edge) != older_root) {
        return invalid("consistency-root", "the proof leads to another root of the older tree");
    }
    if (join_border(join_inner(start, sides, index), edge) != newer_root) {
        return invalid("consistency-root", "the proof leads to another root of the newer tree");
    }
    return {};
}

}  // namespace stimme::log
