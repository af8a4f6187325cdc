#include "client/cli/log_tiles.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "client/cli/exit_code.h"

namespace stimme::client::cli {
namespace {

// Where a tree of `count` leaves splits: the largest power of two below it.
std::uint64_t split(std::uint64_t count) {
    return std::bit_floor(count - 1);
}

// How many of the hashes of that tile a log of `size` has.
unsigned width_of(unsigned level, std::uint64_t index, std::uint64_t size) {
    const std::uint64_t hashes = level < 8 ? size >> (8 * level) : 0;
    return static_cast<unsigned>(std::min<std::uint64_t>(log::tile_width, hashes - index * log::tile_width));
}

}  // namespace

// A partial tile may have gone once the full one was published; its beginning is the same.
Result<Bytes> LogTiles::content(const log::TileId& tile) {
    auto partial = fetch_(log::tile_path(tile));
    if (partial || tile.width == log::tile_width || partial.error().kind != ErrorKind::not_found)
        return partial;
    const log::TileId full{tile.kind, tile.level, tile.index, log::tile_width};
    return fetch_(log::tile_path(full));
}

// A checkpoint promises all tiles up to its size.
Result<Bytes> LogTiles::promised(const log::TileId& tile) {
    auto bytes = content(tile);
    if (bytes || bytes.error().kind != ErrorKind::not_found) return bytes;
    return corrupt("tile-missing",
                   fmt::format("the log doesn't show {}, which its checkpoint covers", log::tile_path(tile)));
}

Result<Hash> LogTiles::tile_hash(unsigned level, std::uint64_t index) {
    const std::pair place(level, index / log::tile_width);
    auto found = tiles_.find(place);
    if (found == tiles_.end()) {
        const unsigned width = width_of(level, place.second, size_);
        STIMME_TRY(const Bytes bytes, promised({log::TileId::Kind::hashes, level, place.second, width}));
        const std::size_t used = std::min<std::size_t>(bytes.size(), std::size_t{width} * 32);
        STIMME_TRY(auto hashes, verified(log::parse_hash_tile(ByteView(bytes).first(used), width)));
        found = tiles_.emplace(place, std::move(hashes)).first;
    }
    return found->second[index % log::tile_width];
}

// The root of a complete subtree of 2^height leaves.
Result<Hash> LogTiles::node(unsigned height, std::uint64_t index) {
    if (height % 8 == 0) return tile_hash(height / 8, index);
    STIMME_TRY(const Hash left, node(height - 1, 2 * index));
    STIMME_TRY(const Hash right, node(height - 1, 2 * index + 1));
    return log::hash_node(left, right);
}

Result<Hash> LogTiles::range_root(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) {
        const auto height = static_cast<unsigned>(std::countr_zero(count));
        return node(height, begin >> height);
    }
    STIMME_TRY(const Hash left, range_root(begin, begin + split(count)));
    STIMME_TRY(const Hash right, range_root(begin + split(count), end));
    return log::hash_node(left, right);
}

// SUBPROOF of RFC 6962 section 2.1.2.
Status LogTiles::subproof(std::uint64_t older, std::uint64_t begin, std::uint64_t end, bool complete,
                          log::Proof& proof) {
    const std::uint64_t count = end - begin;
    if (older == count && complete) return {};
    const auto add = [&](std::uint64_t from, std::uint64_t to) -> Status {
        STIMME_TRY(const Hash root, range_root(from, to));
        proof.push_back(root);
        return {};
    };
    if (older == count) return add(begin, end);
    const std::uint64_t middle = begin + split(count);
    if (older <= middle - begin) {
        STIMME_CHECK(subproof(older, begin, middle, complete, proof));
        return add(middle, end);
    }
    STIMME_CHECK(subproof(older - (middle - begin), middle, end, false, proof));
    return add(begin, middle);
}

// PATH of RFC 6962 section 2.1.1.
Status LogTiles::path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, log::Proof& proof) {
    if (end - begin == 1) return {};
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = index < middle;
    STIMME_CHECK(left ? path(index, begin, middle, proof) : path(index, middle, end, proof));
    STIMME_TRY(const Hash sibling, left ? range_root(middle, end) : range_root(begin, middle));
    proof.push_back(sibling);
    return {};
}

Result<log::Proof> LogTiles::consistency_proof(std::uint64_t older) {
    log::Proof proof;
    STIMME_CHECK(subproof(older, 0, size_, true, proof));
    return proof;
}

Result<log::Proof> LogTiles::inclusion_proof(std::uint64_t index) {
    log::Proof proof;
    STIMME_CHECK(path(index, 0, size_, proof));
    return proof;
}

Result<std::vector<Bytes>> LogTiles::bundle(std::uint64_t index) {
    const unsigned width = width_of(0, index, size_);
    STIMME_TRY(const Bytes bytes, promised({log::TileId::Kind::entries, 0, index, width}));
    auto views = log::parse_bundle(bytes, width);
    // The full bundle instead of a partial one that has gone.
    if (!views && views.error().code == "bundle-trailing-bytes")
        views = log::parse_bundle(bytes, log::tile_width);
    if (!views) return unverified(std::move(views).error());
    std::vector<Bytes> entries;
    for (unsigned i = 0; i < width; ++i) entries.push_back(to_bytes((*views)[i]));
    return entries;
}

}  // namespace stimme::client::cli
