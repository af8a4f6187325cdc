#include "core/log/tiles.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/log/text.h"

namespace stimme::log {
namespace {

constexpr unsigned max_level = 63;
constexpr unsigned height_of_level = 8;  // 2^8 hashes a tile

// 1234067 -> "x001/x234/067".
std::string index_path(std::uint64_t index) {
    std::string digits = std::to_string(index);
    digits.insert(0, (3 - digits.size() % 3) % 3, '0');
    std::string path;
    for (; digits.size() > 3; digits.erase(0, 3)) path += fmt::format("x{:.3}/", digits);
    return path + digits;
}

// Takes what stands before `separator` (all, when there is none) off the front of `text`.
std::string_view take_until(std::string_view& text, std::string_view separator) {
    const std::size_t at = std::min(text.find(separator), text.size());
    const std::string_view front = text.substr(0, at);
    text.remove_prefix(std::min(at + separator.size(), text.size()));
    return front;
}

// "x001/x234/067" -> 1234067; leaves it to the caller to compare the spelling.
std::optional<std::uint64_t> parse_index(std::string_view path) {
    std::string digits;
    for (const char c : path) {
        if (c == '0' && digits.empty()) continue;
        if (c != 'x' && c != '/') digits += c;
    }
    return parse_decimal(digits.empty() ? "0" : digits);
}

std::optional<TileId> read_tile_path(std::string_view path) {
    if (take_until(path, "/") != "tile") return std::nullopt;
    TileId tile;
    const std::string_view level = take_until(path, "/");
    if (level == "entries") {
        tile.kind = TileId::Kind::entries;
    } else {
        const auto number = parse_decimal(level);
        if (!number || *number > max_level) return std::nullopt;
        tile.level = static_cast<unsigned>(*number);
    }
    const auto index = parse_index(take_until(path, ".p/"));
    if (!index) return std::nullopt;
    tile.index = *index;
    if (!path.empty()) {
        const auto width = parse_decimal(path);
        if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
        tile.width = static_cast<unsigned>(*width);
    }
    return tile;
}

// How many hashes a level has in a log of `size` entries.
std::uint64_t hashes_at(unsigned level, std::uint64_t size) {
    const unsigned shift = level * height_of_level;
    return shift < 64 ? size >> shift : 0;
}

void add_tiles(std::vector<TileId>& to, TileId::Kind kind, unsigned level, std::uint64_t hashes) {
    for (std::uint64_t n = 0; n < hashes / tile_width; ++n) to.push_back({kind, level, n, tile_width});
    const auto rest = static_cast<unsigned>(hashes % tile_width);
    if (rest != 0) to.push_back({kind, level, hashes / tile_width, rest});
}

}  // namespace

std::string tile_path(const TileId& tile) {
    const std::string level = tile.kind == TileId::Kind::entries ? "entries" : std::to_string(tile.level);
    const std::string path = fmt::format("tile/{}/{}", level, index_path(tile.index));
    return tile.width == tile_width ? path : fmt::format("{}.p/{}", path, tile.width);
}

Result<TileId> parse_tile_path(std::string_view path) {
    const auto tile = read_tile_path(path);
    if (!tile || tile_path(*tile) != path) {
        return invalid("tile-path",
                       "no tile has this path; tile/0/x001/234 or tile/entries/000.p/17 would be right");
    }
    return *tile;
}

bool tile_exists(const TileId& tile, std::uint64_t size) {
    const std::uint64_t hashes = hashes_at(tile.kind == TileId::Kind::entries ? 0 : tile.level, size);
    if (tile.index > hashes / tile_width) return false;
    return tile.width <= hashes - tile.index * tile_width;
}

std::vector<TileId> tiles(std::uint64_t size) {
    std::vector<TileId> all;
    for (unsigned level = 0; hashes_at(level, size) != 0; ++level) {
        add_tiles(all, TileId::Kind::hashes, level, hashes_at(level, size));
    }
    add_tiles(all, TileId::Kind::entries, 0, size);
    return all;
}

std::vector<std::string> tile_paths(std::uint64_t size) {
    std::vector<std::string> paths;
    for (const TileId& tile : tiles(size)) paths.push_back(tile_path(tile));
    return paths;
}

Result<Bytes> hash_tile(const Tree& tree, const TileId& tile, std::uint64_t size) {
    if (tile.kind != TileId::Kind::hashes || !tile_exists(tile, size)) {
        return not_found("tile-missing", tile_path(tile) + ": the published log has " + std::to_string(size) +
                                             " entries and no such tile");
    }
    Bytes content;
    for (unsigned i = 0; i < tile.width; ++i) {
        append(content, tree.node(tile.level * height_of_level, tile.index * tile_width + i));
    }
    return content;
}

Result<std::vector<Hash>> parse_hash_tile(ByteView content, unsigned width) {
    if (content.size() != std::size_t{width} * 32) {
        return invalid("tile-length", "the tile has " + std::to_string(content.size()) + " bytes; " +
                                          std::to_string(width * 32) + " are right");
    }
    std::vector<Hash> hashes;
    for (unsigned i = 0; i < width; ++i)
        hashes.push_back(to_array<32>(content.subspan(std::size_t{i} * 32, 32)));
    return hashes;
}

Status append_to_bundle(Bytes& bundle, ByteView entry) {
    if (entry.size() > max_entry_size) {
        return invalid("entry-too-large", "the entry has " + std::to_string(entry.size()) +
                                              " bytes; at most " + std::to_string(max_entry_size) +
                                              " fit into the log");
    }
    append(bundle, u16be(static_cast<std::uint16_t>(entry.size())));
    append(bundle, entry);
    return {};
}

Result<std::vector<ByteView>> parse_bundle(ByteView bundle, unsigned width) {
    std::vector<ByteView> entries;
    for (unsigned i = 0; i < width; ++i) {
        const std::size_t length = bundle.size() < 2 ? 0 : std::size_t{bundle[0]} << 8 | bundle[1];
        if (bundle.size() < 2 + length) {
            return invalid("bundle-truncated", "the bundle ends within entry " + std::to_string(i) + " of " +
                                                   std::to_string(width));
        }
        entries.push_back(bundle.subspan(2, length));
        bundle = bundle.subspan(2 + length);
    }
    if (!bundle.empty()) {
        return invalid("bundle-trailing-bytes", std::to_string(bundle.size()) + " bytes follow the last of " +
                                                    std::to_string(width) + " entries");
    }
    return entries;
}

}  // namespace stimme::log
