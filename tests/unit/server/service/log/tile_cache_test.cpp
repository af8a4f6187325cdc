#include "server/service/log/tile_cache.h"

#include <gtest/gtest.h>

namespace stimme::service {
namespace {

log::TileId tile(std::uint64_t index) {
    return {log::TileId::Kind::entries, 0, index, log::tile_width};
}

TileCache::Content content(std::size_t size) {
    return std::make_shared<const std::string>(size, 'x');
}

TEST(TileCacheTest, WhatWasAddedIsFoundUnderItsOwnNameOnly) {
    TileCache cache(100);
    cache.add(tile(1), content(10));
    ASSERT_NE(cache.find(tile(1)), nullptr);
    EXPECT_EQ(cache.find(tile(1))->size(), 10u);
    EXPECT_EQ(cache.find(tile(2)), nullptr);
    EXPECT_EQ(cache.find({log::TileId::Kind::hashes, 0, 1, log::tile_width}), nullptr);
    EXPECT_EQ(cache.find({log::TileId::Kind::entries, 1, 1, log::tile_width}), nullptr);
}

TEST(TileCacheTest, TheLeastLatelyUsedGoesFirst) {
    TileCache cache(100);
    for (const std::uint64_t index : {1U, 2U, 3U}) cache.add(tile(index), content(30));
    cache.find(tile(1));
    cache.add(tile(4), content(30));
    EXPECT_NE(cache.find(tile(1)), nullptr);
    EXPECT_EQ(cache.find(tile(2)), nullptr);
    EXPECT_NE(cache.find(tile(3)), nullptr);
    EXPECT_NE(cache.find(tile(4)), nullptr);
}

TEST(TileCacheTest, WhatDoesNotFitAtAllIsNotKept) {
    TileCache cache(100);
    cache.add(tile(1), content(101));
    EXPECT_EQ(cache.find(tile(1)), nullptr);
    cache.add(tile(2), content(100));
    EXPECT_NE(cache.find(tile(2)), nullptr);
}

TEST(TileCacheTest, AddingTwiceTakesRoomOnce) {
    TileCache cache(100);
    cache.add(tile(1), content(50));
    cache.add(tile(1), content(50));
    cache.add(tile(2), content(50));
    EXPECT_NE(cache.find(tile(1)), nullptr);
}

}  // namespace
}  // namespace stimme::service
