// One server a folder: the folder of an election is locked while a server has it open, so that no second one
// writes beside it. The lock dies with its process, also when that is killed.
//
// Thread rule: belongs to one owner.
#pragma once

#include <filesystem>
#include <utility>

#include "core/base/result.h"

namespace stimme::store {

class FolderLock {
  public:
    // Locks the file `lock` in that folder, which must exist. Errors: store-in-use (another process, or
    // another FolderLock of this one), store-unavailable.
    static Result<FolderLock> acquire(const std::filesystem::path& folder);

    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~FolderLock();

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace stimme::store
