// What the library fail_writes.so and the test that loads it say to each other: a file that both map.
//
// Thread rule: atomics; any thread and process.
#pragma once

#include <atomic>
#include <cstdint>

namespace stimme::test {

enum class Fault : std::uint32_t {
    none,
    io_error,     // the call fails with EIO, once
    disk_full,    // this and all later calls that write fail with ENOSPC
    short_write,  // the half is written, then the disk is full
    sync_error,   // this or the next fsync or fdatasync fails with EIO, once, and nothing reaches the disk
    read_only,    // this and all later calls that write fail with EROFS
    kill,         // the process is killed instead of the call
    torn_write,   // the half is written, then the process is killed
};

struct FailControl {
    std::atomic<std::uint64_t> calls;  // that write below the folder, so far
    std::atomic<std::uint64_t> at;     // the call that fails, from 1; 0: none
    std::atomic<std::uint32_t> fault;  // Fault
    std::atomic<std::uint32_t> hit;    // 1: it has failed
};

// Environment of the library: the file to map, and the folder whose files count.
constexpr const char* fail_control_variable = "STIMME_FAIL_CONTROL";
constexpr const char* fail_folder_variable = "STIMME_FAIL_FOLDER";

}  // namespace stimme::test
