#include "core/base/file_memory.h"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace stimme {
namespace {

constexpr std::size_t size = 8 * FileMemory::least;

// Of the block's pages, in this process's memory now, in KiB; from /proc/self/smaps.
std::size_t resident(const void* block) {
    char start[32];
    std::snprintf(start, sizeof start, "%lx-", reinterpret_cast<unsigned long>(block));
    std::ifstream maps("/proc/self/smaps");
    bool here = false;
    for (std::string line; std::getline(maps, line);) {
        if (line.starts_with(start)) here = true;
        if (here && line.starts_with("Rss:")) return std::stoul(line.substr(4));
    }
    return 0;
}

TEST(FileMemoryTest, ReleasedBlocksCostNoMemoryAndKeepTheirContent) {
    FileMemory memory;
    auto* const block = static_cast<unsigned char*>(memory.allocate(size));
    EXPECT_EQ(block[size / 2], 0);
    std::memset(block, 'x', size);
    EXPECT_EQ(resident(block), size / 1024);
    memory.release();
    EXPECT_EQ(resident(block), 0u);
    for (std::size_t i = 0; i < size; i += 4095) ASSERT_EQ(block[i], 'x');
    memory.deallocate(block);
}

TEST(FileMemoryTest, WithoutAFolderForFilesOrdinaryMemoryServes) {
    ::setenv("TMPDIR", "/nowhere", 1);
    FileMemory memory;
    auto* const block = static_cast<unsigned char*>(memory.allocate(size));
    ::unsetenv("TMPDIR");
    std::memset(block, 'x', size);
    memory.release();
    EXPECT_EQ(block[size - 1], 'x');
    memory.deallocate(block);
}

TEST(FileAllocatorTest, AContainerGrowsFromMemoryIntoFilesAndIsCopied) {
    const auto memory = std::make_shared<FileMemory>();
    std::vector<std::size_t, FileAllocator<std::size_t>> numbers{FileAllocator<std::size_t>(memory)};
    for (std::size_t i = 0; i < size / sizeof i; ++i) {
        numbers.push_back(i);
        if (i % 10'000 == 0) memory->release();
    }
    const auto copy = numbers;
    numbers.clear();
    numbers.shrink_to_fit();
    for (std::size_t i = 0; i < copy.size(); ++i) ASSERT_EQ(copy[i], i);
}

}  // namespace
}  // namespace stimme
