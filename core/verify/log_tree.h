// The Merkle tree over a log that streams by: the roots of all its tiles of 256 entries, and the leaves of
// the newest. Any earlier root or leaf is had by reading its bundle of the record again, so memory is a
// quarter of a byte for each entry (docs/protocol.md, section 6.1).
//
// Invariant: what it holds follows from the entries that were appended, never from published tiles.
//
// Thread rule: read by many only while nobody appends.
#pragma once

#include <optional>
#include <vector>

#include "core/log/tiles.h"
#include "core/record/record.h"

namespace stimme::verify {

class LogTree {
  public:
    // `record` outlives this.
    explicit LogTree(const record::Record& record) : record_(&record) {}

    // Whether a tile of leaves is full now; newest_tile() holds it until the next entry.
    bool append(const Hash& leaf);
    std::uint64_t size() const { return full_.size() * log::tile_width + newest_.size() % log::tile_width; }

    Hash root() const { return root(size()); }
    // The root when the log had `size` entries; all zero, which is no log's root, when the bundle that it
    // ends in can't be read any more as it was. REQUIRES: size <= this->size().
    Hash root(std::uint64_t size) const;
    // As root(). REQUIRES: index < size().
    Hash leaf(std::uint64_t index) const;

    // The leaf hashes of the tile that the newest entry is in.
    const std::vector<Hash>& newest_tile() const { return newest_; }
    // The content of a hash tile above the leaves. REQUIRES: tile.level > 0, and it exists.
    Bytes upper_tile(const log::TileId& tile) const;

  private:
    std::optional<std::vector<Hash>> leaves_of(std::uint64_t tile) const;

    const record::Record* record_;
    log::Tree full_;  // its leaves are the roots of full tiles
    std::vector<Hash> newest_;
};

}  // namespace stimme::verify
