// Tiles, their paths and entry bundles: core/log/tiles.h.
#include "core/log/tiles.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace stimme::log {
namespace {

using Kind = TileId::Kind;

Tree tree_of_numbers(std::uint64_t size) {
    Tree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append_entry(u64be(i));
    return tree;
}

Bytes bundle_of(const std::vector<std::string>& entries) {
    Bytes bundle;
    for (const std::string& entry : entries) EXPECT_TRUE(append_to_bundle(bundle, as_bytes(entry)).ok());
    return bundle;
}

std::string bundle_code(const Bytes& bundle, unsigned width) {
    const auto entries = parse_bundle(bundle, width);
    return entries ? "" : entries.error().code;
}

TEST(Tiles, PathsNameTheTileInGroupsOfThreeDigits) {
    EXPECT_EQ(tile_path({Kind::hashes, 0, 0, 256}), "tile/0/000");
    EXPECT_EQ(tile_path({Kind::hashes, 1, 1234067, 256}), "tile/1/x001/x234/067");
    EXPECT_EQ(tile_path({Kind::hashes, 0, 273, 112}), "tile/0/273.p/112");
    EXPECT_EQ(tile_path({Kind::entries, 0, 1000, 1}), "tile/entries/x001/000.p/1");
}

TEST(Tiles, EveryPathReadsBack) {
    for (const std::uint64_t index : {0ull, 7ull, 999ull, 1000ull, 123456ull, 999999ull, 1000000ull, ~0ull}) {
        for (const unsigned width : {1u, 9u, 255u, 256u}) {
            for (const TileId& tile : {TileId{Kind::hashes, 0, index, width},
                                       {Kind::hashes, 63, index, width},
                                       {Kind::entries, 0, index, width}}) {
                EXPECT_EQ(*parse_tile_path(tile_path(tile)), tile);
            }
        }
    }
}

TEST(Tiles, AnyOtherSpellingOfAPathIsRefused) {
    for (const char* path : {"",
                             "tile",
                             "tile/",
                             "tile/0",
                             "tile/0/",
                             "/tile/0/000",
                             "tile/0/0",
                             "tile/0/00",
                             "tile/0/0000",
                             "tile/0/x000/000",
                             "tile/0/x000/x001/000",
                             "tile/0/001/000",
                             "tile/0/x001",
                             "tile/0/x001/",
                             "tile/0/x001/00",
                             "tile/0/x1000/000",
                             "tile/0/1000",
                             "tile/0/+01",
                             "tile/0/-01",
                             "tile/0/ 01",
                             "tile/00/000",
                             "tile/64/000",
                             "tile/-1/000",
                             "tile/+1/000",
                             "tile/data/000",
                             "tile/entries",
                             "tiles/0/000",
                             "tile/0/000.p",
                             "tile/0/000.p/",
                             "tile/0/000.p/0",
                             "tile/0/000.p/256",
                             "tile/0/000.p/01",
                             "tile/0/000.p/+1",
                             "tile/0/000.p/1/",
                             "tile/0/000/",
                             "tile/0/000.p/1.p/1",
                             "tile/0/000.P/1",
                             "tile/0/../000",
                             "tile/0/x018/x446/x744/x073/x709/x551/616",
                             "tile/0/000\n"}) {
        const auto tile = parse_tile_path(path);
        ASSERT_FALSE(tile.ok()) << path;
        EXPECT_EQ(tile.error().code, "tile-path");
    }
}

TEST(Tiles, ALogOf70000EntriesHasTheTilesOfTheSpecification) {
    const auto all = tiles(70000);
    const auto count = [&](Kind kind, unsigned level, bool full) {
        return std::count_if(all.begin(), all.end(), [&](const TileId& tile) {
            return tile.kind == kind && tile.level == level && (tile.width == 256) == full;
        });
    };
    EXPECT_EQ(count(Kind::hashes, 0, true), 273);
    EXPECT_EQ(count(Kind::hashes, 1, true), 1);
    EXPECT_EQ(count(Kind::entries, 0, true), 273);
    EXPECT_EQ(all.size(), 273u + 1 + 1 + 1 + 1 + 273 + 1);
    for (const char* path :
         {"tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"}) {
        EXPECT_NE(std::find(all.begin(), all.end(), *parse_tile_path(path)), all.end()) << path;
    }
}

TEST(Tiles, TheListOfPathsIsExactAtTheEdges) {
    using Paths = std::vector<std::string>;
    EXPECT_EQ(tile_paths(0), Paths{});
    EXPECT_EQ(tile_paths(1), (Paths{"tile/0/000.p/1", "tile/entries/000.p/1"}));
    EXPECT_EQ(tile_paths(255), (Paths{"tile/0/000.p/255", "tile/entries/000.p/255"}));
    EXPECT_EQ(tile_paths(256), (Paths{"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}));
    EXPECT_EQ(tile_paths(257), (Paths{"tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/entries/000",
                                      "tile/entries/001.p/1"}));
    EXPECT_EQ(tile_paths(65536).size(), 256u + 1 + 1 + 256);
}

TEST(Tiles, EveryListedTileExistsAndTheNextOneDoesNot) {
    for (const std::uint64_t size : {1ull, 255ull, 256ull, 257ull, 65535ull, 65536ull, 65537ull}) {
        for (TileId tile : tiles(size)) {
            EXPECT_TRUE(tile_exists(tile, size));
            if (tile.width == 256) continue;
            ++tile.width;
            EXPECT_FALSE(tile_exists(tile, size));
        }
    }
    EXPECT_TRUE(tile_exists({Kind::hashes, 0, 0, 17}, 300));
    EXPECT_FALSE(tile_exists({Kind::hashes, 0, 1, 256}, 300));
    EXPECT_FALSE(tile_exists({Kind::hashes, 0, 2, 1}, 300));
    EXPECT_FALSE(tile_exists({Kind::hashes, 63, 0, 1}, ~0ull));
}

TEST(Tiles, HashTilesHoldTheRootsOfTheTilesBelow) {
    const Tree tree = tree_of_numbers(600);
    const auto leaves = *parse_hash_tile(*hash_tile(tree, {Kind::hashes, 0, 1, 256}, 600), 256);
    const auto above = *parse_hash_tile(*hash_tile(tree, {Kind::hashes, 1, 0, 2}, 600), 2);
    EXPECT_EQ(leaves.front(), hash_leaf(u64be(256)));
    EXPECT_EQ(merkle_root(leaves), above[1]);
    EXPECT_EQ(merkle_root(*parse_hash_tile(*hash_tile(tree, {Kind::hashes, 0, 0, 17}, 600), 17)),
              tree.root(17));
}

TEST(Tiles, NothingBeyondThePublishedSizeIsServed) {
    const Tree tree = tree_of_numbers(600);
    const auto code = [&](const TileId& tile, std::uint64_t size) {
        return hash_tile(tree, tile, size).error().code;
    };
    EXPECT_EQ(code({Kind::hashes, 0, 1, 256}, 511), "tile-missing");
    EXPECT_EQ(code({Kind::hashes, 0, 2, 89}, 600), "tile-missing");
    EXPECT_EQ(code({Kind::hashes, 2, 0, 1}, 600), "tile-missing");
    EXPECT_EQ(code({Kind::entries, 0, 0, 256}, 600), "tile-missing");
}

TEST(Tiles, ATileOfAnotherLengthIsRefused) {
    const Bytes tile = *hash_tile(tree_of_numbers(3), {Kind::hashes, 0, 0, 3}, 3);
    EXPECT_EQ(parse_hash_tile(tile, 2).error().code, "tile-length");
    EXPECT_EQ(parse_hash_tile(tile, 4).error().code, "tile-length");
    EXPECT_EQ(parse_hash_tile(ByteView(tile).first(95), 3).error().code, "tile-length");
}

TEST(Bundles, EntriesReadBack) {
    const std::vector<std::string> entries{"one", "", std::string(max_entry_size, 'x'), "last"};
    const Bytes bundle = bundle_of(entries);
    const auto found = *parse_bundle(bundle, 4);
    ASSERT_EQ(found.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(as_text(found[i]), entries[i]);
    EXPECT_EQ(to_hex(bundle_of({"A", "BC"})),
              "0001410002"
              "4243");
}

TEST(Bundles, AnEntryOf64KiBIsRefusedAndLeavesTheBundleAlone) {
    Bytes bundle = bundle_of({"one"});
    const Bytes before = bundle;
    EXPECT_EQ(append_to_bundle(bundle, Bytes(65536)).error().code, "entry-too-large");
    EXPECT_EQ(bundle, before);
}

TEST(Bundles, EveryTruncationIsRefused) {
    const Bytes bundle = bundle_of({"one", "two"});
    for (std::size_t size = 0; size < bundle.size(); ++size) {
        EXPECT_EQ(bundle_code(Bytes(bundle.begin(), bundle.begin() + static_cast<std::ptrdiff_t>(size)), 2),
                  "bundle-truncated");
    }
}

TEST(Bundles, BytesAfterTheLastEntryAreRefused) {
    Bytes bundle = bundle_of({"one", "two"});
    EXPECT_EQ(bundle_code(bundle, 1), "bundle-trailing-bytes");
    EXPECT_EQ(bundle_code(bundle, 3), "bundle-truncated");
    bundle.push_back(0);
    EXPECT_EQ(bundle_code(bundle, 2), "bundle-trailing-bytes");
}

}  // namespace
}  // namespace stimme::log
