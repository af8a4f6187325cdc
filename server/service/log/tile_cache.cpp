#include "server/service/log/tile_cache.h"

namespace stimme::service {

TileCache::Content TileCache::find(const log::TileId& tile) {
    const std::lock_guard lock(mutex_);
    const auto place = places_.find(key(tile));
    if (place == places_.end()) return nullptr;
    kept_.splice(kept_.begin(), kept_, place->second);
    return kept_.front().content;
}

void TileCache::add(const log::TileId& tile, Content content) {
    const std::lock_guard lock(mutex_);
    if (places_.contains(key(tile))) return;
    while (room_ < content->size() && !kept_.empty()) {
        room_ += kept_.back().content->size();
        places_.erase(kept_.back().key);
        kept_.pop_back();
    }
    if (room_ < content->size()) return;
    room_ -= content->size();
    kept_.push_front({key(tile), std::move(content)});
    places_.emplace(key(tile), kept_.begin());
}

}  // namespace stimme::service
