// Memory for tables that may outgrow a machine: large blocks lie in temporary files, which the system reads
// and writes as it needs; what isn't looked at just now costs no memory. Where a file can't be had (no room,
// no folder), the block lies in ordinary memory.
//
// Thread rule: allocation belongs to one thread; release() may run beside use of the blocks, not allocation.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <new>

namespace stimme {

class FileMemory {
  public:
    // Smaller blocks are none of its business.
    static constexpr std::size_t least = std::size_t{1} << 20;

    FileMemory() = default;
    FileMemory(const FileMemory&) = delete;
    FileMemory& operator=(const FileMemory&) = delete;

    // A zeroed block. REQUIRES: size >= least. Throws std::bad_alloc.
    void* allocate(std::size_t size);
    // REQUIRES: the block is from allocate() and wasn't given back.
    void deallocate(void* block);

    // Takes all blocks out of this process's memory; their content is loaded again where it is looked at.
    void release() const;

  private:
    struct Block {
        std::size_t size;
        bool in_file;
    };
    std::map<void*, Block> blocks_;
};

// For containers. Without a FileMemory, and for small blocks, it is std::allocator. Copies of a container
// share it.
template <class T>
class FileAllocator {
  public:
    using value_type = T;

    FileAllocator() = default;
    explicit FileAllocator(std::shared_ptr<FileMemory> memory) : memory_(std::move(memory)) {}
    template <class Other>
    FileAllocator(const FileAllocator<Other>& other) : memory_(other.memory()) {}

    T* allocate(std::size_t count) {
        if (!uses_file(count)) return std::allocator<T>().allocate(count);
        return static_cast<T*>(memory_->allocate(count * sizeof(T)));
    }
    void deallocate(T* block, std::size_t count) {
        if (!uses_file(count)) return std::allocator<T>().deallocate(block, count);
        memory_->deallocate(block);
    }

    const std::shared_ptr<FileMemory>& memory() const { return memory_; }
    bool operator==(const FileAllocator&) const = default;

  private:
    bool uses_file(std::size_t count) const { return memory_ && count >= FileMemory::least / sizeof(T) + 1; }

    std::shared_ptr<FileMemory> memory_;
};

}  // namespace stimme
