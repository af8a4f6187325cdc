// Full tiles of the log that were asked for lately. They never change again, and every mirror asks for all of
// them.
//
// Invariant: what it holds has at most so many bytes, the least lately used having gone first.
//
// Thread rule: all members may be called from any thread.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>

#include "core/log/tiles.h"

namespace stimme::service {

class TileCache {
  public:
    using Content = std::shared_ptr<const std::string>;

    explicit TileCache(std::size_t bytes) : room_(bytes) {}

    // nullptr: it isn't here.
    Content find(const log::TileId& tile);
    // REQUIRES: the tile is full and lies below a signed checkpoint; `content` isn't null.
    void add(const log::TileId& tile, Content content);

  private:
    using Key = std::tuple<log::TileId::Kind, unsigned, std::uint64_t>;
    static Key key(const log::TileId& tile) { return {tile.kind, tile.level, tile.index}; }

    struct Kept {
        Key key;
        Content content;
    };
    std::mutex mutex_;
    std::size_t room_;      // bytes that are free
    std::list<Kept> kept_;  // the latest first
    std::map<Key, std::list<Kept>::iterator> places_;
};

}  // namespace stimme::service
