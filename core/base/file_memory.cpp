#include "core/base/file_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/temporary_file.h"

namespace stimme {
namespace {

// nullptr when there is no file with that much room. The room is taken at once: a page that can't be written
// later would end the program.
void* map_file(std::size_t size) {
    const auto file = create_temporary_file();
    if (!file) return nullptr;
    void* block = MAP_FAILED;
    if (::posix_fallocate(*file, 0, static_cast<off_t>(size)) == 0)
        block = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, *file, 0);
    ::close(*file);
    return block == MAP_FAILED ? nullptr : block;
}

void* map_memory(std::size_t size) {
    void* const block = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) throw std::bad_alloc();
    return block;
}

}  // namespace

void* FileMemory::allocate(std::size_t size) {
    void* block = map_file(size);
    const bool in_file = block != nullptr;
    if (!in_file) block = map_memory(size);
    blocks_.emplace(block, Block{size, in_file});
    return block;
}

void FileMemory::deallocate(void* block) {
    const auto found = blocks_.find(block);
    ::munmap(block, found->second.size);
    blocks_.erase(found);
}

void FileMemory::release() const {
    for (const auto& [block, about] : blocks_) {
        // Of ordinary memory this would throw the content away.
        if (about.in_file) ::madvise(block, about.size, MADV_DONTNEED);
    }
}

}  // namespace stimme
