// The log of a record, written to its tiles while it grows.
//
// Thread rule: belongs to one thread.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/log/merkle.h"
#include "core/log/tiles.h"

namespace stimme::bench {

class LogWriter {
  public:
    explicit LogWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void append(std::string_view entry);
    // Writes the tiles of hashes and the last bundle.
    void finish();
    const log::Tree& tree() const { return tree_; }

  private:
    void write_bundle();

    const std::filesystem::path folder_;
    log::Tree tree_;
    Bytes bundle_;
};

// Throws when it can't be written. Doesn't wait for the disk.
void write_quickly(const std::filesystem::path& path, ByteView content);

}  // namespace stimme::bench
