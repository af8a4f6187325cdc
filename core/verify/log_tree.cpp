#include "core/verify/log_tree.h"

#include <bit>
#include <span>

namespace stimme::verify {
namespace {

constexpr unsigned tile_height = std::countr_zero(log::tile_width);

}  // namespace

bool LogTree::append(const Hash& leaf) {
    if (newest_.size() == log::tile_width) newest_.clear();
    newest_.push_back(leaf);
    if (newest_.size() < log::tile_width) return false;
    full_.append(log::merkle_root(newest_));
    return true;
}

std::optional<std::vector<Hash>> LogTree::leaves_of(std::uint64_t tile) const {
    if (tile == full_.size()) return newest_;
    const auto bundle = record_->bundle(tile);
    if (!bundle) return std::nullopt;
    std::vector<Hash> leaves;
    for (const ByteView entry : bundle->entries) leaves.push_back(log::hash_leaf(entry));
    if (leaves.size() != log::tile_width || log::merkle_root(leaves) != full_.leaf(tile)) return std::nullopt;
    return leaves;
}

Hash LogTree::root(std::uint64_t size) const {
    const std::uint64_t tiles = size / log::tile_width;
    if (size % log::tile_width == 0) return full_.root(tiles);
    const auto leaves = leaves_of(tiles);
    if (!leaves) return {};
    Hash root = log::merkle_root(std::span(*leaves).first(size % log::tile_width));
    // The complete subtrees to the left, the smallest first.
    for (std::uint64_t left = tiles; left != 0; left &= left - 1) {
        const auto height = static_cast<unsigned>(std::countr_zero(left));
        root = log::hash_node(full_.node(height, (left >> height) - 1), root);
    }
    return root;
}

Hash LogTree::leaf(std::uint64_t index) const {
    const auto leaves = leaves_of(index / log::tile_width);
    return leaves ? (*leaves)[index % log::tile_width] : Hash{};
}

Bytes LogTree::upper_tile(const log::TileId& tile) const {
    Bytes content;
    const unsigned height = tile_height * (tile.level - 1);
    for (std::uint64_t i = 0; i < tile.width; ++i) {
        stimme::append(content, full_.node(height, tile.index * log::tile_width + i));
    }
    return content;
}

}  // namespace stimme::verify
