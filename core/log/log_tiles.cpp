#include "core/log/log_tiles.h"

#include <algorithm>

namespace stimme::log {
namespace {

// How many of the hashes of that tile a log of `size` has.
unsigned width_of(unsigned level, std::uint64_t index, std::uint64_t size) {
    const std::uint64_t hashes = level < 8 ? size >> (8 * level) : 0;
    return static_cast<unsigned>(std::min<std::uint64_t>(tile_width, hashes - index * tile_width));
}

// The beginning of a full tile, as the partial one of that width would be.
Bytes first_of(const TileId& tile, ByteView full) {
    if (tile.kind == TileId::Kind::hashes)
        return to_bytes(full.first(std::min(full.size(), std::size_t{tile.width} * 32)));
    Bytes bundle;
    const auto entries = parse_bundle(full, tile_width);
    for (unsigned i = 0; entries && i < tile.width; ++i) {
        append(bundle, u16be(static_cast<std::uint16_t>((*entries)[i].size())));
        append(bundle, (*entries)[i]);
    }
    return bundle;
}

}  // namespace

Result<Bytes> fetch_tile(const FetchFile& fetch, const TileId& tile) {
    auto content = fetch(tile_path(tile));
    const bool gone = !content && content.error().kind == ErrorKind::not_found;
    if (!gone || tile.width == tile_width) return content;
    STIMME_TRY(const Bytes full, fetch(tile_path({tile.kind, tile.level, tile.index})));
    return first_of(tile, full);
}

// A checkpoint promises all tiles up to its size.
Result<Bytes> LogTiles::promised(const TileId& tile) {
    auto bytes = fetch_tile(fetch_, tile);
    if (bytes || bytes.error().kind != ErrorKind::not_found) return bytes;
    return corrupt("tile-missing",
                   "the log doesn't show " + tile_path(tile) + ", which its checkpoint covers");
}

Result<Hash> LogTiles::tile_hash(unsigned level, std::uint64_t index) {
    const std::pair place(level, index / tile_width);
    auto found = tiles_.find(place);
    if (found == tiles_.end()) {
        const unsigned width = width_of(level, place.second, size_);
        STIMME_TRY(const Bytes bytes, promised({TileId::Kind::hashes, level, place.second, width}));
        STIMME_TRY(auto hashes, verified(parse_hash_tile(bytes, width)));
        found = tiles_.emplace(place, std::move(hashes)).first;
    }
    return found->second[index % tile_width];
}

// Tiles hold every eighth height; what lies between follows from them.
Result<Hash> LogTiles::node(unsigned height, std::uint64_t index) {
    if (height % 8 == 0) return tile_hash(height / 8, index);
    STIMME_TRY(const Hash left, node(height - 1, 2 * index));
    STIMME_TRY(const Hash right, node(height - 1, 2 * index + 1));
    return hash_node(left, right);
}

Result<Proof> LogTiles::consistency_proof(std::uint64_t older) {
    return log::consistency_proof(nodes(), older, size_);
}

Result<Proof> LogTiles::inclusion_proof(std::uint64_t index) {
    return log::inclusion_proof(nodes(), index, size_);
}

Result<std::vector<Bytes>> LogTiles::bundle(std::uint64_t index) {
    const unsigned width = width_of(0, index, size_);
    STIMME_TRY(const Bytes bytes, promised({TileId::Kind::entries, 0, index, width}));
    STIMME_TRY(const auto views, verified(parse_bundle(bytes, width)));
    std::vector<Bytes> entries;
    for (const ByteView view : views) entries.push_back(to_bytes(view));
    return entries;
}

}  // namespace stimme::log
