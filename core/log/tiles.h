// The log as files: C2SP tlog-tiles (docs/protocol.md, section 6.1).
//
// A hash tile at level L holds up to 256 consecutive roots of complete subtrees over 256^L leaves; an entry
// bundle holds up to 256 consecutive entries, each behind its length. Full tiles never change; the right edge
// is served as partial tiles, one for each size that was published. A path names a tile in exactly one way.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/log/merkle.h"

namespace stimme::log {

constexpr unsigned tile_width = 256;
constexpr std::size_t max_entry_size = 65535;

struct TileId {
    enum class Kind { hashes, entries };

    Kind kind = Kind::hashes;
    unsigned level = 0;           // 0 to 63; 0 for entries
    std::uint64_t index = 0;      // within the level
    unsigned width = tile_width;  // 1 to 256; below 256 the tile is partial

    bool operator==(const TileId&) const = default;
};

// "tile/1/x001/x234/067", "tile/0/273.p/112" (the N-th tile in groups of three digits), "tile/entries/000".
std::string tile_path(const TileId& tile);
// Accepts exactly what tile_path writes. Errors: tile-path.
Result<TileId> parse_tile_path(std::string_view path);

// Whether the tile lies wholly within a log of `size` entries.
bool tile_exists(const TileId& tile, std::uint64_t size);
// Every tile of a log of `size` entries, which is what a mirror holds: for each level the full tiles and the
// partial one at the right edge, from level 0 up, then the same of the entry bundles.
std::vector<TileId> tiles(std::uint64_t size);
std::vector<std::string> tile_paths(std::uint64_t size);

// The content of a hash tile for a log whose published size is `size`: 32 bytes a hash.
// REQUIRES: size <= tree.size(). Errors: tile-missing (not-found; also for entry bundles).
Result<Bytes> hash_tile(const Tree& tree, const TileId& tile, std::uint64_t size);
// The `width` hashes of a tile. Errors: tile-length.
Result<std::vector<Hash>> parse_hash_tile(ByteView content, unsigned width);

// Adds an entry to a bundle: u16be length, then the bytes. Errors: entry-too-large (above max_entry_size).
Status append_to_bundle(Bytes& bundle, ByteView entry);
// The `width` entries of a bundle, as views into it. Errors: bundle-truncated (ends within an entry, or
// before the last), bundle-trailing-bytes.
Result<std::vector<ByteView>> parse_bundle(ByteView bundle, unsigned width);

}  // namespace stimme::log
