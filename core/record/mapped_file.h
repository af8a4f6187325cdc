// A file of the record as memory, without reading it: the system loads pages when they are looked at and
// drops them when memory is short, so a record may be larger than the machine's memory.
//
// Thread rule: constant; share freely. The file must not be shortened while it is mapped.
#pragma once

#include <filesystem>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::record {

class MappedFile {
  public:
    // Errors: file-missing (not-found), file-unreadable (also when it is no regular file).
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    ByteView bytes() const { return bytes_; }

    // Gives back the memory of the pages that lie wholly in [begin, end): whoever passes through a large file
    // once holds a small part of it. The bytes may still be looked at; they are then loaded again.
    void release(std::size_t begin, std::size_t end) const;

  private:
    explicit MappedFile(ByteView bytes) : bytes_(bytes) {}

    ByteView bytes_;
};

}  // namespace stimme::record
