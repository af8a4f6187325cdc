// The Merkle tree of RFC 6962 over SHA-256: roots, inclusion proofs and consistency proofs
// (docs/protocol.md, section 6.1).
//
// A leaf is SHA-256(0x00 ‖ entry), an inner node SHA-256(0x01 ‖ left ‖ right). A tree of n leaves splits at
// the largest power of two below n; the root of the empty tree is SHA-256 of nothing. Leaves only ever join
// at the right, so every earlier tree is part of each later one, which is what consistency proofs show.
//
// Thread rule: pure functions and values; a Tree or a RootBuilder is read by many only while nobody appends.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::log {

using Proof = std::vector<Hash>;  // the sibling next to the leaf first, the root's child last

Hash hash_leaf(ByteView entry);
Hash hash_node(const Hash& left, const Hash& right);
Hash empty_root();

// Where the hash of the complete subtree over leaves [index·2^height, (index + 1)·2^height) comes from: a
// tree in memory, or the tiles of a published log.
using NodeHash = std::function<Result<Hash>(unsigned height, std::uint64_t index)>;

// PATH of RFC 6962, section 2.1.1: that leaf `index` stands in the tree of the first `size` leaves. Asks only
// for the subtrees that the proof needs. Errors: log-range unless index < size; those of `node`.
Result<Proof> inclusion_proof(const NodeHash& node, std::uint64_t index, std::uint64_t size);
// PROOF of RFC 6962, section 2.1.2: that the tree of the first `older` leaves is the beginning of that of the
// first `newer`. Errors: log-range unless 0 < older <= newer; those of `node`.
Result<Proof> consistency_proof(const NodeHash& node, std::uint64_t older, std::uint64_t newer);

// An append-only tree in memory: 64 bytes a leaf. It keeps the hash of every complete subtree, so each
// question below costs O(log size), for any size the tree ever had.
class Tree {
  public:
    // Appends a leaf and returns its index.
    std::uint64_t append(const Hash& leaf);
    std::uint64_t append_entry(ByteView entry) { return append(hash_leaf(entry)); }

    std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
    Hash root() const { return root(size()); }
    // The root when the tree had `size` leaves. REQUIRES: size <= this->size().
    Hash root(std::uint64_t size) const;
    // REQUIRES: index < size().
    const Hash& leaf(std::uint64_t index) const { return node(0, index); }
    // The root of the complete subtree over leaves [index·2^height, (index + 1)·2^height).
    // REQUIRES: all of them exist.
    const Hash& node(unsigned height, std::uint64_t index) const { return levels_[height][index]; }

    // As the functions above. Errors: log-range, also for more leaves than there are.
    Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size) const;
    Result<Proof> consistency_proof(std::uint64_t older, std::uint64_t newer) const;

  private:
    NodeHash nodes() const {
        return [this](unsigned height, std::uint64_t index) { return node(height, index); };
    }

    std::vector<std::vector<Hash>> levels_;  // levels_[h][i] is node(h, i)
};

// The root over leaves that pass by, in O(log size) memory: it keeps the complete subtrees at the right edge.
class RootBuilder {
  public:
    void append(const Hash& leaf);
    void append_entry(ByteView entry) { append(hash_leaf(entry)); }

    std::uint64_t size() const { return size_; }
    Hash root() const;

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;  // one for each bit set in size_, the largest subtree first
};

Hash merkle_root(std::span<const Hash> leaves);

// Whether `proof` leads from `leaf` at `index` to `root`, the root of a tree of `size` leaves.
// Errors: inclusion-index (index isn't below size), inclusion-length (that place in that tree needs another
// number of hashes), inclusion-root (the proof leads to another root).
Status verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                        const Hash& root);

// Whether the tree (older, older_root) is the beginning of the tree (newer, newer_root). The empty tree is
// refused: it is the beginning of every tree, so there is nothing to prove.
// Errors: consistency-sizes (unless 0 < older <= newer), consistency-length, consistency-root (the proof
// doesn't lead to both roots), log-forked (the sizes are the same and the roots are not: with signatures on
// both, the log is convicted).
Status verify_consistency(std::uint64_t older, std::uint64_t newer, const Hash& older_root,
                          const Hash& newer_root, const Proof& proof);

}  // namespace stimme::log
