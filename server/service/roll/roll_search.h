// Searching people by any part of what is known of them (core/roll/search/people_index.h): the index is made
// from the roll when it is first asked for, and again after people changed.
//
// Thread rule: all members may be called from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "core/roll/search/people_index.h"
#include "server/store/roll/people_store.h"

namespace stimme::service {

class RollSearch {
  public:
    // It must outlive this.
    explicit RollSearch(store::Database& database) : database_(database) {}

    // Numbers of those whom a search finds, by the register's words. Errors: the store's.
    Result<std::vector<roll::SearchHit>> search(std::string_view query, const roll::SearchScope& scope,
                                                std::size_t limit);
    // Names, addresses or stations may have changed.
    void people_changed() { ++people_version_; }

  private:
    Result<std::shared_ptr<const roll::PeopleIndex>> index();

    store::Database& database_;
    std::atomic<std::uint64_t> people_version_ = 1;
    std::mutex mutex_;  // of what follows
    std::shared_ptr<const roll::PeopleIndex> index_;
    std::uint64_t index_version_ = 0;
};

}  // namespace stimme::service
